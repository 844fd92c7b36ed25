import { parseAddCheckpoint } from '../../core/log/add-checkpoint'
import { type Checkpoint, parseCheckpointText } from '../../core/log/checkpoint'
import { cosign } from '../../core/log/cosignature'
import { formatSignatureLine, isSignedBy, parseNote, signaturesOf } from '../../core/log/signed-note'
import { emptyFrontier, isEqual, rootOf, verifyConsistency } from '../../core/log/tree'
import type { VerifierKey } from '../../core/log/verifier-key'
import { type Clock, unixSeconds } from '../../platform/clock'
import type { Logger } from '../../platform/logger'
import type { WitnessKey } from './open-witness'
import type { WitnessMemory } from './witness-memory'

/** An answer of HTTP. */
export interface WitnessReply {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** Co-signs what logs show it, and never two histories of one. */
export interface Witness {
  /** Answers the body of a C2SP tlog-witness `add-checkpoint` request. */
  addCheckpoint(body: string): WitnessReply
}

/** So often at most it is told that somebody's proof is none: anybody can send one. */
const WARNING_PAUSE_MS = 60_000

/** `logs`: the keys of those it looks after; several of one name are keys of the same log. */
export function createWitness(options: {
  readonly key: WitnessKey
  readonly logs: readonly VerifierKey[]
  readonly memory: WitnessMemory
  readonly clock: Clock
  readonly log: Logger
}): Witness {
  const { key, logs, memory, clock, log } = options
  const forks = new Set<string>()
  let warnedAt = Number.NEGATIVE_INFINITY

  // All of it in one turn of the event loop: no other request comes between reading what was co-signed last and writing
  // what is co-signed now.
  return {
    addCheckpoint(body) {
      const request = read(body)
      if (!request) return text(400, 'malformed add-checkpoint request')
      const { oldSize, proof, note, checkpoint } = request
      const { origin, size, root } = checkpoint
      const keys = logs.filter(({ name }) => name === origin)
      if (keys.length === 0) return text(404, 'unknown log')
      if (oldSize > size) return text(400, 'the old size is larger than the new one')
      // Each line costs a check, and a log has no need of two by one key.
      if (keys.some((one) => signaturesOf(note.signatures, one).length > 1))
        return text(403, 'signed twice with one key')

      const known = memory.find(origin)
      const last = known === undefined ? nothing : parseCheckpointText(parseNote(known).text)
      // Before the signature, which costs more: anybody may ask for this size.
      if (oldSize !== last.size) return { status: 409, type: 'text/x.tlog.size', body: `${last.size}\n` }
      if (!keys.some((one) => isSignedBy(note, one))) return text(403, 'not signed by the log')
      if (size === last.size && !isEqual(root, last.root)) {
        if (known !== undefined) reportFork(checkpoint, [known, request.text])
        return text(409, 'another history of this size was co-signed')
      }
      if (!verifyConsistency({ oldSize, newSize: size, oldRoot: last.root, newRoot: root, proof })) {
        // No proof of anything: whoever has a checkpoint can send it with a proof that is none.
        const now = clock.now()
        if (now - warnedAt >= WARNING_PAUSE_MS) {
          log.warn({ event: 'witness.unproven', origin, size, oldSize })
          warnedAt = now
        }
        return text(422, 'not shown to continue what was co-signed last')
      }
      if (size > last.size) {
        if (!memory.keep(origin, last.size, request.text))
          return text(503, 'another process co-signs for this witness')
        log.info({ event: 'witness.cosigned', origin, size })
      }
      const timestamp = unixSeconds(clock)
      return text(200, formatSignatureLine(cosign(note.text, { ...key, timestamp })).trimEnd())
    },
  }

  function reportFork({ origin, size }: Checkpoint, notes: readonly [string, string]): void {
    const file = memory.keepFork(origin, size, notes)
    if (forks.has(file)) return
    forks.add(file)
    log.error(
      { event: 'witness.fork', origin, size, file },
      'The log has signed two histories of one size. The file proves it: publish it.',
    )
  }
}

const nothing: Pick<Checkpoint, 'size' | 'root'> = { size: 0, root: rootOf(emptyFrontier) }

function read(body: string) {
  try {
    const { oldSize, proof, checkpoint: text } = parseAddCheckpoint(body)
    const note = parseNote(text)
    return { oldSize, proof, text, note, checkpoint: parseCheckpointText(note.text) }
  } catch {
    return undefined
  }
}

function text(status: number, line: string): WitnessReply {
  return { status, type: 'text/plain; charset=utf-8', body: `${line}\n` }
}
