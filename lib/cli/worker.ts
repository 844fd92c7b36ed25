import { startWorker } from '../jobs/start-worker'
import { readEnv } from '../platform/env'
import { createContext } from '../services/create-context'
import { openLogKey } from '../services/operator/open-log-key'
import { prepareDatabase } from './prepare-database'
import { untilStopped } from './until-stopped'

/** `comitia worker`: runs jobs until SIGTERM. Several workers share the work. */
export async function worker(): Promise<void> {
  process.title = 'comitia worker'
  const ctx = createContext(readEnv('worker'), 'worker')
  await prepareDatabase(ctx)
  await openLogKey(ctx)
  const running = await startWorker(ctx)
  ctx.log.info({ event: 'worker.ready', keeper: ctx.keeper?.address })
  await untilStopped(async () => {
    ctx.log.info({ event: 'worker.stopping' })
    await running.stop()
    await ctx.close()
  })
}
