import { type AuditReport, auditBundle } from '../core/audit/audit-bundle'
import type { Expected, SeenCheckpoint, SignedReceipt } from '../core/audit/audit-options'
import type { AuditCheck, CheckId } from '../core/audit/findings'
import type { RecoverSigner } from '../core/audit/recover-signer'
import { splitLines } from '../core/audit/split-lines'
import { fromBase64 } from '../core/log/base64'
import { type Checkpoint, openCheckpoint, parseCheckpointText } from '../core/log/checkpoint'
import { findCosignatures } from '../core/log/cosignature'
import { parseNote } from '../core/log/signed-note'
import { parseVerifierKey, type VerifierKey } from '../core/log/verifier-key'
import type { HexString } from '../core/views/hex-string'
import type { ConsistencyView } from '../core/views/record-view'
import { ApiError } from './api'
import { isSignedByOperator, type Published } from './check-message'
import { seenLater } from './seen-later'

/** What a reader knows before a bundle is audited. */
export interface AuditQuestion {
  readonly proposal: HexString
  readonly published: Published
  /** Receipts that the reader kept, for messages about this proposal. */
  readonly receipts: readonly SignedReceipt[]
  /** Checkpoints of this log that the reader kept. */
  readonly checkpoints: readonly Pick<SeenCheckpoint, 'note' | 'seenAt'>[]
}

export interface AuditProgress {
  readonly bytes: number
  /** Superseded ones too. */
  readonly ballots: number
}

/** How a server is asked, and how the reader is told. */
export interface AuditMeans {
  readonly recover: RecoverSigner
  readonly consistency: (from: number, to: number) => Promise<ConsistencyView>
  /** The newest checkpoint that witnesses co-signed. */
  readonly witnessed: () => Promise<string>
  readonly onProgress?: (progress: AuditProgress) => void
}

/**
 * Audits a bundle as it streams in, against what its server publishes and what the reader has kept. The proofs that tie
 * kept checkpoints to the bundle's own are asked for when the bundle shows it.
 */
export async function auditPublished(
  chunks: AsyncIterable<Uint8Array>,
  { proposal, published, receipts, checkpoints }: AuditQuestion,
  { recover, consistency, witnessed, onProgress }: AuditMeans,
): Promise<AuditReport & AuditProgress> {
  const { receiptKeys, log } = published
  // Filled in as the file tells: what is right depends on the key it was written under and on the size of its log.
  const expected: Changeable<Expected> = { proposal, receiptKeys, logKeys: [log.key, ...log.keys] }
  /** What only this browser can say of a check that did not fail. */
  const notes: Partial<Record<CheckId, Pick<AuditCheck, 'status' | 'detail'>>> = {}
  const leaveOpen = (id: CheckId, detail: string) => {
    notes[id] = { status: 'open', detail }
  }
  let kept: readonly (SeenCheckpoint & { readonly size: number })[] = []
  const read = { bytes: 0, ballots: 0 }
  let length = 0

  const promises = await Promise.all(
    receipts.map(async (receipt) => {
      const isPromise = await isSignedByOperator(receipt, receiptKeys, recover)
      return isPromise ? [receipt] : []
    }),
  )
  expected.receipts = promises.flat()
  if (expected.receipts.length === 0) leaveOpen('receipts', 'This browser keeps no receipt for this vote.')
  if (checkpoints.length === 0) leaveOpen('history', 'This browser has seen no earlier state of this log.')

  /** Checkpoints of before a change of keys are no measure for a file from after it. */
  function begin(logKey: unknown): void {
    const key = log.keys.find((known) => known === logKey)
    kept = checkpoints.flatMap((seen) => {
      const size = key === undefined ? undefined : open(seen.note, key)?.size
      return size === undefined ? [] : [{ ...seen, size }]
    })
    expected.checkpoints = kept
    if (checkpoints.some(({ note }) => !log.keys.some((known) => open(note, known)))) {
      leaveOpen(
        'history',
        'This browser has seen this log under a key that is no longer published: the server was set up anew, or hides what it signed before.',
      )
    }
  }

  async function reach(text: string): Promise<void> {
    const note = attempt(() => parseNote(text))
    const checkpoint = note && attempt(() => parseCheckpointText(note.text))
    if (!note || !checkpoint) return
    expected.checkpoints = await Promise.all(
      kept.map(async ({ size, ...seen }) => {
        const proof = size === checkpoint.size ? undefined : await prove(size, checkpoint.size)
        return { ...seen, ...(proof && { proof }) }
      }),
    )
    const witnesses = readKeys(log.witnesses)
    if (witnesses.length === 0) return leaveOpen('witnesses', 'Nobody else is asked to co-sign this log.')
    if (findCosignatures(note, witnesses).length > 0) {
      expected.witnesses = { keys: witnesses, least: 1 }
      return
    }
    const later = await witnessed()
      .then((shown) => seenLater(checkpoint, shown, { keys: readKeys(log.keys), witnesses, prove }))
      .catch(() => undefined)
    if (!later) return leaveOpen('witnesses', 'No witness had co-signed the log when this file was written.')
    const names = later.witnesses.map(({ name }) => name).join(', ')
    notes.witnesses = {
      status: 'passed',
      detail: `Co-signed by ${names}, as the beginning of a log of ${later.size} entries.`,
    }
  }

  async function prove(one: number, other: number): Promise<Uint8Array[] | undefined> {
    try {
      const { proof } = await consistency(Math.min(one, other), Math.max(one, other))
      return proof.map((hash) => fromBase64(hash) ?? new Uint8Array())
    } catch (error) {
      // Whoever cannot be reached may prove it later; whoever refuses has no proof.
      return error instanceof ApiError && !error.retry ? [] : undefined
    }
  }

  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      length += chunk.length
      yield chunk
    }
  }

  async function* lines(): AsyncGenerator<string> {
    for await (const line of splitLines(counted())) {
      if (line.startsWith('{"kind":"ballot"')) read.ballots += 1
      else if (line.startsWith('{"kind":"header"')) begin(field(line, 'logKey'))
      else if (line.startsWith('{"kind":"checkpoint"')) await reach(String(field(line, 'note')))
      yield line
      // Almost all of it is ASCII, and what arrives is far ahead of what is checked.
      read.bytes += line.length + 1
    }
  }

  const report = await auditBundle(lines(), {
    recover,
    expected,
    onProgress: () => onProgress?.({ ...read }),
  })
  const hasFailed = (id: CheckId) =>
    report.checks.some((check) => check.id === id && check.status === 'failed')
  // Witnesses of a later state have seen this one only if the log has signed it at all.
  if (hasFailed('checkpoint')) delete notes.witnesses
  const checks = report.checks.map((check) =>
    hasFailed(check.id) ? check : { ...check, ...notes[check.id] },
  )
  return { ...report, checks, ballots: read.ballots, bytes: length }
}

type Changeable<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] }

function readKeys(keys: readonly string[]): VerifierKey[] {
  return keys.flatMap((key) => attempt(() => parseVerifierKey(key)) ?? [])
}

/** One field of a line that may be no JSON. */
function field(line: string, name: string): unknown {
  return attempt(() => JSON.parse(line)[name])
}

function open(note: string, key: string): Checkpoint | undefined {
  return attempt(() => {
    const { name, publicKey } = parseVerifierKey(key)
    return openCheckpoint(note, name, publicKey)
  })
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
