import { type Address, zeroAddress } from 'viem'
import { refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { findProposal } from '../../db/proposal/find-proposal'
import { freezeStrategies, readFrozenStrategies } from '../power/frozen-strategy'
import type { PowerQuestion } from '../power/measure-power'
import { snapshotOf } from '../proposal/snapshot-of'
import { measureScores } from '../score/measure-scores'
import { type VotingPower, viewVp } from '../score/view-vp'
import type { HubRequest } from './hub-request'

/** Reads of a chain that somebody asks for: when their turn comes, and within what he may ask for. Throws `rate_limited`. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

export interface VpQuestion {
  readonly voter: string
  readonly space: string
  readonly proposal?: string | null
}

/**
 * Somebody's power on a proposal, or in a space at its chain's newest block.
 *
 * @throws AppError `invalid` in Snapshot's words, `chain_unavailable`, `rate_limited`
 */
export async function measureVp(hub: HubRequest, inTurn: InTurn, asked: VpQuestion): Promise<VotingPower> {
  const voter = checksumAddress(asked.voter.toLowerCase())
  if (voter === undefined || voter === zeroAddress) return refuse('invalid address')
  const question = await questionOf(hub, asked)
  const powers = await inTurn(async () => {
    hub.reader.signal?.throwIfAborted()
    return measureScores(hub.ctx, { ...question, voters: [voter as Address] })
  })
  return viewVp(powers.get(voter), question.at)
}

async function questionOf(
  hub: HubRequest,
  { space, proposal }: VpQuestion,
): Promise<Omit<PowerQuestion, 'voters'>> {
  if (proposal) {
    const shown = await hub.proposal.load(proposal.toLowerCase())
    const row = shown && (await findProposal(hub.ctx.db, shown.id))
    if (!row) return refuse('proposal not found')
    return { strategies: readFrozenStrategies(row.strategies), at: snapshotOf(row) }
  }
  if (!space) return refuse('missing argument')
  const row = await hub.space.load(space.toLowerCase())
  if (!row?.settings.network) return refuse('space not found')
  const { network, strategies = [] } = row.settings
  return { strategies: freezeStrategies({ network }, strategies), at: 'latest' }
}
