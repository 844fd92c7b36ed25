import { fetchBlock } from '../../chain/blocks'
import { AppError } from '../../core/errors'
import { resetPowers } from '../../db/proposal/reset-powers'
import type { Context } from '../context'
import { getProposalRow } from './get-proposal-row'
import { readDecidingModule } from './read-deciding-module'

/**
 * Compares a proposal's snapshot with the chain as it is now. When a reorg (or a local chain that lost its last
 * second) has put another block in its place, the proposal moves to that block and every ballot's power is
 * measured again, so that the result stays a function of the log and of one chain; so is the quorum of a module, which is
 * part of all power there. Throws `chain_unavailable` also while the chain has not reached that height again.
 */
export async function pinSnapshot(ctx: Context, id: string): Promise<void> {
  const row = await getProposalRow(ctx, id)
  if (row.result) return
  const block = await fetchBlock(ctx.chains, Number(row.network), row.snapshot).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    throw new AppError('chain_unavailable', {
      message: `Chain ${row.network} does not know block ${row.snapshot} at the moment.`,
      cause: error,
    })
  })
  if (block.hash === row.snapshotHash) return
  ctx.log.warn({ event: 'snapshot.moved', proposal: id, from: row.snapshotHash, to: block.hash })
  await resetPowers(ctx.db, id, block, await readDecidingModule(ctx, row))
}
