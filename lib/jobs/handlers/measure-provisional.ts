import { measureProvisional as measure } from '../../services/proposal/measure-provisional'
import { measureProvisional, weighSoon } from '../definitions/measure-provisional'
import { bindJob } from '../job'

export const measureProvisionalJob = bindJob(measureProvisional, async (ctx, { proposal }) => {
  const left = await measure(ctx, proposal)
  return left > 0 ? [weighSoon(ctx.clock.now(), proposal)] : []
})
