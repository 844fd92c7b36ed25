import { fromBase64, toBase64 } from '../log/base64'
import { type Checkpoint, openCheckpoint } from '../log/checkpoint'
import { findCosignatures } from '../log/cosignature'
import { parseNote } from '../log/signed-note'
import { subtreesBetween } from '../log/subtrees-between'
import { appendLeaf, appendSubtree, emptyFrontier, isEqual, rootOf, verifyConsistency } from '../log/tree'
import { parseVerifierKey, type VerifierKey } from '../log/verifier-key'
import type { Expected } from './audit-options'
import type { LineOf } from './bundle-line'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'

/** Seconds that the clocks of the operator and of whoever saw a checkpoint may be apart. */
const CLOCK_SKEW = 60

/**
 * Rebuilds the log's root from left to right: from messages where they are in the bundle, from roots of subtrees where
 * they are not. Holds one hash per level, whatever the log's size.
 */
export function createLogAudit(findings: Findings, expected: Expected) {
  let frontier = emptyFrontier
  let key: VerifierKey | undefined
  let checkpoint: Checkpoint | undefined
  let note = ''
  let acceptedAtMs = 0
  let messages = 0
  let seen: { readonly size: number; readonly seenAt: number }[] = []

  return {
    header({ origin, logKey }: LineOf<'header'>): void {
      try {
        key = parseVerifierKey(logKey)
      } catch {
        findings.fail('operator', 'The header’s log key is not a verifier key.', 'header')
        return
      }
      const isLogs = key.name === origin && key.type === 'ed25519'
      seen = (expected.checkpoints ?? []).flatMap(({ note: other, seenAt }) => {
        const size = openOther(other, key)?.size
        return size === undefined || seenAt === undefined ? [] : { size, seenAt }
      })
      findings.expect(isLogs, 'operator', `The header’s log key is not one of the log ${origin}.`, 'header')
    },

    skip({ count, hashes }: LineOf<'skip'>): void {
      const end = frontier.size + count
      const parts = Number.isSafeInteger(end) ? [...subtreesBetween(frontier.size, end)] : []
      const isCovered = findings.expect(
        parts.length === hashes.length,
        'inclusion',
        `${count} entries from log index ${frontier.size} on need ${parts.length} hashes, not ${hashes.length}.`,
        `line with log index ${frontier.size}`,
      )
      if (!isCovered) return
      for (const [at, part] of parts.entries()) {
        frontier = appendSubtree(frontier, part.count, fromBase64(hashes[at] ?? '') ?? new Uint8Array(32))
      }
    },

    /** `message` undefined: a line that is none, and yet takes its place. */
    add(line: ReadMessage['line'], message: ReadMessage | undefined): void {
      messages += 1
      findings.expect(
        line.index === frontier.size,
        'inclusion',
        `The message with log index ${line.index} stands where index ${frontier.size} should.`,
        message?.resolved.id,
      )
      findings.expect(
        line.acceptedAtMs >= acceptedAtMs,
        'order',
        `The message with log index ${line.index} was accepted before the one in front of it.`,
        message?.resolved.id,
      )
      for (const { size, seenAt } of seen) {
        findings.expect(
          line.index < size || line.acceptedAtMs / 1000 + CLOCK_SKEW >= seenAt,
          'order',
          `The message with log index ${line.index} is dated ${Math.floor(line.acceptedAtMs / 1000)}, and was not in the log that was seen at ${seenAt}: it was put in late.`,
          message?.resolved.id,
        )
      }
      acceptedAtMs = Math.max(acceptedAtMs, line.acceptedAtMs)
      frontier = appendLeaf(frontier, message?.leaf ?? new Uint8Array(32))
    },

    checkpoint(line: LineOf<'checkpoint'>): void {
      note = line.note
      if (!key) return
      try {
        checkpoint = openCheckpoint(line.note, key.name, key.publicKey)
      } catch {
        findings.fail('checkpoint', `The checkpoint is not signed by the log ${key.name}.`, 'checkpoint')
      }
    },

    finish(): { readonly key: VerifierKey | undefined; readonly size: number } {
      if (checkpoint) {
        const { size, root } = checkpoint
        findings.describe('checkpoint', `${size} entries, root ${toBase64(root)}.`)
        findings.describe('inclusion', `${messages} messages, among ${size} entries of the log.`)
        findings.expect(
          frontier.size === size && isEqual(rootOf(frontier), root),
          'inclusion',
          `The messages do not lead to the root that the log signed: one was changed, left out, put in or moved after it was accepted.`,
          `log indexes 0 to ${frontier.size - 1}`,
        )
        compareCheckpoints(findings, { key, checkpoint, expected })
        countWitnesses(findings, note, expected)
      } else {
        findings.fail('checkpoint', 'There is no checkpoint of the log.', 'checkpoint')
        findings.fail('inclusion', 'Nothing says what the log was.', 'checkpoint')
      }
      return { key, size: checkpoint?.size ?? frontier.size }
    },
  }
}

function compareCheckpoints(
  findings: Findings,
  { key, checkpoint, expected }: { key: VerifierKey | undefined; checkpoint: Checkpoint; expected: Expected },
): void {
  const { checkpoints = [] } = expected
  if (checkpoints.length === 0) {
    findings.leaveOpen('history', 'Compare with checkpoints of this log that you or others have kept.')
    return
  }
  findings.describe(
    'history',
    `${checkpoints.length} ${checkpoints.length === 1 ? 'checkpoint seen before agrees' : 'checkpoints seen before agree'}.`,
  )
  for (const { note, proof } of checkpoints) {
    const seen = openOther(note, key)
    if (!seen) {
      findings.fail('history', `A checkpoint seen before is not signed by the key of this log.`, note)
    } else if (seen.size === checkpoint.size) {
      findings.expect(
        isEqual(seen.root, checkpoint.root),
        'history',
        `The log signed two different checkpoints of ${seen.size} entries: it shows different readers different logs.`,
        note,
      )
    } else if (proof) {
      const [old, now] = seen.size < checkpoint.size ? [seen, checkpoint] : [checkpoint, seen]
      const claim = { oldSize: old.size, newSize: now.size, oldRoot: old.root, newRoot: now.root, proof }
      findings.expect(
        verifyConsistency(claim),
        'history',
        `The log of ${now.size} entries does not begin with the one of ${old.size} that it signed: history was changed.`,
        note,
      )
    } else {
      findings.leaveOpen('history', `Nothing proves that the log of ${seen.size} entries and this one agree.`)
    }
  }
}

function openOther(note: string, key: VerifierKey | undefined): Checkpoint | undefined {
  try {
    return key && openCheckpoint(note, key.name, key.publicKey)
  } catch {
    return undefined
  }
}

function countWitnesses(findings: Findings, note: string, { witnesses }: Expected): void {
  if (!witnesses) {
    findings.leaveOpen('witnesses', 'Name witnesses that you trust to have them counted.')
    return
  }
  const found = findCosignatures(parseNote(note), witnesses.keys)
  findings.describe('witnesses', `Co-signed by ${found.map(({ name }) => name).join(', ') || 'nobody'}.`)
  findings.expect(
    found.length >= witnesses.least,
    'witnesses',
    `${found.length} of the trusted witnesses have co-signed the checkpoint, not ${witnesses.least}.`,
    'checkpoint',
  )
}
