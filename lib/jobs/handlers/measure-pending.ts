import { measurePending as measure } from '../../services/proposal/measure-pending'
import { measurePending } from '../definitions/measure-pending'
import { bindJob } from '../job'

export const measurePendingJob = bindJob(measurePending, async (ctx, { proposal }) => {
  const left = await measure(ctx, proposal)
  return left > 0 ? [measurePending.at(new Date(ctx.clock.now()), { proposal })] : []
})
