import { type Checkpoint, parseCheckpointText } from '../core/log/checkpoint'
import { type Cosignature, findCosignatures } from '../core/log/cosignature'
import { isSignedBy, parseNote } from '../core/log/signed-note'
import { verifyConsistency } from '../core/log/tree'
import type { VerifierKey } from '../core/log/verifier-key'

/** A state of a log that witnesses co-signed. */
export interface SeenLater {
  readonly witnesses: readonly Cosignature[]
  readonly size: number
}

/**
 * Who has seen a log at a later state that begins with `checkpoint`: its `note`, signed by one of the log's `keys`, co-signed
 * by `witnesses`, and tied to the checkpoint by what `prove` answers for two sizes. Undefined when that is not shown.
 */
export async function seenLater(
  checkpoint: Checkpoint,
  note: string,
  {
    keys,
    witnesses,
    prove,
  }: {
    readonly keys: readonly VerifierKey[]
    readonly witnesses: readonly VerifierKey[]
    readonly prove: (from: number, to: number) => Promise<readonly Uint8Array[] | undefined>
  },
): Promise<SeenLater | undefined> {
  const parsed = parseNote(note)
  const { origin, size, root } = parseCheckpointText(parsed.text)
  const found = findCosignatures(parsed, witnesses)
  const isLogs = origin === checkpoint.origin && keys.some((key) => isSignedBy(parsed, key))
  if (!isLogs || found.length === 0 || size < checkpoint.size) return undefined
  const proof = await prove(checkpoint.size, size)
  const claim = { oldSize: checkpoint.size, newSize: size, oldRoot: checkpoint.root, newRoot: root }
  return verifyConsistency({ ...claim, proof: proof ?? [] }) ? { witnesses: found, size } : undefined
}
