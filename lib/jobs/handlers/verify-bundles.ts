import { verifyBundles as verify } from '../../services/bundle/verify-bundles'
import { verifyBundles } from '../definitions/verify-bundles'
import { bindJob } from '../job'

const secondMs = 1_000
const everyMs = { demo: 30 * secondMs, live: 600 * secondMs }

export const verifyBundlesJob = bindJob(verifyBundles, async (ctx) => {
  const isMore = await verify(ctx)
  const delayMs = isMore ? secondMs : everyMs[ctx.env.demo ? 'demo' : 'live']
  return [verifyBundles.at(new Date(ctx.clock.now() + delayMs), {})]
})
