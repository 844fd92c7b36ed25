import { describeRule } from '../../core/proposal/describe-rule'
import { phaseAt } from '../../core/proposal/phase-at'
import { decisionRuleSchema } from '../../core/proposal/rule'
import type { HubProposal } from '../../db/hub/lists/proposals'
import { secondsOf } from '../../platform/clock'
import { readOutcome } from '../proposal/stored-outcome'
import type { HubRequest } from './hub-request'

/** A proposal as Snapshot's hub formats it. What is counted or long is read for itself. */
export function viewProposal({ ctx, now }: HubRequest, row: HubProposal) {
  const { result } = row
  return {
    id: row.id,
    definedBy: row.definedBy,
    author: row.author,
    created: row.timestamp,
    updated: row.updated,
    space: row.spaceId,
    network: row.network,
    symbol: row.symbol,
    type: row.type,
    strategies: Array.isArray(row.strategies) ? row.strategies.map(viewStrategy) : [],
    validation: viewValidation(row.voteValidation),
    plugins: row.plugins,
    title: row.title,
    discussion: row.discussion,
    choices: row.choices,
    labels: row.labels,
    start: row.start,
    end: row.end,
    quorum: row.quorum,
    quorumType: row.quorumType || 'default',
    privacy: row.privacy,
    snapshot: row.snapshot,
    state: phaseAt(row, now),
    link: `${ctx.env.publicUrl}/${row.spaceId}/proposal/${row.id}`,
    app: row.app,
    scores_state: result ? 'final' : 'pending',
    // A running count is as new as the question.
    scores_updated: result ? secondsOf(result.finalizedAt) : row.voteCount > 0 ? now : 0,
    scores_total_value: 0,
    vp_value_by_strategy: [],
    votes: row.voteCount,
    flagged: row.flagCode > 0,
    flagCode: row.flagCode,
    pendingVotes: row.pendingCount,
    logIndex: row.logIndex,
    acceptedAt: secondsOf(row.acceptedAt),
    rule: () => viewRule(row),
    outcome: () => (result ? viewOutcome(result.outcome) : null),
    executionHash: row.executionHash,
    origin: row.origin,
  }
}

export type ProposalNode = ReturnType<typeof viewProposal>

/** What it was frozen as beyond Snapshot's fields stays ours. */
function viewStrategy({ id, network, params }: { id: string; network: string; params: unknown }) {
  return { name: id, network, params }
}

function viewValidation(stored: unknown) {
  const { name = 'any', params = {} } = (stored ?? {}) as { name?: string; params?: unknown }
  return { name, params }
}

/** None of another hub's proposals, which were decided there. */
function viewRule(row: HubProposal) {
  const { data } = decisionRuleSchema.safeParse(row.rule)
  return data ? { text: describeRule(data, row, row.type), data } : null
}

function viewOutcome(stored: unknown) {
  const { status, text } = readOutcome(stored)
  return { status, text }
}
