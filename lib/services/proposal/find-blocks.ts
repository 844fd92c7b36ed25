import type { ReadBlock } from '../../core/audit/audit-options'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import type { Context } from '../context'
import { demandsOfFrozen } from '../power/depends-on-ballots'
import { findBlock } from '../power/find-block'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { snapshotOf } from './snapshot-of'

/**
 * Where each chain is read for a proposal's power, the snapshot's own first. Throws `chain_unavailable` while another
 * one cannot tell.
 */
export function findBlocks(ctx: Pick<Context, 'chains'>, proposal: ProposalRow): Promise<ReadBlock[]> {
  const snapshot = snapshotOf(proposal)
  const strategies = readFrozenStrategies(proposal.strategies)
  const networks = new Set([
    proposal.network,
    ...strategies.map(({ network }) => network),
    ...strategies.flatMap((strategy) => demandsOfFrozen(strategy).chains.map(String)),
  ])
  return Promise.all(
    [...networks].map(async (network) => {
      const isHere = network === proposal.network
      const { number, hash, timestamp } = isHere ? snapshot : await findBlock(ctx, Number(network), snapshot)
      return { network, number: Number(number), hash, timestamp }
    }),
  )
}
