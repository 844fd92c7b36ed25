import { describeFact } from '../../core/trail/describe-fact'
import { trailCsvHeader, trailCsvRecord } from '../../core/trail/trail-csv'
import type { Context } from '../context'
import { checkKnownSpace } from '../space/check-known-space'
import { type ReadEntry, readTrail, type TrailFilter, type TrailPlace } from './read-trail'

const pageSize = 250

/** How entries become a file: what it begins with, and what each adds. */
const formats = {
  csv: { head: trailCsvHeader, write: ({ entry }: ReadEntry) => trailCsvRecord(entry) },
  ndjson: { head: '', write: jsonLine },
} as const

export type TrailFormat = keyof typeof formats

/**
 * All of a space's history that fits the filter, oldest first, as the text of a file in pieces. Each piece is read when
 * it is asked for, so a slow reader holds neither memory nor a connection. Throws `not_found` before the first.
 */
export async function exportTrail(
  ctx: Context,
  filter: TrailFilter,
  format: TrailFormat,
): Promise<AsyncGenerator<string>> {
  await checkKnownSpace(ctx, filter.space)
  return pieces(ctx, filter, format)
}

async function* pieces(ctx: Context, filter: TrailFilter, format: TrailFormat): AsyncGenerator<string> {
  const { head, write } = formats[format]
  let after: TrailPlace | null = null
  let piece: string = head
  do {
    const page = await readTrail(ctx, filter, { order: 'old', after, first: pageSize })
    yield piece + page.items.map(write).join('')
    after = page.next
    piece = ''
  } while (after !== null)
}

/** With the message's canonical text: whose sha-256 is in the log, and in which the signature can be checked. */
function jsonLine({ entry, envelope }: ReadEntry): string {
  const { message, what, ...rest } = entry
  const whole = { ...rest, text: describeFact(what), what, message: message && { ...message, envelope } }
  return `${JSON.stringify(whole)}\n`
}
