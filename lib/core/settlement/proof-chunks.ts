import { concatHex, encodeAbiParameters } from 'viem/utils'
import { refuse } from '../errors'
import type { HexString } from '../views/hex-string'
import { type BallotRecord, encodeBallot } from './ballot-record'
import { leafNode, pushNode, type TallyNode } from './tally-tree'

/** One transaction's share of a direct proof: the arguments `run` and `ballots` of `proveBallots`. */
export interface ProofChunk {
  /** Index of its first ballot. */
  readonly from: number
  /** Index behind its last. */
  readonly to: number
  /** How far the proof has come before it: `abi.encode(Run)`, or 0x at the start. */
  readonly run: HexString
  readonly ballots: HexString
}

/** What a proof costs with an `ERC20Votes` token, calldata included, with room for dearer tokens. */
export const proofGas = { transaction: 150_000, ballot: 26_000 } as const

/**
 * Splits a proof into transactions of at most `gasBudget`. Ballots are those of a commitment, in its order. The chunks depend
 * on the budget; what is proven does not. No ballots need no proof.
 */
export function proofChunks(ballots: readonly BallotRecord[], gasBudget: number): ProofChunk[] {
  const length = Math.floor((gasBudget - proofGas.transaction) / proofGas.ballot)
  if (length < 1) refuse(`A proof does not fit into ${gasBudget} gas.`)
  const chunks: ProofChunk[] = []
  let stack: readonly TallyNode[] = []
  for (let from = 0; from < ballots.length; from += length) {
    const chunk = ballots.slice(from, from + length)
    chunks.push({
      from,
      to: from + chunk.length,
      run: encodeRun(ballots.slice(0, from), stack),
      ballots: concatHex(chunk.map(encodeBallot)),
    })
    for (const ballot of chunk) stack = pushNode(stack, leafNode(ballot))
  }
  return chunks
}

const runParameter = {
  type: 'tuple',
  components: [
    { name: 'index', type: 'uint64' },
    { name: 'lastVoter', type: 'address' },
    {
      name: 'stack',
      type: 'tuple[]',
      components: [
        { name: 'hash', type: 'bytes32' },
        { name: 'count', type: 'uint64' },
        { name: 'forPower', type: 'uint128' },
        { name: 'againstPower', type: 'uint128' },
        { name: 'abstainPower', type: 'uint128' },
      ],
    },
  ],
} as const

function encodeRun(checked: readonly BallotRecord[], stack: readonly TallyNode[]): HexString {
  const last = checked.at(-1)
  if (!last) return '0x'
  const nodes = stack.map(({ hash, count, sums: [forPower, againstPower, abstainPower] }) => ({
    ...{ hash, count: BigInt(count), forPower, againstPower, abstainPower },
  }))
  return encodeAbiParameters(
    [runParameter],
    [{ index: BigInt(checked.length), lastVoter: last.voter, stack: nodes }],
  )
}
