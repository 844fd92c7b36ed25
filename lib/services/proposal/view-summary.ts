import { phaseAt } from '../../core/proposal/phase-at'
import type { HexString } from '../../core/views/hex-string'
import type { ProposalState, ProposalSummary, QuorumView } from '../../core/views/proposal-view'
import type { SettlementState } from '../../core/views/settlement-view'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { VoteRow } from '../../db/vote/vote-row'
import { secondsOf } from '../../platform/clock'
import { viewVote } from '../vote/view-vote'
import type { Count } from './read-counts'
import { readOutcome } from './stored-outcome'
import { viewOrigin } from './view-origin'

/** Of `proposals.flag_code`. */
const LEGAL_NOTICE = 2

/** A proposal as a row in a list. `now` is in unix seconds. */
export function viewSummary(
  row: ProposalRow,
  { now, count, ownVote }: { now: number; count: Count; ownVote: VoteRow | undefined },
): ProposalSummary {
  return {
    id: row.id as HexString,
    space: row.spaceId,
    author: row.author as HexString,
    title: row.title,
    type: row.type,
    choices: row.choices,
    state: stateOf(row, now),
    start: Number(row.start),
    end: Number(row.end),
    createdAt: secondsOf(row.createdAt),
    symbol: row.symbol,
    scores: count.scores,
    scoresTotal: count.total,
    votes: row.voteCount,
    pendingVotes: row.pendingCount,
    quorum: count.quorum && viewQuorum(count.quorum),
    hasExecution: row.executionHash !== null,
    settlementState:
      row.executionHash === null ? null : ((row.settlement?.state ?? 'waiting') as SettlementState),
    hidden:
      row.hiddenAt && row.hiddenBy ? { by: row.hiddenBy as HexString, at: secondsOf(row.hiddenAt) } : null,
    flagged:
      row.flagCode === 0
        ? null
        : { as: row.flagCode === LEGAL_NOTICE ? 'legal' : 'spam', by: row.flaggedBy as HexString | null },
    origin: viewOrigin(row),
    ownVote: ownVote ? viewVote(ownVote, row) : null,
  }
}

function viewQuorum(quorum: { counted: bigint; required: bigint; met: boolean }): QuorumView {
  return { counted: quorum.counted.toString(), required: quorum.required.toString(), met: quorum.met }
}

function stateOf(row: ProposalRow, now: number): ProposalState {
  if (row.settlement?.state === 'executed') return 'executed'
  if (row.result) return readOutcome(row.result.outcome).status
  const phase = phaseAt({ start: Number(row.start), end: Number(row.end) }, now)
  return phase === 'closed' ? 'closing' : phase
}
