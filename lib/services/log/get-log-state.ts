import { AppError } from '../../core/errors'
import { rootFromTiles } from '../../core/log/proofs-from-tiles'
import { findLogState } from '../../db/log/find-log-state'
import type { Context } from '../context'
import { createTileReader } from './read-tile'

/** A log's size and RFC 6962 root. */
export interface LogState {
  readonly size: number
  readonly root: Uint8Array
}

/** The log as it is now, or as it was at a size. @throws AppError `not_found` for a size that it does not have yet */
export async function getLogState({ db }: Pick<Context, 'db'>, size?: number): Promise<LogState> {
  const row = await findLogState(db)
  if (!row) throw new AppError('fault', { message: 'log_state has no row' })
  const now = { size: Number(row.size), root: row.root }
  if (size === undefined || size === now.size) return now
  if (size < now.size) return { size, root: await rootFromTiles({ size, read: createTileReader(db) }) }
  throw new AppError('not_found', { message: `The log has ${now.size} entries: it has no size ${size} yet.` })
}
