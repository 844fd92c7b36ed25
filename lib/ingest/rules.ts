import type { MessageKind } from '../core/messages/definitions'
import type { Rule } from './rule'
import { alias } from './rules/alias'
import { deleteProposal } from './rules/delete-proposal'
import { deleteSpace } from './rules/delete-space'
import { flagProposal } from './rules/flag-proposal'
import { follow } from './rules/follow'
import { profile } from './rules/profile'
import { proposal } from './rules/proposal'
import { revokeAlias } from './rules/revoke-alias'
import { settings } from './rules/settings'
import { statement } from './rules/statement'
import { subscribe } from './rules/subscribe'
import { unfollow } from './rules/unfollow'
import { unsubscribe } from './rules/unsubscribe'
import { updateProposal } from './rules/update-proposal'
import { vote } from './rules/vote'

/** The rule of each kind of message. */
export const rules: Readonly<Record<MessageKind, Rule>> = {
  settings,
  'delete-space': deleteSpace,
  proposal,
  'update-proposal': updateProposal,
  'delete-proposal': deleteProposal,
  'flag-proposal': flagProposal,
  vote,
  'vote-array': vote,
  'vote-string': vote,
  follow,
  unfollow,
  subscribe,
  unsubscribe,
  alias,
  'revoke-alias': revokeAlias,
  profile,
  statement,
}
