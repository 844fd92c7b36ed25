import { AppError, refuse } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'
import { validate } from '../../services/validation/validate'
import type { KnownProposal } from '../proposal-cache'
import type { IngestContext } from '../rule'

/**
 * Refuses a voter who does not meet the proposal's condition on voters at its snapshot. Where that cannot be read now the
 * ballot is turned away, to be sent again: nobody could take it back later.
 */
export async function checkVoter(
  ctx: IngestContext,
  proposal: KnownProposal,
  voter: HexString,
): Promise<void> {
  const { space, snapshot, strategies, voteValidation: validation } = proposal
  if (validation.name === 'any') return
  try {
    const isMet = await validate(ctx, {
      validation,
      author: voter,
      space,
      at: snapshot,
      network: String(snapshot.chainId),
      strategies: strategies.map(({ id, network, params }) => ({
        name: id,
        network,
        params: params as Record<string, unknown>,
      })),
    })
    if (isMet) return
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const message = 'failed to check vote validation'
    throw new AppError(error.code, { message, details: { reason: error.message }, cause: error })
  }
  refuse('failed vote validation')
}
