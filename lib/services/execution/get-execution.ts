import { AppError } from '../../core/errors'
import { parseBatch } from '../../core/settlement/batch'
import type { HexString } from '../../core/views/hex-string'
import type { CallView } from '../../core/views/settlement-view'
import { findExecution } from '../../db/execution/find-execution'
import type { Context } from '../context'
import { accountsOf } from './accounts-of'
import { viewCalls } from './view-calls'

export interface StoredBatchView {
  readonly hash: HexString
  readonly chainId: number
  readonly safe: HexString
  /** The tally module that the hash is made for; null: the Safe itself. */
  readonly module: HexString | null
  readonly calls: readonly CallView[]
}

/** A stored batch in words. Throws `not_found`. */
export async function getExecution(ctx: Context, hash: HexString): Promise<StoredBatchView> {
  const row = await findExecution(ctx.db, hash)
  if (!row) throw new AppError('not_found', { message: 'No batch is stored under that hash.' })
  const { chainId } = row
  const accounts = accountsOf(row)
  const calls = await viewCalls(ctx, { hash, chainId, ...accounts, calls: parseBatch(row.calls) })
  return { hash, chainId, ...accounts, calls }
}
