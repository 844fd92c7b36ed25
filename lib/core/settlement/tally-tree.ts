import { concatHex, encodePacked, keccak256 } from 'viem/utils'
import { AppError } from '../errors'
import type { HexString } from '../views/hex-string'
import { type BallotRecord, encodeBallot } from './ballot-record'

/** A subtree of the tally tree: its hash, how many leaves it has, and their power For, Against and Abstain. */
export interface TallyNode {
  readonly hash: HexString
  readonly count: number
  readonly sums: readonly [bigint, bigint, bigint]
}

/** The tree without leaves. */
export const emptyTally: TallyNode = { hash: keccak256('0x02'), count: 0, sums: [0n, 0n, 0n] }

/** A tree is built once, the stacks of its proof again for every transaction: what was hashed is kept with its ballots. */
const leaves = new WeakMap<BallotRecord, TallyNode>()
const parents = new WeakMap<TallyNode, { readonly right: TallyNode; readonly node: TallyNode }>()

export function leafNode(ballot: BallotRecord): TallyNode {
  const known = leaves.get(ballot)
  if (known) return known
  const powerOf = (choice: number) => (ballot.choice === choice ? ballot.power : 0n)
  const leaf: TallyNode = {
    hash: keccak256(concatHex(['0x00', encodeBallot(ballot)])),
    count: 1,
    sums: [powerOf(1), powerOf(2), powerOf(3)],
  }
  leaves.set(ballot, leaf)
  return leaf
}

/** The parent of two subtrees. */
export function joinNodes(left: TallyNode, right: TallyNode): TallyNode {
  const known = parents.get(left)
  if (known?.right === right) return known.node
  const [a, b, c] = left.sums
  const [x, y, z] = right.sums
  const node: TallyNode = {
    hash: keccak256(concatHex(['0x01', encodeNode(left), encodeNode(right)])),
    count: left.count + right.count,
    sums: [a + x, b + y, c + z],
  }
  parents.set(left, { right, node })
  return node
}

/**
 * The tree over the leaves of `stack` and one more to their right. A stack holds the roots of perfect subtrees, the
 * largest first; of equal ones none are left side by side.
 */
export function pushNode(stack: readonly TallyNode[], leaf: TallyNode): readonly TallyNode[] {
  const last = stack.at(-1)
  if (last?.count !== leaf.count) return [...stack, leaf]
  return pushNode(stack.slice(0, -1), joinNodes(last, leaf))
}

/** The root over a stack: of n leaves the left child has the largest power of two below n (RFC 6962). */
export function foldNodes(stack: readonly TallyNode[]): TallyNode {
  return stack.length === 0 ? emptyTally : stack.reduceRight((right, left) => joinNodes(left, right))
}

/** The root over ballots in the order given. Throws `fault` unless their voters rise strictly. */
export function tallyRoot(ballots: readonly BallotRecord[]): TallyNode {
  ballots.forEach((ballot, index) => {
    const before = ballots[index - 1]
    if (before && BigInt(before.voter) >= BigInt(ballot.voter)) {
      throw new AppError('fault', { message: `Ballot ${index} of ${ballot.voter} is out of order.` })
    }
  })
  const none: readonly TallyNode[] = []
  return foldNodes(ballots.reduce((stack, ballot) => pushNode(stack, leafNode(ballot)), none))
}

function encodeNode({ hash, count, sums }: TallyNode): HexString {
  return encodePacked(['bytes32', 'uint64', 'uint128', 'uint128', 'uint128'], [hash, BigInt(count), ...sums])
}
