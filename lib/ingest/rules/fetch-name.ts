import { type EnsName, fetchEnsName } from '../../chain/ens-name'
import { AppError, refuse } from '../../core/errors'
import type { IngestContext } from '../rule'

/** Who owns and controls an ENS name now. Refuses a name that nobody has; throws `controller_unknown` in Snapshot's words. */
export async function fetchName(ctx: Pick<IngestContext, 'chains'>, id: string): Promise<EnsName> {
  try {
    return (await fetchEnsName(ctx.chains, id)) ?? refuse('not allowed')
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'controller_unknown') throw cause
    throw new AppError('controller_unknown', { message: 'unable to resolve space controller', cause })
  }
}
