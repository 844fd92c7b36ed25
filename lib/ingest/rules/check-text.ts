import { refuse } from '../../core/errors'
import type { UpdateProposalPayload } from '../../core/messages/update-proposal'
import { ruleFor } from '../../core/proposal/rule-for'
import type { ProposalText } from '../../db/log/new-message'
import type { KnownSpace } from '../find-subject'
import { limits } from '../limits'

type Payload = Omit<UpdateProposalPayload, 'proposal'>

/** Refuses a privacy that the space does not leave open, and shielded voting altogether. */
export function checkPrivacy({ privacy }: Payload, { settings }: KnownSpace): void {
  const ofSpace = settings.voting?.privacy ?? 'any'
  if (privacy !== undefined && ofSpace !== 'any' && privacy !== ofSpace) refuse('not allowed to set privacy')
  if (privacy === 'shutter') refuse('shielded voting is not available')
}

export function checkLength({ body, choices, type }: Payload): void {
  if ([...body].length > limits.bodyCharacters) {
    refuse(`proposal body length can not exceed ${limits.bodyCharacters} characters`)
  }
  const isRanked = type === 'copeland' || type === 'ranked-choice'
  const most = isRanked ? limits.rankedChoices : limits.choices
  if (choices.length > most) refuse(`number of choices can not exceed ${most}`)
}

/** `basic` is For, Against and perhaps Abstain. */
export function hasFittingChoices({ type, choices }: Payload): boolean {
  return type !== 'basic' || choices.length === 2 || choices.length === 3
}

/** The text as it is kept, with the rule that the space's settings give it now. */
export function freezeText(payload: Payload, { settings }: KnownSpace): ProposalText {
  const { title, body, discussion, type, choices, labels, plugins } = payload
  const rule = ruleFor({ type, choices, voting: settings.voting ?? {} })
  return { title, body, discussion, votingType: type, choices, labels, plugins, privacy: '', rule }
}
