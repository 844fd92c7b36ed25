import { type Address, getAddress } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import type { BallotRecord } from '../../core/settlement/ballot-record'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { ballotsPerProof, type ProofChunk, proofChunk } from '../../core/settlement/proof-chunks'
import type { Election } from '../executor'
import { findRun, type ReachedRun } from './find-run'
import type { ModuleTrace } from './find-traces'

/** EIP-7825 lets no transaction have more than 2^24 gas; some is left for the estimate's margin. */
const LARGEST_PROOF = 15_000_000n

/** What is left of a direct proof. */
export interface RemainingProof {
  /** Ballots checked so far. */
  readonly checked: number
  /** Transactions that are still needed. */
  readonly transactions: number
  /** The next of them, and whose run it goes on with; null at the start. */
  readonly chunk: ProofChunk
  readonly prover: Address | null
}

/**
 * Where a commitment's proof can be gone on with at `block`: behind the furthest run, in transactions of at most half a block. `ballots` are the commitment's, in its order. A `sender` leaves his own run (or none) only where another saves him a
 * transaction: its prover can begin again before the transaction arrives, which then fails.
 */
export async function readProof(
  chains: Chains,
  wanted: {
    readonly election: Election<ModuleRef>
    readonly ballots: readonly BallotRecord[]
    readonly traces: readonly ModuleTrace[]
    readonly block: BlockRef
    readonly sender?: Address | null
  },
): Promise<RemainingProof> {
  const { election, ballots, traces, block, sender } = wanted
  const { proposal, config } = election
  const runs = { module: config.module, proposal, ballots, traces, block }
  const furthest = await findRun(chains, runs)
  const { gasLimit } = await readChain(chains, block.chainId, (client) =>
    client.getBlock({ blockNumber: block.number }),
  )
  const budget = Number(gasLimit / 2n < LARGEST_PROOF ? gasLimit / 2n : LARGEST_PROOF)
  const left = (from: ReachedRun | null) =>
    Math.ceil((ballots.length - (from?.index ?? 0)) / ballotsPerProof(budget))
  const own = sender ? await findRun(chains, { ...runs, of: getAddress(sender) }) : furthest
  const run = left(furthest) < left(own) ? furthest : own
  const checked = run?.index ?? 0
  return {
    checked,
    transactions: left(run),
    chunk: proofChunk(ballots, checked, budget),
    prover: run?.prover ?? null,
  }
}
