import { AppError } from '../../core/errors'
import { digestOfCid } from '../../core/messages/envelope'
import { findEnvelope } from '../../db/message/find-envelope'
import type { Context } from '../context'

/** The canonical text of an accepted message by its content id. Throws `not_found`. */
export async function getEnvelope(ctx: Context, cid: string): Promise<string> {
  const digest = digestOfCid(cid)
  const text = digest && (await findEnvelope(ctx.db, digest))
  if (text === undefined) {
    throw new AppError('not_found', { message: 'No message is stored under that content id.' })
  }
  return text
}
