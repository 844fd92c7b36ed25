import type { Address } from 'viem'
import { AppError } from '../../core/errors'
import { listPendingVoters } from '../../db/vote/list-pending-voters'
import { setPower } from '../../db/vote/set-power'
import type { Context } from '../context'
import { readFrozenStrategies } from '../power/frozen-strategy'
import { measureEach } from '../power/measure-each'
import { getProposalRow } from './get-proposal-row'
import { pinSnapshot } from './pin-snapshot'
import { snapshotOf } from './snapshot-of'

const batchSize = 500

/**
 * Gives up to 500 ballots that wait for their power what the chain says, and counts them. Answers how many; 0
 * means that none waits. One whose power a strategy's contract cannot tell at a final block, and so never will,
 * has none. Throws `chain_unavailable` when the chain cannot be read: they go on waiting.
 */
export async function measurePending(ctx: Context, id: string): Promise<number> {
  const voters = (await listPendingVoters(ctx.db, id, batchSize)) as Address[]
  if (voters.length === 0) return 0
  await pinSnapshot(ctx, id)
  const proposal = await getProposalRow(ctx, id)
  const strategies = readFrozenStrategies(proposal.strategies)
  const answers = await measureEach(ctx, { strategies, at: snapshotOf(proposal), voters, keep: true })
  const byVoter = new Map<Address, readonly bigint[]>()
  let open: AppError | undefined
  for (const [voter, answer] of answers) {
    if (!(answer instanceof AppError)) byVoter.set(voter, answer.byStrategy)
    else if (answer.details.final === true) {
      ctx.log.warn({ event: 'power.unreadable', proposal: id, voter, reason: answer.message })
      byVoter.set(
        voter,
        strategies.map(() => 0n),
      )
    } else open = answer
  }
  const counted = await setPower(ctx.db, { proposalId: id, snapshotHash: proposal.snapshotHash }, byVoter)
  if (open) throw new AppError('chain_unavailable', { message: open.message, cause: open })
  if (counted === 0) {
    throw new AppError('chain_unavailable', {
      message: `The snapshot of proposal ${id} moved while powers were read.`,
    })
  }
  return voters.length
}
