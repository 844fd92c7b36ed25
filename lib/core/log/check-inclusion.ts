import type { InclusionView } from '../views/record-view'
import { fromBase64 } from './base64'
import { type Checkpoint, parseCheckpointText } from './checkpoint'
import { type Cosignature, findCosignatures } from './cosignature'
import { encodeLeaf, hashLeaf, type Leaf } from './leaf'
import { isSignedBy, parseNote } from './signed-note'
import { verifyInclusion } from './tree'
import { parseVerifierKey, type VerifierKey } from './verifier-key'

/** What a log's operator publishes about it: its name, every key it ever signed with, who is asked to co-sign. */
export interface PublishedLog {
  readonly origin: string
  readonly keys: readonly string[]
  readonly witnesses: readonly string[]
}

/** What a proof of inclusion comes to. An entry is in the log when it `isIncluded` under a state that `isSigned`. */
export interface Inclusion {
  /** The siblings lead from the entry, at that index, to the checkpoint's root. */
  readonly isIncluded: boolean
  /** A key of the log signed the checkpoint. */
  readonly isSigned: boolean
  /** The checkpoint; undefined if it cannot be read. */
  readonly checkpoint: Checkpoint | undefined
  /** The witnesses whose co-signatures of the checkpoint verify. */
  readonly witnesses: readonly Cosignature[]
}

/** Checks a proof of inclusion with nothing but what is published. Never throws for what the proof says. */
export function checkInclusion(leaf: Leaf, view: InclusionView, log: PublishedLog): Inclusion {
  const note = attempt(() => parseNote(view.checkpoint))
  const checkpoint = note && attempt(() => parseCheckpointText(note.text))
  if (!note || !checkpoint) {
    return { isIncluded: false, isSigned: false, checkpoint: undefined, witnesses: [] }
  }
  const proof = view.proof.map(fromBase64).filter((hash) => hash !== undefined)
  return {
    isIncluded:
      proof.length === view.proof.length &&
      checkpoint.size === view.size &&
      verifyInclusion({ leaf: hashLeaf(encodeLeaf(leaf)), index: view.index, proof, ...checkpoint }),
    isSigned:
      checkpoint.origin === log.origin &&
      readKeys(log.keys).some(
        (key) => key.type === 'ed25519' && key.name === log.origin && isSignedBy(note, key),
      ),
    checkpoint,
    witnesses: findCosignatures(note, readKeys(log.witnesses)),
  }
}

function readKeys(keys: readonly string[]): VerifierKey[] {
  return keys.map((key) => attempt(() => parseVerifierKey(key))).filter((key) => key !== undefined)
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
