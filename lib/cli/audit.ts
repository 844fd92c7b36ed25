import { AppError } from '../core/errors'
import { auditProposal } from '../services/remote-hub/audit-proposal'
import { openHub } from '../services/remote-hub/remote-hub'
import { createTransport } from '../services/remote-hub/transport'
import { readOptions, usage } from './audit/options'
import { printAudit } from './audit/print-audit'
import { readCommandLine } from './read-command-line'
import { openChains } from './verify/open-chains'
import { printable, printableJson } from './verify/printable'
import { createProgress } from './verify/progress'

/**
 * `comitia audit`: checks a proposal of another hub, with no database. Exit code 0 when nothing failed, 1 when something
 * did or cannot be read, 2 for a command line that is none.
 */
export async function audit(args: readonly string[]): Promise<void> {
  const options = readCommandLine('audit', args, { read: readOptions, usage })
  if (!options) return
  const progress = createProgress(process.stderr)
  try {
    const transport = createTransport({ allowPrivate: options.allowPrivate })
    const found = await auditProposal(
      {
        transport,
        hub: await openHub(options.from, transport),
        ipfs: options.ipfs,
        chains: options.rpc.length > 0 ? await openChains(options.rpc) : undefined,
        now: Math.floor(Date.now() / 1000),
        onProgress: (checked, of) =>
          progress.show(`${checked.toLocaleString('en')} of ${of.toLocaleString('en')} ballots`),
      },
      options.proposal,
    )
    progress.clear()
    if (options.isJson) console.log(printableJson(found))
    else
      printAudit(found, (line) => console.log(line), process.stdout.isTTY === true && !process.env.NO_COLOR)
    if (!found.ok) process.exitCode = 1
  } catch (error) {
    progress.clear()
    if (!(error instanceof AppError) || error.code === 'fault') throw error
    if (options.isJson) console.log(printableJson({ ok: false, error: error.message }))
    else console.error(`comitia audit: ${printable(error.message)}`)
    process.exitCode = 1
  }
}
