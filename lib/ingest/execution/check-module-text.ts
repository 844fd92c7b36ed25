import { refuse } from '../../core/errors'
import { latestDefinition } from '../../core/messages/definitions'
import { SNAPSHOT_DOMAIN } from '../../core/messages/resolve-message'
import type { ReadModule } from '../../core/settlement/module-obstacles'
import { isDecision } from '../rules/is-decision'
import type { CheckedProposal } from './asked-execution'

/** The contract rebuilds the author's digest from a few hashes, so all else must be exactly as it takes it to be. */
export function checkModuleText({ message, payload }: CheckedProposal, { config }: ReadModule): void {
  if (!isDecision(payload)) {
    refuse(
      'A proposal that a module settles must be of type basic with the choices For, Against and Abstain.',
    )
  }
  const isCurrent = message.definition === latestDefinition('proposal')
  const isPlain = JSON.stringify(message.domain) === JSON.stringify(SNAPSHOT_DOMAIN)
  if (!isCurrent || !isPlain) {
    refuse(
      "A proposal that a module settles must be signed in the newest form of Snapshot's Proposal, under the domain of name and version alone.",
    )
  }
  const { space } = message.message
  if (space !== config.space) {
    refuse(`The proposal names the space "${space}"; its module takes "${config.space}", letter for letter.`)
  }
}
