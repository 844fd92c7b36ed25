import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import { listPendingVoters } from '../../db/vote/list-pending-voters'
import { setPower } from '../../db/vote/set-power'
import type { Context } from '../context'
import { getProposalRow } from './get-proposal-row'
import { measureBallots } from './measure-ballots'
import { pinSnapshot } from './pin-snapshot'

const batchSize = 500

/**
 * Gives up to 500 ballots that wait for their power what the chain says, and counts them. Answers how many; 0
 * means that none waits. Throws `chain_unavailable` when the chain cannot be read: they go on waiting.
 */
export async function measurePending(ctx: Context, id: string): Promise<number> {
  const voters = (await listPendingVoters(ctx.db, id, batchSize)) as Address[]
  if (voters.length === 0) return 0
  await pinSnapshot(ctx, id)
  const proposal = await getProposalRow(ctx, id)
  const { powers, provisional, open } = await measureBallots(ctx, proposal, voters)
  const { snapshotHash } = proposal
  const counted = await setPower(
    ctx.db,
    { proposalId: id, snapshotHash, provisional, pendingOnly: true },
    powers,
  )
  if (open) throw new AppError('chain_unavailable', { message: open.message, cause: open })
  // Others may have been given theirs by a weighing meanwhile.
  if (counted === 0 && (await listPendingVoters(ctx.db, id, 1)).length > 0) {
    throw new AppError('chain_unavailable', {
      message: `The snapshot of proposal ${id} moved while powers were read.`,
    })
  }
  return voters.length
}
