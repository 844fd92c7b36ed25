import type { Expected, SeenCheckpoint } from '../../core/audit/audit-options'
import { consistencyFromTiles, type TiledTree } from '../../core/log/proofs-from-tiles'
import type { HexString } from '../../core/views/hex-string'
import { auditWholeLog } from './audit-whole-log'
import type { Known } from './known'
import type { LogCheckId, LogReport } from './log-report'
import { openLogServer } from './log-server'
import { defaultStateFile, loadLogState, saveEvidence, saveLogState } from './log-state'
import { createMessageList } from './message-list'
import { openNote } from './open-signed-state'
import type { VerifyOptions } from './options'
import type { ScannedBundle } from './scan-bundle'

/** What a log came to, and what it says of a bundle. */
export interface VerifiedLog {
  readonly report: LogReport
  /** The file in which the log's state is kept, if it was well. */
  readonly state?: string
  /** The file in which two states are kept that contradict each other. */
  readonly evidence?: string
  /** Whether it was held against a state that was seen before. */
  readonly hasMemory: boolean
  /** What a bundle of this log is held against. */
  readonly expected: Expected
}

/** Checks without which nobody knows what all is in a log. */
const reading: readonly LogCheckId[] = ['tiles', 'entries', 'messages']

/** Reads a log, beside a bundle the whole of it, and remembers what it showed. */
export async function verifyLog(
  address: string,
  { logKeys, state, isFull, witnesses }: VerifyOptions,
  { fetcher, recover, progress, receipts, notes }: Known,
  scan: ScannedBundle | undefined,
): Promise<VerifiedLog> {
  const server = await openLogServer(address, fetcher)
  const file = state ?? defaultStateFile(server.url)
  // A bundle may have been sealed before the key was changed. What keys there were, only who named none asks the server.
  const published = scan && (await server.fetchKeys())
  const keys = logKeys.length > 0 ? logKeys : published?.log.keys
  const former = keys?.find((key) => key === scan?.logKey)
  const bundled = scan && { note: scan.checkpoint, ...(former !== undefined && { key: former }) }
  const list = scan?.proposal && createMessageList(scan)
  const kept = await loadLogState(file)
  const audit = await auditWholeLog(server, {
    logKey: logKeys[0],
    receipts,
    witnesses,
    recover,
    kept,
    seen: notes.map((note) => {
      const key = logKeys.find((candidate) => openNote(note, candidate))
      return { note, ...(key !== undefined && { key }) }
    }),
    shown: bundled ? [bundled] : [],
    isFull: isFull || scan !== undefined,
    now: () => Math.floor(Date.now() / 1000),
    ...(list && { lookUp: list }),
    onProgress: (done, of, what) =>
      progress.show(`Reading the log: ${done.toLocaleString('en')} of ${of.toLocaleString('en')} ${what}`),
  })

  if (audit.state) await saveLogState(file, audit.state)
  const evidence = audit.evidence && (await saveEvidence(file, audit.evidence))
  const { report, tree, note } = audit
  const key = former ?? report.subject?.key
  const isWhole =
    tree && report.checks.every(({ id, status }) => !reading.includes(id) || status !== 'failed')
  return {
    report,
    ...(audit.state && { state: file }),
    ...(evidence !== undefined && { evidence }),
    hasMemory: kept !== undefined || notes.length > 0,
    expected: {
      ...(key !== undefined && { logKeys: [key] }),
      ...(published && { receiptKeys: published.receiptKeys as HexString[] }),
      ...(isWhole && list && { messages: list.ids }),
      ...(key && tree && note && scan && { checkpoints: await proveAll([...notes, note], key, scan, tree) }),
    },
  }
}

/** Each of these states of the log, with the proof that it and the bundle's are one history. */
function proveAll(
  notes: readonly string[],
  key: string,
  { checkpoint }: ScannedBundle,
  { size, read }: TiledTree,
): Promise<SeenCheckpoint[]> {
  const bundled = openNote(checkpoint, key)?.size ?? 0
  return Promise.all(
    notes.flatMap((note) => {
      const seen = openNote(note, key)?.size
      if (seen === undefined || Math.max(seen, bundled) > size) return []
      const tree = { size: Math.max(seen, bundled), read }
      return consistencyFromTiles(tree, Math.min(seen, bundled)).then((proof) => ({ note, proof }))
    }),
  )
}
