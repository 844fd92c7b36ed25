import type { SettlementView } from '../../core/views/settlement-view'
import { addJobs } from '../../db/job/add-jobs'
import { settleProposal as settleJob } from '../../jobs/definitions/settle-proposal'
import type { Context } from '../context'
import { getSettlement } from './get-settlement'
import { settleProposal } from './settle-proposal'

interface Reads {
  running?: Promise<SettlementView>
  waiting?: Promise<SettlementView>
}

/** Long enough for a block that is about to come. */
const againMs = 2_000

const reads = new WeakMap<Context['db'], Map<string, Reads>>()

/**
 * Reads the chain now, for somebody who has just sent a transaction, and has it watched closely again. Who asks
 * while a read is running shares the next one with all others who do: the running one may have begun too early
 * to see what they sent. Throws `chain_unavailable`.
 */
export function refreshSettlement(ctx: Context, id: string): Promise<SettlementView> {
  const known = reads.get(ctx.db) ?? new Map<string, Reads>()
  reads.set(ctx.db, known)
  const entry: Reads = known.get(id) ?? {}
  known.set(id, entry)
  entry.waiting ??= start()
  return entry.waiting

  async function start(): Promise<SettlementView> {
    await entry.running?.catch(() => undefined)
    const { waiting } = entry
    delete entry.waiting
    if (waiting) entry.running = waiting
    try {
      return await read(ctx, id)
    } finally {
      if (!entry.waiting) known.delete(id)
    }
  }
}

async function read(ctx: Context, id: string): Promise<SettlementView> {
  const { settled } = await settleProposal(ctx, id)
  const view = await getSettlement(ctx, id)
  if (!settled && view.state !== 'waiting') {
    // At once where a keeper acts: whoever asks again and again must not put it off.
    const delayMs = view.safe ? againMs : 0
    await addJobs(ctx.db.pool, [settleJob.at(new Date(ctx.clock.now() + delayMs), { proposal: id })])
  }
  return view
}
