import { type Address, getAddress, type Hex, keccak256 } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import type { BallotRecord } from '../../core/settlement/ballot-record'
import { encodeRun } from '../../core/settlement/proof-chunks'
import type { ModuleTrace } from './find-traces'
import { moduleAbi } from './module-abi'

/** How far somebody's proof of a commitment has come. */
export interface ReachedRun {
  readonly prover: Address
  /** Ballots checked. */
  readonly index: number
}

/**
 * The run that has come furthest over these ballots, whoever made it; null when none can be gone on with. Each is compared
 * with what the module keeps at `block`: an event may be of a run that its prover has begun again.
 */
export async function findRun(
  chains: Chains,
  wanted: {
    readonly module: Address
    readonly proposal: Hex
    /** Of the commitment, in its order. */
    readonly ballots: readonly BallotRecord[]
    readonly traces: readonly ModuleTrace[]
    readonly block: BlockRef
    /** Only runs of this prover's. */
    readonly of?: Address
  },
): Promise<ReachedRun | null> {
  const { module, proposal, ballots, traces, block, of } = wanted
  const runs = traces
    .flatMap(({ event, by, index = 0 }) =>
      event === 'BallotsChecked' && by && index < ballots.length ? [{ prover: getAddress(by), index }] : [],
    )
    .filter(({ prover }) => of === undefined || prover === of)
    .sort((a, b) => b.index - a.index)
  for (const run of runs) {
    const kept = await readChain(chains, block.chainId, (client) =>
      client.readContract({
        address: module,
        abi: moduleAbi,
        functionName: 'runOf',
        args: [proposal, run.prover],
        blockNumber: block.number,
      }),
    )
    if (kept === keccak256(encodeRun(ballots.slice(0, run.index)))) return run
  }
  return null
}
