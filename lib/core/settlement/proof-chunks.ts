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

/** How many ballots one transaction of at most `gasBudget` checks. Refuses a budget that is too small for one. */
export function ballotsPerProof(gasBudget: number): number {
  const length = Math.floor((gasBudget - proofGas.transaction) / proofGas.ballot)
  return length < 1 ? refuse(`A proof does not fit into ${gasBudget} gas.`) : length
}

/**
 * The next transaction of a proof that has come to ballot `from`, whoever brought it there. Ballots are those of a
 * commitment, in its order. The chunks depend on the budget; what is proven does not.
 */
export function proofChunk(ballots: readonly BallotRecord[], from: number, gasBudget: number): ProofChunk {
  const chunk = ballots.slice(from, from + ballotsPerProof(gasBudget))
  return {
    from,
    to: from + chunk.length,
    run: encodeRun(ballots.slice(0, from)),
    ballots: concatHex(chunk.map(encodeBallot)),
  }
}

/** All transactions of a proof. No ballots need none. */
export function proofChunks(ballots: readonly BallotRecord[], gasBudget: number): ProofChunk[] {
  const chunks: ProofChunk[] = []
  for (let from = 0; from < ballots.length; from = chunks.at(-1)?.to ?? ballots.length) {
    chunks.push(proofChunk(ballots, from, gasBudget))
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

/** How far a proof has come that has checked these: `abi.encode(Run)`, whose keccak the module keeps; 0x for none. */
export function encodeRun(checked: readonly BallotRecord[]): HexString {
  const last = checked.at(-1)
  if (!last) return '0x'
  const none: readonly TallyNode[] = []
  const nodes = checked
    .reduce((stack, ballot) => pushNode(stack, leafNode(ballot)), none)
    .map(({ hash, count, sums: [forPower, againstPower, abstainPower] }) => ({
      hash,
      count: BigInt(count),
      forPower,
      againstPower,
      abstainPower,
    }))
  return encodeAbiParameters(
    [runParameter],
    [{ index: BigInt(checked.length), lastVoter: last.voter, stack: nodes }],
  )
}
