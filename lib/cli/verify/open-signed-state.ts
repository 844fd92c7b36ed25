import { setTimeout as sleep } from 'node:timers/promises'
import type { Findings } from '../../core/audit/findings'
import { refuse } from '../../core/errors'
import { type Checkpoint, openCheckpoint } from '../../core/log/checkpoint'
import { parseVerifierKey } from '../../core/log/verifier-key'
import type { LogCheckId } from './log-report'
import type { LogServer } from './log-server'
import type { Evidence, LogState } from './log-state'

/** A log's state, and the key that signed it. */
export interface SignedState {
  readonly note: string
  /** Verifier key. */
  readonly key: string
  readonly checkpoint: Checkpoint
  readonly madeAt: number | undefined
}

/** A server behind a cache, or one of several, may be a second late: so often it is asked again. */
const LATE = 2
const LATE_MS = 600

/**
 * Reads the log's newest state, and finds whose it is: the key that was asked for, else the one that it had before, else
 * the one that it names. Undefined, with findings, if that key has not signed it.
 */
export async function openSignedState(
  findings: Findings<LogCheckId>,
  server: LogServer,
  { logKey, kept }: { readonly logKey: string | undefined; readonly kept: LogState | undefined },
): Promise<{ readonly state?: SignedState; readonly evidence?: Evidence }> {
  const expected = logKey ?? kept?.key
  const key =
    expected ?? (await server.fetchKeys())?.log.key ?? refuse('this log names no key: give it with --log-key')
  const last = kept?.checkpoints.at(-1)
  const least = (last && openNote(last.note, last.key)?.size) ?? 0

  for (let late = 0; ; late += 1) {
    const { note, madeAt } = await server.fetchCheckpoint()
    const checkpoint = openNote(note, key)
    if (checkpoint && checkpoint.size < least && late < LATE) {
      await sleep(LATE_MS)
      continue
    }
    if (checkpoint) {
      if (!expected) {
        findings.leaveOpen('operator', `Compare the key with the one that the operator publishes: ${key}.`)
      }
      const was = kept && kept.key !== key ? ` Before, it was ${kept.key}.` : ''
      findings.describe('operator', `${key}, as ${logKey ? 'asked for' : 'before'}.${was}`)
      return { state: { note, key, checkpoint, madeAt } }
    }

    const named = await server.fetchKeys()
    if (last && !logKey && named && named.log.key !== key && openNote(note, named.log.key)) {
      const problem = `The log’s key is another one: ${named.log.key} signs now what ${key} signed before.`
      findings.fail('operator', problem, server.url)
      return { evidence: { problem, checkpoints: [last, { note, key: named.log.key }] } }
    }
    findings.fail('checkpoint', `The checkpoint at ${server.url} is not signed by ${key}.`, server.url)
    return {}
  }
}

/** The checkpoint in a note, if that key signed it. */
export function openNote(note: string, key: string): Checkpoint | undefined {
  try {
    const { name, type, publicKey } = parseVerifierKey(key)
    return type === 'ed25519' ? openCheckpoint(note, name, publicKey) : undefined
  } catch {
    return undefined
  }
}
