import { refuse } from '../../core/errors'
import type { SpaceSettings } from '../../core/messages/settings'
import type { Limits } from '../../services/options/read-limits'
import { checkStrategy } from '../../services/power/check-strategy'
import { checkValidation } from '../../services/validation/validate'
import type { IngestContext } from '../rule'
import { proposalValidation } from './proposal-validation'

/**
 * Refuses settings that this installation could not keep its word on: chains it does not read, strategies and conditions
 * on people that it cannot check. What Snapshot's mainnet demands beside (a condition on proposers, and on voters with
 * `ticket`) is demanded where the operator says so; what it sells is everybody's.
 */
export function checkSettings(
  ctx: Pick<IngestContext, 'chains' | 'fetchPublic' | 'passport'>,
  settings: SpaceSettings,
  limits: Pick<Limits, 'strategies' | 'requireValidation'>,
): void {
  const { network, strategies, voteValidation, voting } = settings
  if (!ctx.chains.has(Number(network))) refuse('network not allowed')
  if (limits.requireValidation) checkDemanded(settings)
  const ofProposers = proposalValidation(settings)
  if (ofProposers) checkValidation(ctx, ofProposers, 'proposal')
  if (voteValidation) checkValidation(ctx, voteValidation, 'vote')
  if (voting?.privacy === 'shutter') refuse('shielded voting is not available')
  const named = [ofProposers, voteValidation].map((validation) => validation?.params?.strategies)
  const counts = [strategies, ...named].map((list) => (Array.isArray(list) ? list.length : 0))
  if (Math.max(...counts) > limits.strategies) refuse(`max number of strategies is ${limits.strategies}`)
  for (const strategy of strategies) checkStrategy(ctx, strategy)
}

function checkDemanded({ strategies, filters, validation, voteValidation }: SpaceSettings): void {
  const isSet = (check: SpaceSettings['voteValidation']) => check !== undefined && check.name !== 'any'
  if (strategies.some(({ name }) => name === 'ticket') && !isSet(voteValidation)) {
    refuse('space with ticket requires voting validation')
  }
  if (!isSet(validation) && !filters?.minScore && !filters?.onlyMembers) {
    refuse('space missing proposal validation')
  }
}
