import type { MessageKind } from '../core/messages/definitions'
import type { Rule } from './rule'
import { deleteProposal } from './rules/delete-proposal'
import { proposal } from './rules/proposal'
import { settings } from './rules/settings'
import { updateProposal } from './rules/update-proposal'
import { vote } from './rules/vote'

/** The rule of each kind of message that is taken. */
export const rules: Readonly<Partial<Record<MessageKind, Rule>>> = {
  settings,
  proposal,
  'update-proposal': updateProposal,
  'delete-proposal': deleteProposal,
  vote,
  'vote-array': vote,
  'vote-string': vote,
}
