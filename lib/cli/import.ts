import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../core/errors'
import { followHub } from '../services/import/follow-hub'
import type { ImportReport } from '../services/import/import-report'
import { importSpace as copySpace } from '../services/import/import-space'
import { openHub } from '../services/remote-hub/remote-hub'
import { createTransport } from '../services/remote-hub/transport'
import { readOptions, usage } from './import/options'
import { printReport } from './import/print-report'
import { readCommandLine } from './read-command-line'
import { printable } from './verify/printable'
import { createProgress } from './verify/progress'
import { withOperator } from './with-operator'

/**
 * `comitia import`: copies a space from another hub, and goes on with --mirror until it is stopped. Exit code 0 when
 * everything was copied and every count agrees, 1 when something differs or cannot be read, 2 for a command line that is none.
 */
export async function importSpace(args: readonly string[]): Promise<void> {
  const options = readCommandLine('import', args, { read: readOptions, usage })
  if (!options) return
  await withOperator(async (ctx) => {
    const progress = createProgress(process.stderr)
    const transport = createTransport({ allowPrivate: options.allowPrivate })
    const source = {
      transport,
      hub: await openHub(options.from, transport),
      ipfs: options.ipfs,
      chains: ctx.chains,
      onProgress: (text: string) => progress.show(text),
    }
    const tell = (report: ImportReport) => {
      progress.clear()
      printReport(report, (line) => console.log(line))
    }
    const report = await copySpace(ctx, source, options.space)
    tell(report)
    if (report.differing.length > 0 || report.leftOut.count > 0) process.exitCode = 1
    if (!options.mirror) return

    const stopped = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
    console.log(`Following ${source.hub.url} every ${options.everySeconds} s. Ctrl-C ends it.`)
    while (!stopped.signal.aborted) {
      await sleep(options.everySeconds * 1000, undefined, { signal: stopped.signal }).catch(() => undefined)
      if (stopped.signal.aborted) return
      try {
        const news = await followHub(ctx, source, options.space)
        if (news && news.added > 0) tell(news)
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'fault') throw error
        // Tried again at the next turn.
        console.error(`comitia import: ${printable(error.message)}`)
      }
    }
  })
}
