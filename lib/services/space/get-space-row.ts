import { AppError } from '../../core/errors'
import { findSpace, type SpaceRow } from '../../db/space/find-space'
import type { Context } from '../context'

/** Throws `not_found`, and `gone` for a space that was deleted. */
export async function getSpaceRow(ctx: Context, id: string): Promise<SpaceRow> {
  const row = await findSpace(ctx.db, id)
  if (!row) throw new AppError('not_found', { message: `There is no space "${id}".` })
  if (row.deletedAt) throw new AppError('gone', { message: `The space "${id}" was deleted.` })
  return row
}
