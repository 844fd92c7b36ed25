import { AppError } from '../../core/errors'
import { findSpace } from '../../db/space/find-space'
import type { Context } from '../context'

/** Throws `not_found` for a space that never was. One that was deleted keeps its history. */
export async function checkKnownSpace({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  if (!(await findSpace(db, id))) throw new AppError('not_found', { message: `There is no space "${id}".` })
}
