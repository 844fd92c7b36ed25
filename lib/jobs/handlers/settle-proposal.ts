import { settleProposal as settle } from '../../services/settlement/settle-proposal'
import { settleProposal } from '../definitions/settle-proposal'
import { bindJob } from '../job'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How often a chain is asked about an execution that people are working on. */
const pollMs = { demo: 2_000, live: 15_000 }

/** And while nothing is expected but what nobody announces, such as a veto. */
const quietMs = { demo: 10_000, live: minuteMs }

export const settleProposalJob = bindJob(settleProposal, async (ctx, { proposal, since }) => {
  const { settled, nextAt } = await settle(ctx, proposal)
  if (settled) return []
  const now = ctx.clock.now()
  const begun = since ?? now
  const rhythm = ctx.env.demo ? 'demo' : 'live'
  const delayMs =
    nextAt === undefined
      ? pause(now - begun, pollMs[rhythm])
      : Math.min(Math.max(nextAt - now, 0), pause(now - begun, quietMs[rhythm]))
  return [settleProposal.at(new Date(now + delayMs), { proposal, since: begun })]
})

/** Nobody may ever act: after an hour it is asked every 5 minutes, after a day every hour. */
function pause(ageMs: number, promptMs: number): number {
  if (ageMs < hourMs) return promptMs
  return ageMs < 24 * hourMs ? 5 * minuteMs : hourMs
}
