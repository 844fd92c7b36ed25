import type { Hex } from 'viem'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { SnapshotBlock } from '../power/find-block'

/** The block at which a proposal's power is read. */
export function snapshotOf(proposal: ProposalRow): SnapshotBlock {
  return {
    chainId: Number(proposal.network),
    number: proposal.snapshot,
    hash: proposal.snapshotHash as Hex,
    timestamp: Number(proposal.snapshotTime),
  }
}
