import { watchChains as watch } from '../../services/chain/watch-chains'
import { settleProposal } from '../definitions/settle-proposal'
import { watchChains } from '../definitions/watch-chains'
import { bindJob } from '../job'

const everyMs = { demo: 2_000, live: 15_000 }

export const watchChainsJob = bindJob(watchChains, async (ctx) => {
  const proposals = await watch(ctx)
  const now = ctx.clock.now()
  return [
    ...proposals.map((proposal) => settleProposal.at(new Date(now), { proposal })),
    watchChains.at(new Date(now + (ctx.env.demo ? everyMs.demo : everyMs.live)), {}),
  ]
})
