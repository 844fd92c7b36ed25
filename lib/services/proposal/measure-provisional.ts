import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { listProvisionalVoters } from '../../db/vote/list-provisional-voters'
import { listUnweighed } from '../../db/vote/list-unweighed'
import { setPower } from '../../db/vote/set-power'
import type { Context } from '../context'
import { dependsOnBallots } from '../power/depends-on-ballots'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { listAffected } from '../power/list-affected'
import { getProposalRow } from './get-proposal-row'
import { measureBallots } from './measure-ballots'
import { pinSnapshot } from './pin-snapshot'
import { snapshotOf } from './snapshot-of'

/** Each batch reads who votes, all of them: few large ones, so that a vote of many is not read over and over. */
const batchSize = 5_000

/**
 * Brings powers that depend on who else votes up to date. While a vote is open: those of voters who came since the last
 * time, up to 5,000, and of whoever lent or was lent theirs. After it was closed: up to 5,000 that are not final yet, with
 * everybody's ballots. Answers how many; 0 means that there is nothing to do. Throws `chain_unavailable` when the chain
 * cannot be read: they stay as they are.
 */
export async function measureProvisional(ctx: Context, id: string): Promise<number> {
  const before = await getProposalRow(ctx, id)
  if (!dependsOnBallots(readFrozenStrategies(before.strategies))) return 0
  await pinSnapshot(ctx, id)
  const proposal = await getProposalRow(ctx, id)
  return proposal.closedAt === null ? weigh(ctx, proposal) : settle(ctx, proposal)
}

async function weigh(ctx: Context, proposal: ProposalRow): Promise<number> {
  const weighed = await listUnweighed(ctx.db, proposal.id, batchSize)
  if (!weighed) return 0
  const strategies = readFrozenStrategies(proposal.strategies)
  const voters = weighed.voters as readonly Address[]
  const affected = await listAffected(ctx, { strategies, at: snapshotOf(proposal), voters })
  const { powers, provisional, open } = await measureBallots(ctx, proposal, [...affected])
  const scope = { proposalId: proposal.id, snapshotHash: proposal.snapshotHash, provisional }
  if (open) throw new AppError('chain_unavailable', { message: open.message, cause: open })
  await setPower(ctx.db, { ...scope, weighed }, powers)
  return voters.length
}

async function settle(ctx: Context, proposal: ProposalRow): Promise<number> {
  const voters = (await listProvisionalVoters(ctx.db, proposal.id, batchSize)) as Address[]
  if (voters.length === 0) return 0
  const { powers, open } = await measureBallots(ctx, proposal, voters)
  await setPower(ctx.db, { proposalId: proposal.id, snapshotHash: proposal.snapshotHash }, powers)
  if (open) throw new AppError('chain_unavailable', { message: open.message, cause: open })
  return voters.length
}
