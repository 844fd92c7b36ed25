import { refuse } from '../../core/errors'
import type { SpaceSettings } from '../../core/messages/settings'
import { findStrategy } from '../../strategies/registry'
import { type Demands, demandsOf } from '../../strategies/strategy'
import { limits } from '../limits'
import type { IngestContext } from '../rule'
import { readProposerThreshold } from './proposer-threshold'

/**
 * Refuses settings that this installation could not keep its word on: chains it does not read, strategies it does not
 * have, conditions on people that it cannot check. Not checked, unlike on Snapshot's mainnet: that `ticket` comes with
 * a vote validation and that proposing needs a condition; who runs a server decides what is spam there.
 */
export function checkSettings(ctx: Installed, settings: SpaceSettings): void {
  const { chains } = ctx
  const { network, strategies, validation, voteValidation, voting } = settings
  if (validation && validation.name !== 'any' && validation.name !== 'basic') {
    refuse(`validation '${validation.name}' is not available`)
  }
  if (voteValidation && !isOpen(voteValidation)) {
    refuse(`vote validation '${voteValidation.name}' is not available`)
  }
  if (voting?.privacy === 'shutter') refuse('shielded voting is not available')

  const ofProposers = readProposerThreshold(settings)?.strategies ?? []
  if (Math.max(strategies.length, ofProposers.length) > limits.strategies) {
    refuse(`max number of strategies is ${limits.strategies}`)
  }
  const measured = [...strategies, ...ofProposers]
  const networks = [network, ...measured.flatMap((strategy) => strategy.network ?? [])]
  if (networks.some((id) => !chains.has(Number(id)))) refuse('network not allowed')
  for (const strategy of measured) {
    const { ballots } = checkStrategy(ctx, strategy)
    // Powers are measured once, ballot by ballot: who voted later could not take back what his delegate has counted.
    if (ballots && strategies.includes(strategy)) {
      refuse(`strategy '${strategy.name}' depends on who else votes, which is not counted here`)
    }
  }
}

type Installed = Pick<IngestContext, 'chains' | 'fetchPublic'>

function checkStrategy(
  { chains, fetchPublic }: Installed,
  { name, params }: SpaceSettings['strategies'][number],
): Demands {
  const strategy = findStrategy(name) ?? refuse(`strategy '${name}' is not a valid strategy`)
  const parsed = strategy.paramsSchema.safeParse(params ?? {})
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse(
      `strategy '${name}' has wrong params: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
    )
  }
  const demands = demandsOf(strategy, parsed.data)
  if (demands.chains.some((id) => !chains.has(id))) refuse('network not allowed')
  if (demands.web && !fetchPublic) refuse(`strategy '${name}' asks other servers, which is not allowed here`)
  return demands
}

/** Whether a validation lets everybody through. */
function isOpen({ name, params }: NonNullable<SpaceSettings['voteValidation']>): boolean {
  return name === 'any' || (name === 'basic' && !params?.minScore)
}
