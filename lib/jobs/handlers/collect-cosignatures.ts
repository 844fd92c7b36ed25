import { collectCosignatures as collect } from '../../services/witness/collect-cosignatures'
import { collectCosignatures } from '../definitions/collect-cosignatures'
import { bindJob } from '../job'

const everyMs = { demo: 2_000, live: 10_000 }

export const collectCosignaturesJob = bindJob(collectCosignatures, async (ctx) => {
  await collect(ctx)
  return [
    collectCosignatures.at(new Date(ctx.clock.now() + (ctx.env.demo ? everyMs.demo : everyMs.live)), {}),
  ]
})
