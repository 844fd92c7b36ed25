import { AppError } from '../../core/errors'
import { decideOutcome } from '../../core/proposal/decide-outcome'
import { describeOutcome } from '../../core/proposal/describe-outcome'
import { decisionRuleSchema } from '../../core/proposal/rule'
import { ballotDelta } from '../../core/tally/ballot-delta'
import { computeResult, type Result } from '../../core/tally/compute-result'
import { applyDelta, type Tally, tallyFromCells } from '../../core/tally/tally'
import { getVotingSystem } from '../../core/voting/registry'
import type { Choice } from '../../core/voting/voting-system'
import { findLogState } from '../../db/log/find-log-state'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { insertResult } from '../../db/result/insert-result'
import { listCells } from '../../db/tally/list-cells'
import { listBallots } from '../../db/vote/list-ballots'
import type { Context } from '../context'
import { closeProposal } from './close-proposal'
import { findBlocks } from './find-blocks'
import { getProposalRow } from './get-proposal-row'
import { measurePending } from './measure-pending'
import { measureProvisional } from './measure-provisional'
import { pinSnapshot } from './pin-snapshot'
import { countStrategies, runningResult } from './running-result'
import { storeOutcome } from './stored-outcome'

/**
 * Turns a proposal whose window is over into a result, once, whoever runs this how often and dies when: each
 * step finds what an earlier run has done. Answers whether there is a result now; false before the end.
 *
 * Throws `chain_unavailable` while a ballot's power cannot be read: the proposal stays `closing` until it can.
 * Throws `fault`, and writes nothing, when the running totals differ from a recount of the ballots.
 */
export async function finalizeProposal(ctx: Context, id: string): Promise<boolean> {
  if ((await getProposalRow(ctx, id)).result) return true
  if (!(await closeProposal(ctx, id))) return false
  await pinSnapshot(ctx, id)
  while ((await measurePending(ctx, id)) > 0);
  while ((await measureProvisional(ctx, id)) > 0);

  const proposal = await getProposalRow(ctx, id)
  const result = runningResult(proposal, await listCells(ctx.db, [id]))
  const again = await recount(ctx, proposal)
  if (describe(result) !== describe(again)) {
    throw new AppError('fault', {
      message: `The running totals of proposal ${id} differ from a recount of its ballots; nothing was published.`,
      details: { running: describe(result), recount: describe(again) },
    })
  }

  const outcome = decideOutcome(decisionRuleSchema.parse(proposal.rule), result)
  const log = await findLogState(ctx.db)
  if (!log) throw new AppError('fault', { message: 'log_state has no row' })
  const isFirst = await insertResult(ctx.db, {
    proposalId: id,
    snapshotHash: proposal.snapshotHash,
    scores: result.scores,
    scoresByStrategy: result.scoresByStrategy,
    scoresTotal: result.total,
    votes: result.ballots,
    outcome: storeOutcome(outcome, describeOutcome(outcome, proposal)),
    status: outcome.status,
    logSize: log.size,
    logRoot: log.root,
    blocks: await findBlocks(ctx, proposal).catch(unlessAnswered),
    finalizedAt: new Date(ctx.clock.now()),
  })
  if (isFirst) {
    ctx.log.info({ event: 'proposal.finalized', proposal: id, status: outcome.status, votes: result.ballots })
  } else if (!(await getProposalRow(ctx, id)).result) {
    throw new AppError('conflict', { message: `Powers of proposal ${id} changed while it was counted.` })
  }
  return true
}

/** Counts the current ballots from nothing, by the same voting system. */
async function recount(ctx: Context, proposal: ProposalRow): Promise<Result> {
  const system = getVotingSystem(proposal.type)
  const optionCount = proposal.choices.length
  const strategyCount = countStrategies(proposal)
  let tally: Tally = tallyFromCells([], strategyCount)
  for await (const page of listBallots(ctx.db, proposal.id)) {
    const deltas = page
      .filter(({ power }) => power !== null && power > 0n)
      .flatMap(({ choice, powerByStrategy }) =>
        ballotDelta(system, choice as Choice, powerByStrategy, optionCount),
      )
    tally = applyDelta(tally, deltas)
  }
  return computeResult(system, tally, optionCount)
}

/** Every power is known by now: a chain that is silent keeps the bundle waiting, not the result. */
function unlessAnswered(error: unknown): null {
  if (error instanceof AppError && error.code === 'chain_unavailable') return null
  throw error
}

function describe(result: Result): string {
  return JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
}
