import { dropStaleExecutions as drop } from '../../services/execution/drop-stale-executions'
import { dropStaleExecutions } from '../definitions/drop-stale-executions'
import { bindJob } from '../job'

const everyMs = 600_000

export const dropStaleExecutionsJob = bindJob(dropStaleExecutions, async (ctx) => {
  await drop(ctx)
  return [dropStaleExecutions.at(new Date(ctx.clock.now() + everyMs), {})]
})
