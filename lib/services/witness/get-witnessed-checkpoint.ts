import { AppError } from '../../core/errors'
import { findWitnessed } from '../../db/checkpoint/find-witnessed'
import { listCosignatures } from '../../db/checkpoint/list-cosignatures'
import type { Context } from '../context'
import { logOrigin } from '../log/log-origin'

/**
 * The newest checkpoint that most of the witnesses co-signed, a C2SP note with all its co-signatures. Under load it is
 * some seconds older than the log, whose newest checkpoint nobody may have seen yet.
 *
 * @throws AppError `not_found` if nobody has co-signed anything
 */
export async function getWitnessedCheckpoint({ db, env }: Pick<Context, 'db' | 'env'>): Promise<string> {
  const keys = env.witnesses.map(({ key }) => key)
  const witnessed = await findWitnessed(db, keys, logOrigin(env.publicUrl))
  if (!witnessed) throw new AppError('not_found', { message: 'No witness has co-signed the log yet.' })
  const lines = await listCosignatures(db, witnessed.size)
  return witnessed.note + lines.join('')
}
