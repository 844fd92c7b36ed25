import { parseArgs } from 'node:util'
import { startWorker } from '../jobs/start-worker'
import { readEnv } from '../platform/env'
import { createContext } from '../services/create-context'
import { openLogKey } from '../services/operator/open-log-key'
import { prepareDatabase } from './prepare-database'
import { readCommandLine } from './read-command-line'
import { untilStopped } from './until-stopped'

const usage = `usage: comitia worker    closes, counts and settles proposals, until SIGTERM

Its settings are environment variables: comitia doctor checks them.`

/** `comitia worker`: runs jobs until SIGTERM. Several workers share the work. */
export async function worker(args: readonly string[]): Promise<void> {
  if (!readCommandLine('worker', args, { read: (given) => parseArgs({ args: given }), usage })) return
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
