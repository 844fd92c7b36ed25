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
  const latest = new Map<string, { ballot: BallotRecord; digest: HexString }>()
  for (const ballot of candidates) {
    if (ballot.power === 0n) continue
    const digest = ballotDigest(ballot, context)
    const known = latest.get(ballot.voter)
    const isLater =
      !known ||
      ballot.timestamp > known.ballot.timestamp ||
      (ballot.timestamp === known.ballot.timestamp && digest > known.digest)
    if (isLater) latest.set(ballot.voter, { ballot, digest })
  }
  const ballots = [...latest.values()]
    .map(({ ballot }) => ballot)
    .sort((a, b) => (BigInt(a.voter) < BigInt(b.voter) ? -1 : 1))
  const { hash, count, sums } = tallyRoot(ballots)
  return { root: hash, count, totals: sums, ballots }
}
