import { AppError } from '../core/errors'
import { readCommandLine } from './read-command-line'
import { readOptions, usage } from './verify/options'
import { createPrinter } from './verify/print-report'
import { printable, printableJson } from './verify/printable'
import { createProgress } from './verify/progress'
import { type Outcome, run } from './verify/run'

/**
 * `comitia verify`: audits a proof bundle, a log, or both, with nothing but what it is given. Exit code 0 when nothing
 * failed, 1 when something did or cannot be read, 2 for a command line that is none.
 */
export async function verify(args: readonly string[]): Promise<void> {
  const options = readCommandLine('verify', args, { read: readOptions, usage })
  if (!options) return
  const progress = createProgress(process.stderr)
  try {
    const outcome = await run(options, progress)
    progress.clear()
    if (options.isJson) console.log(printableJson(outcome))
    else print(outcome)
    if (!outcome.ok) process.exitCode = 1
  } catch (error) {
    progress.clear()
    if (!(error instanceof AppError) || error.code === 'fault') throw error
    if (options.isJson) console.log(printableJson({ ok: false, error: error.message }))
    else console.error(`comitia verify: ${printable(error.message)}`)
    process.exitCode = 1
  }
}

function print({ log, bundle, state, evidence }: Outcome): void {
  const printer = createPrinter(
    (line) => console.log(line),
    process.stdout.isTTY === true && !process.env.NO_COLOR,
  )
  if (log) printer.log(log)
  if (bundle) printer.bundle(bundle)
  if (state !== undefined) printer.note(`What the log showed is kept in ${state}.`)
  if (evidence !== undefined) {
    printer.alarm('THIS LOG CONTRADICTS ITSELF. What it signed proves it to anybody, and is kept in')
    printer.alarm(evidence)
  }
  printer.verdict([...(log?.checks ?? []), ...(bundle?.checks ?? [])])
}
