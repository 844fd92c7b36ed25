import { formatAddCheckpoint } from '../../core/log/add-checkpoint'
import { parseCheckpointText } from '../../core/log/checkpoint'
import { findCosignatures } from '../../core/log/cosignature'
import { formatSignatureLine, parseNote, parseSignatureLines } from '../../core/log/signed-note'
import { parseVerifierKey } from '../../core/log/verifier-key'
import type { NamedWitness } from '../../platform/parse-witnesses'

/** What came of asking a witness for its co-signature. A `reason` is in words of ours, with nothing that it wrote. */
export type WitnessAnswer =
  /** `line` verifies under the witness's key. `timestamp` in unix seconds. */
  | { readonly kind: 'cosigned'; readonly line: string; readonly timestamp: number }
  /** It has co-signed a state of the log that is larger than the one it was asked about. */
  | { readonly kind: 'ahead'; readonly size: number }
  | { readonly kind: 'unreachable' | 'refuses' | 'disagrees'; readonly reason: string }

/** What a witness is asked to co-sign. */
export interface WitnessQuestion {
  /** A checkpoint that the log signed. */
  readonly note: string
  /** Size of the one that the witness co-signed last, as far as is known; 0 for none. */
  readonly oldSize: number
  /** The proof that the checkpoint continues a smaller state of the log. */
  readonly prove: (oldSize: number) => Promise<readonly Uint8Array[]>
  /** Unix milliseconds. */
  readonly now: number
}

/** No honest answer is longer: some lines of under 200 bytes. */
const MAX_ANSWER_BYTES = 16_384

/** Seconds that a witness's clock may be ahead of ours. */
const CLOCK_SKEW = 300

/**
 * Asks a witness to co-sign a checkpoint (C2SP tlog-witness, `POST add-checkpoint`), once more if it has co-signed another
 * size last than was known. Throws only what `prove` throws: whatever a witness does or sends, it takes no longer than
 * `patienceMs` and is one of the answers.
 */
export async function askWitness(
  witness: NamedWitness,
  { note, oldSize, prove, now }: WitnessQuestion,
  patienceMs: number,
): Promise<WitnessAnswer> {
  const { size } = parseCheckpointText(parseNote(note).text)
  const signal = AbortSignal.timeout(patienceMs)
  let old = oldSize
  for (let attempt = 1; ; attempt += 1) {
    const proof = await prove(old)
    const reply = await post(
      witness.url,
      formatAddCheckpoint({ oldSize: old, proof, checkpoint: note }),
      signal,
    )
    if ('problem' in reply) return { kind: 'unreachable', reason: reply.problem }
    const last = reply.status === 409 ? readSize(reply) : undefined
    if (last === undefined) return judge(reply, { witness, note, now, old })
    if (last > size) return { kind: 'ahead', size: last }
    if (attempt === 2) return { kind: 'refuses', reason: 'names one size after the other as its last' }
    old = last
  }
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
}

function judge(
  { status, body }: Reply,
  { witness, note, now, old }: { witness: NamedWitness; note: string; now: number; old: number },
): WitnessAnswer {
  if (status === 200) {
    const found = findLine(body, witness, note)
    if (!found) return { kind: 'refuses', reason: 'answers without a co-signature by its key' }
    if (found.timestamp > now / 1000 + CLOCK_SKEW)
      return { kind: 'refuses', reason: 'dates its co-signature in the future' }
    return { kind: 'cosigned', ...found }
  }
  if (status === 409 || status === 422)
    return { kind: 'disagrees', reason: `says that the log it co-signed at size ${old} was another` }
  if (status === 403) return { kind: 'refuses', reason: 'does not accept the log’s key' }
  if (status === 404) return { kind: 'refuses', reason: 'does not know the log, or has another URL' }
  const kind = status >= 500 || status === 429 ? 'unreachable' : 'refuses'
  return { kind, reason: `answers with status ${status}` }
}

/** The line of an answer that is the witness's co-signature of the note; all others are passed over, as C2SP asks. */
function findLine(
  body: string,
  witness: NamedWitness,
  note: string,
): { line: string; timestamp: number } | undefined {
  const key = parseVerifierKey(witness.key)
  const { text } = parseNote(note)
  try {
    for (const signature of parseSignatureLines(body)) {
      const [found] = findCosignatures({ text, signatures: [signature] }, [key])
      if (found) return { line: formatSignatureLine(signature), timestamp: found.timestamp }
    }
  } catch {
    // Whatever it is, it is no list of signature lines.
  }
  return undefined
}

/** The size that a witness co-signed last, where it says so. */
function readSize({ type, body }: Reply): number | undefined {
  const isSize = /^text\/x\.tlog\.size\s*(;|$)/i.test(type) && /^(0|[1-9]\d{0,15})\n$/.test(body)
  const size = Number(body)
  return isSize && Number.isSafeInteger(size) ? size : undefined
}

async function post(prefix: string, body: string, signal: AbortSignal): Promise<Reply | { problem: string }> {
  try {
    const response = await fetch(`${prefix}/add-checkpoint`, {
      method: 'POST',
      // What is unpacked could be any size, and nothing here is worth packing.
      headers: { 'content-type': 'text/plain; charset=utf-8', 'accept-encoding': 'identity' },
      body,
      redirect: 'manual',
      signal,
    })
    const text = await readText(response)
    if (text === undefined) return { problem: `answers with more than ${MAX_ANSWER_BYTES} bytes` }
    return { status: response.status, type: response.headers.get('content-type') ?? '', body: text }
  } catch (error) {
    if (signal.aborted) return { problem: 'does not answer in time' }
    const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
    return { problem: `cannot be reached${typeof cause?.code === 'string' ? ` (${cause.code})` : ''}` }
  }
}

async function readText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  for (let size = 0; reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > MAX_ANSWER_BYTES) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks).toString('utf8')
}
