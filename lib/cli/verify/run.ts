import type { AuditReport } from '../../core/audit/audit-bundle'
import { splitLines } from '../../core/audit/split-lines'
import { bundleAddress } from './bundle-address'
import { gatherKnown } from './known'
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
  const lines = place && (() => splitLines(openBundle(place.url, known.fetcher)))
  const proposal = options.proposal ?? place?.proposal

  const scan = lines && options.log !== undefined ? await scanBundle(lines()) : undefined
  const read = options.log === undefined ? undefined : await verifyLog(options.log, options, known, scan)
  const more = { ...read?.expected, ...(proposal !== undefined && { proposal }) }
  const bundle = lines && (await verifyBundle(lines(), options, known, more))
  const { report: log, expected: _, ...files } = read ?? {}
  return {
    ok: (log?.ok ?? true) && (bundle?.ok ?? true),
    ...(log && { log }),
    ...(bundle && { bundle }),
    ...files,
  }
}

function placeOf(bundle: string) {
  return /^https?:\/\//i.test(bundle) ? bundleAddress(bundle) : { url: bundle }
}
