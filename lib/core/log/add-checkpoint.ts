import { refuse } from '../errors'
import { fromBase64, toBase64 } from './base64'

/** What a log asks a witness to co-sign (C2SP tlog-witness, `POST add-checkpoint`). */
export interface AddCheckpoint {
  /** Size of the checkpoint that the witness co-signed last; 0 for none. */
  readonly oldSize: number
  /** `consistencyProof` from there. */
  readonly proof: readonly Uint8Array[]
  /** The new checkpoint, a signed note. */
  readonly checkpoint: string
}

const MAX_PROOF = 63

/** The request's body. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n')
}

/** The inverse of `formatAddCheckpoint`; the checkpoint is not opened. @throws AppError `invalid` for any other text */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n')
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n')
  const [, size = ''] = /^old (0|[1-9]\d{0,15})$/.exec(first) ?? []
  const proof = lines.map((line) => {
    const hash = fromBase64(line)
    return hash?.length === 32 ? hash : refuse('malformed add-checkpoint request')
  })
  if (size === '' || proof.length > MAX_PROOF) refuse('malformed add-checkpoint request')
  return { oldSize: Number(size), proof, checkpoint: body.slice(end + 2) }
}
