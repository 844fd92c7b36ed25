import { AppError } from '../../core/errors'
import type { BallotRecord } from '../../core/settlement/ballot-record'
import { strategyToken, tokenUnits } from '../../core/settlement/strategy-token'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { Context } from '../context'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { listElectionBallots } from './list-election-ballots'

/** Ballots remembered at once, of all proposals together, unless a single one has more: some 50 MB. */
const remembered = 50_000

const known = new WeakMap<Context['db'], Map<string, Promise<readonly BallotRecord[]>>>()

/**
 * The ballots behind a published result, which change no more: whoever asks again gets the same array. A tally can be
 * committed once: throws `fault` for ballots that do not add up to that result.
 */
export function countedBallots(
  ctx: Pick<Context, 'db'>,
  proposal: ProposalRow,
): Promise<readonly BallotRecord[]> {
  const ofDatabase = known.get(ctx.db) ?? new Map()
  known.set(ctx.db, ofDatabase)
  const ballots = ofDatabase.get(proposal.id) ?? readChecked(ctx, proposal)
  // Last in the order again.
  ofDatabase.delete(proposal.id)
  ofDatabase.set(proposal.id, ballots)
  ballots.then(
    () => dropOldest(ofDatabase),
    () => ofDatabase.delete(proposal.id),
  )
  return ballots
}

async function dropOldest(kept: Map<string, Promise<readonly BallotRecord[]>>): Promise<void> {
  let total = 0
  for (const [id, ballots] of [...kept].reverse()) {
    const { length } = await ballots.catch(() => [])
    total += length
    if (total > remembered && total > length) kept.delete(id)
  }
}

async function readChecked(
  ctx: Pick<Context, 'db'>,
  proposal: ProposalRow,
): Promise<readonly BallotRecord[]> {
  const ballots = await listElectionBallots(ctx, proposal)
  const [strategy] = readFrozenStrategies(proposal.strategies)
  const token = strategyToken(strategy?.params)
  const counted = [1, 2, 3].map((option) =>
    ballots.reduce((sum, { choice, power }) => (choice === option ? sum + power : sum), 0n),
  )
  const published = proposal.result?.scores.map((score) => token && tokenUnits(BigInt(score), token))
  if (counted.join() !== published?.join()) {
    throw new AppError('fault', {
      message: `The ballots of proposal ${proposal.id} do not add up to its result; nothing is committed.`,
      details: { counted: counted.join(), published: published?.join() },
    })
  }
  return ballots
}
