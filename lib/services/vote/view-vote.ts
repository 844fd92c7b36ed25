import type { HexString } from '../../core/views/hex-string'
import type { VoteView } from '../../core/views/proposal-view'
import type { Choice } from '../../core/voting/voting-system'
import type { VoteRow } from '../../db/vote/vote-row'
import { secondsOf } from '../../platform/clock'
import { describeChoice } from './describe-choice'

/** A ballot as the API shows it. */
export function viewVote(
  vote: VoteRow,
  proposal: { readonly type: string; readonly choices: readonly string[] },
): VoteView {
  const choice = vote.choice as Choice
  return {
    id: vote.id as HexString,
    proposal: vote.proposalId as HexString,
    voter: vote.voter as HexString,
    choice,
    choiceText: describeChoice(vote.choice, proposal),
    power: vote.power?.toString() ?? null,
    powerByStrategy: vote.powerByStrategy.map(String),
    powerState: stateOf(vote),
    provisional: vote.provisional,
    reason: vote.reason,
    app: vote.app,
    createdAt: vote.timestamp,
    acceptedAt: secondsOf(vote.acceptedAt),
    logIndex: vote.logIndex.toString(),
  }
}

function stateOf({ power, countable }: VoteRow): VoteView['powerState'] {
  if (power === null) return 'pending'
  if (power === 0n) return 'none'
  return countable ? 'counted' : 'unrecorded'
}
