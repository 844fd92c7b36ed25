import type { Context } from '../context'
import { type Asker, openHubRequest } from './hub-request'

/** Whether a proposal's result is written. The worker does that when the vote is over: nobody has to ask for it. */
export async function isFinal(ctx: Context, asker: Asker, proposal: string): Promise<boolean> {
  const row = await openHubRequest(ctx, asker).proposal.load(proposal)
  return row != null && row.result !== null
}
