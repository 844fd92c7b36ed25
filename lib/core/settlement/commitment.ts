import type { HexString } from '../views/hex-string'
import { type BallotContext, type BallotRecord, ballotDigest } from './ballot-record'
import { tallyRoot } from './tally-tree'

/** What the operator commits, and the ballots behind it in the order of the tree. */
export interface Commitment {
  readonly root: HexString
  readonly count: number
  /** Power For, Against, Abstain. */
  readonly totals: readonly [bigint, bigint, bigint]
  readonly ballots: readonly BallotRecord[]
}

/**
 * The one honest commitment to these ballots: of each voter the latest, by timestamp, then by digest; without power
 * none; sorted by voter. The order in which they are given does not matter.
 */
export function commitTally(candidates: readonly BallotRecord[], context: BallotContext): Commitment {
  const latest = new Map<string, BallotRecord>()
  for (const ballot of candidates) {
    const known = latest.get(ballot.voter)
    if (ballot.power > 0n && (!known || isLater(ballot, known, context))) latest.set(ballot.voter, ballot)
  }
  const ballots = [...latest.values()].sort((a, b) => (BigInt(a.voter) < BigInt(b.voter) ? -1 : 1))
  const { hash, count, sums } = tallyRoot(ballots)
  return { root: hash, count, totals: sums, ballots }
}

function isLater(a: BallotRecord, b: BallotRecord, context: BallotContext): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp
  return ballotDigest(a, context) > ballotDigest(b, context)
}
