import { describeRule } from '../../core/proposal/describe-rule'
import { decisionRuleSchema } from '../../core/proposal/rule'
import type { HexString } from '../../core/views/hex-string'
import type { ProposalView } from '../../core/views/proposal-view'
import { findBundle } from '../../db/bundle/find-bundle'
import { findCid } from '../../db/message/find-cid'
import { findVerification } from '../../db/verification/find-verification'
import { findOwnVotes } from '../../db/vote/find-own-votes'
import { secondsOf, unixSeconds } from '../../platform/clock'
import { findStrategy } from '../../strategies/registry'
import { demandsOf } from '../../strategies/strategy'
import { viewBundle, viewVerification } from '../bundle/view-bundle'
import type { Context } from '../context'
import { viewExecution } from '../execution/view-execution'
import { type FrozenStrategy, readFrozenStrategies } from '../power/frozen-strategy'
import { findCase } from '../settlement/find-case'
import { viewSettlement } from '../settlement/view-settlement'
import { getProposalRow } from './get-proposal-row'
import { readCounts } from './read-counts'
import { readOutcome } from './stored-outcome'
import { viewStrategies } from './view-strategies'
import { viewSummary } from './view-summary'

/** Everything a proposal's page shows; `voter` (EIP-55) fills `ownVote`. Throws `not_found`. */
export async function getProposal(ctx: Context, id: string, voter?: string): Promise<ProposalView> {
  const row = await getProposalRow(ctx, id)
  const [countOf, own, cid, found, bundle, verification] = await Promise.all([
    readCounts(ctx, [row]),
    voter === undefined ? undefined : findOwnVotes(ctx.db, voter, [id]),
    findCid(ctx.db, id),
    findCase(ctx, id),
    row.result ? findBundle(ctx.db, id) : undefined,
    row.result ? findVerification(ctx.db, id) : undefined,
  ])
  const [execution, settlement] = found
    ? await Promise.all([viewExecution(ctx, found), viewSettlement(ctx, found)])
    : [null, null]
  const count = countOf(row)
  const strategies = readFrozenStrategies(row.strategies)
  const rule = decisionRuleSchema.parse(row.rule)
  const outcome = row.result && readOutcome(row.result.outcome)
  return {
    ...viewSummary(row, { now: unixSeconds(ctx.clock), count, ownVote: own?.get(id) }),
    body: row.body,
    discussion: row.discussion,
    labels: row.labels,
    plugins: row.plugins as Record<string, unknown>,
    app: row.app,
    updatedAt: row.updatedAt && secondsOf(row.updatedAt),
    snapshot: {
      chainId: Number(row.network),
      block: row.snapshot.toString(),
      hash: row.snapshotHash as HexString,
      timestamp: Number(row.snapshotTime),
    },
    strategies: viewStrategies(strategies),
    dependsOnOthers: strategies.some(dependsOnOthers),
    rule: { text: describeRule(rule, row), data: rule },
    outcome: outcome && { status: outcome.status, text: outcome.text },
    scoresByStrategy: count.scoresByStrategy,
    execution,
    settlement,
    logIndex: row.logIndex.toString(),
    ipfs: cid ?? '',
    finalizedAt: row.result && secondsOf(row.result.finalizedAt),
    bundle: bundle ? viewBundle(bundle) : null,
    verification: verification ? viewVerification(verification) : null,
  }
}

function dependsOnOthers({ id, version, params }: FrozenStrategy): boolean {
  const strategy = findStrategy(id, version)
  const read = strategy?.paramsSchema.safeParse(params ?? {})
  return strategy !== undefined && read?.success === true && demandsOf(strategy, read.data).ballots
}
