import { decideOutcome } from '../../core/proposal/decide-outcome'
import { describeOutcome } from '../../core/proposal/describe-outcome'
import { phaseAt } from '../../core/proposal/phase-at'
import { decisionRuleSchema } from '../../core/proposal/rule'
import { ballotDelta, turnoutDelta } from '../../core/tally/ballot-delta'
import type { Result } from '../../core/tally/compute-result'
import { fixedPoint } from '../../core/tally/fixed-point'
import type { RawBallot } from '../../core/tally/recount'
import { findVotingSystem } from '../../core/voting/registry'
import { countChecks } from '../../db/import/count-checks'
import { listImportedBallots } from '../../db/import/list-imported-ballots'
import { saveImportedCount } from '../../db/import/save-imported-count'
import { findProposal } from '../../db/proposal/find-proposal'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { storeOutcome } from '../proposal/stored-outcome'
import type { RemoteProposal } from '../remote-hub/hub-rows'
import { recountRows } from '../remote-hub/recount-rows'
import type { Cursors } from './cursors'
import { theirCount } from './their-count'

/** A hub that has not settled its count by then never will. */
const PATIENCE_S = 86_400

/**
 * Counts the ballots of a proposal that was copied, compares with the hub, and makes the result final once voting is over
 * and the hub has settled its own. Answers whether it did.
 */
export async function settleCount(ctx: Context, row: RemoteProposal, cursors: Cursors): Promise<boolean> {
  const stored = await findProposal(ctx.db, row.id)
  if (!stored) return false
  const ballots = await listImportedBallots(ctx.db, row.id)
  const { result, differences } = recountRows(row, ballots)
  const { leftOut = [], leftOutCount = 0 } = cursors.votes[row.id] ?? {}
  const missing =
    ballots.length === row.votes ? [] : [`${row.votes} ballots by the hub, ${ballots.length} here`]
  const now = unixSeconds(ctx.clock)
  const isOver = phaseAt(row, now) === 'closed'
  const isSettled = isOver && (row.scores_state === 'final' || now > row.end + PATIENCE_S)
  const origin = {
    ...(stored.origin as object),
    theirs: theirCount(row),
    // A voting system that is not here cannot agree or disagree.
    agrees: result ? differences.length === 0 && missing.length === 0 : null,
    differences: [...missing, ...differences],
    isCounted: isSettled,
    leftOut,
    leftOutCount,
    checks: await countChecks(ctx.db, row.id),
  }
  const counted = result ?? theirResult(row)
  const outcome = decideOutcome(decisionRuleSchema.parse(stored.rule), counted)
  await ctx.db.transaction((sql) =>
    saveImportedCount(
      sql,
      {
        proposal: row.id,
        votes: ballots.length,
        cells: cellsOf(row, ballots),
        origin,
        result: isSettled
          ? {
              closedAt: row.end,
              scores: counted.scores,
              scoresByStrategy: counted.scoresByStrategy,
              total: counted.total,
              outcome: storeOutcome(outcome, describeOutcome(outcome, row)),
              status: outcome.status,
            }
          : null,
      },
      new Date(ctx.clock.now()),
    ),
  )
  if (isSettled) delete cursors.votes[row.id]
  return isSettled
}

function cellsOf({ type, choices }: RemoteProposal, ballots: readonly RawBallot[]) {
  const system = findVotingSystem(type)
  if (!system) return []
  const schema = system.choiceSchema(choices.length)
  return ballots.flatMap(({ choice, powerByStrategy }) => {
    const parsed = schema.safeParse(choice)
    if (parsed.success) return ballotDelta(system, parsed.data, powerByStrategy, choices.length)
    const power = powerByStrategy.reduce((sum, part) => sum + part, 0n)
    return turnoutDelta(system.totalIncludesInvalid ? power : 0n)
  })
}

/** What is not counted here is taken from the hub. */
function theirResult({ choices, scores, scores_total, votes, strategies }: RemoteProposal): Result {
  const amount = (value: number | undefined) => fixedPoint(Math.max(0, value ?? 0))
  return {
    scores: choices.map((_, index) => amount(scores[index])),
    scoresByStrategy: choices.map((_, index) => [
      amount(scores[index]),
      ...Array.from({ length: Math.max(0, strategies.length - 1) }, () => 0n),
    ]),
    total: amount(scores_total),
    ballots: votes,
  }
}
