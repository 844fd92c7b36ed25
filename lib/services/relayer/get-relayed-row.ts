import { AppError } from '../../core/errors'
import { findRelayed } from '../../db/relayed/find-relayed'
import type { RelayedRow } from '../../db/relayed/relayed-row'
import type { Context } from '../context'

/** Throws `not_found`. */
export async function getRelayedRow(ctx: Context, id: string): Promise<RelayedRow> {
  const row = await findRelayed(ctx.db, id)
  if (!row)
    throw new AppError('not_found', { message: 'No message of this id waits, or waited, for approval.' })
  return row
}
