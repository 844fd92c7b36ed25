import { refuse } from '../../core/errors'
import type { UpdateProposalPayload } from '../../core/messages/update-proposal'
import { ruleFor, type SpaceVoting } from '../../core/proposal/rule-for'
import type { ProposalText } from '../../db/log/new-message'
import type { Limits } from '../../services/options/read-limits'
import type { KnownSpace } from '../find-subject'
import { limits } from '../limits'

type Payload = Omit<UpdateProposalPayload, 'proposal'>

/** Refuses a privacy that the space does not leave open, and shielded voting altogether. */
export function checkPrivacy({ privacy }: Payload, { settings }: KnownSpace): void {
  const ofSpace = settings.voting?.privacy ?? 'any'
  if (privacy !== undefined && ofSpace !== 'any' && privacy !== ofSpace) refuse('not allowed to set privacy')
  if (privacy === 'shutter') refuse('shielded voting is not available')
}

export function checkLength({ body, choices, type }: Payload, ofSpace: Limits): void {
  if ([...body].length > ofSpace.bodyCharacters) {
    refuse(`proposal body length can not exceed ${ofSpace.bodyCharacters} characters`)
  }
  const isRanked = type === 'copeland' || type === 'ranked-choice'
  const most = isRanked ? Math.min(limits.rankedChoices, ofSpace.choices) : ofSpace.choices
  if (choices.length > most) refuse(`number of choices can not exceed ${most}`)
}

/** `basic` is For, Against and perhaps Abstain. */
export function hasFittingChoices({ type, choices }: Payload): boolean {
  return type !== 'basic' || choices.length === 2 || choices.length === 3
}

/** The text as it is kept, with the rule that these settings give it. */
export function freezeText(payload: Payload, voting: SpaceVoting): ProposalText {
  const { title, body, discussion, type, choices, labels, plugins } = payload
  const rule = ruleFor({ type, choices, voting })
  return { title, body, discussion, votingType: type, choices, labels, plugins, privacy: '', rule }
}
