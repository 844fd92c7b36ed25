import type { AuditReport } from '../../core/audit/audit-bundle'
import { splitLines } from '../../core/audit/split-lines'
import type { HexString } from '../../core/views/hex-string'
import { bundleAddress } from './bundle-address'
import { downloadBundle } from './download-bundle'
import { gatherKnown, type Known } from './known'
import type { LogReport } from './log-report'
import { openBundle } from './open-bundle'
import type { VerifyOptions } from './options'
import type { Progress } from './progress'
import { scanBundle } from './scan-bundle'
import { verifyBundle } from './verify-bundle'
import { verifyLog } from './verify-log'

/** What came of a command line. */
export interface Outcome {
  /** Whether nothing failed. */
  readonly ok: boolean
  readonly log?: LogReport
  readonly bundle?: AuditReport
  /** The file in which the log's state is kept, if it was well. */
  readonly state?: string
  /** The file in which two states of the log are kept that contradict each other. */
  readonly evidence?: string
}

/** Does what the options ask. @throws AppError for what cannot be read */
export async function run(options: VerifyOptions, progress: Progress): Promise<Outcome> {
  const known = await gatherKnown(options, progress)
  const place = options.bundle === undefined ? undefined : placeOf(options.bundle)
  const proposal = options.proposal ?? place?.proposal
  if (!place?.isRemote) return holdTogether(options, known, { file: place?.url, proposal })
  const { file, remove } = await downloadBundle(place.url, known.fetcher)
  try {
    return await holdTogether(options, known, { file, proposal })
  } finally {
    await remove()
  }
}

async function holdTogether(
  options: VerifyOptions,
  known: Known,
  { file, proposal }: { readonly file: string | undefined; readonly proposal: HexString | undefined },
): Promise<Outcome> {
  const lines = file === undefined ? undefined : () => splitLines(openBundle(file))
  const scan = lines && options.log !== undefined ? await scanBundle(lines()) : undefined
  const read = options.log === undefined ? undefined : await verifyLog(options.log, options, known, scan)
  const bundle =
    lines &&
    (await verifyBundle(lines(), options, known, {
      expected: { ...read?.expected, ...(proposal !== undefined && { proposal }) },
      hasMemory: read?.hasMemory,
      lookedUp: scan?.proposal?.id,
    }))
  const { report: log, expected: _, hasMemory: __, ...files } = read ?? {}
  return {
    ok: (log?.ok ?? true) && (bundle?.ok ?? true),
    ...(log && { log }),
    ...(bundle && { bundle }),
    ...files,
  }
}

function placeOf(bundle: string) {
  const isRemote = /^https?:\/\//i.test(bundle)
  return { isRemote, ...(isRemote ? bundleAddress(bundle) : { url: bundle, proposal: undefined }) }
}
