import { AppError } from '../../core/errors'
import { executionHash, parseBatch } from '../../core/settlement/batch'
import type { HexString } from '../../core/views/hex-string'
import { storeExecution as storeRow } from '../../db/execution/store-execution'
import type { Context } from '../context'

/** What is posted: `calls` in the JSON form of core/settlement/batch. */
export interface PostedBatch {
  readonly chainId: number
  /** EIP-55: the Safe that is to make the calls. */
  readonly safe: HexString
  readonly calls: unknown
}

/**
 * Stores a batch by content, so that a proposal can name it by its hash and everybody can read what would be
 * called. It is dropped after an hour unless a proposal has named it. Throws `invalid` naming the call and field.
 */
export async function storeExecution(ctx: Context, batch: PostedBatch): Promise<{ hash: HexString }> {
  if (!ctx.chains.has(batch.chainId)) {
    throw new AppError('invalid', { message: `Chain ${batch.chainId} is not served by this installation.` })
  }
  const calls = parseBatch(batch.calls)
  const hash = executionHash({ chainId: batch.chainId, verifyingContract: batch.safe, calls })
  await storeRow(ctx.db, {
    hash,
    chainId: batch.chainId,
    verifier: batch.safe,
    calls: calls.map((call) => ({ ...call, value: call.value.toString() })),
    createdAt: new Date(ctx.clock.now()),
  })
  return { hash }
}
