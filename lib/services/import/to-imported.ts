import { createHash } from 'node:crypto'
import type { MessageKind } from '../../core/messages/definitions'
import { importedEnvelope } from '../../core/messages/imported-envelope'
import type { HexString } from '../../core/views/hex-string'
import type { ImportedMessage } from '../../db/import/append-imported'
import type { CheckedRow, RowVerdict } from '../remote-hub/check-row'
import type { RemoteHub } from '../remote-hub/remote-hub'

/** What is said of a message in the log. */
export interface ImportedFacts {
  readonly id: HexString
  /** Where what was signed does not say it. */
  readonly kind: MessageKind
  readonly space: string
  readonly author: HexString
  /** Unix seconds. */
  readonly timestamp: number
  readonly proposal?: HexString
  /** Fields as they would be in the message, where what was signed is not known. */
  readonly row: Readonly<Record<string, unknown>>
  /** Whether the key that signed was entitled to. */
  readonly alias?: RowVerdict
}

/**
 * A hub's message as the log takes it: in the form that was signed and under its id where both that and the signature are
 * proven, else as the hub's own row, under an id that no message can have. Says in `verification` what was checked, and why
 * not where nothing was.
 */
export function toImported(
  { url }: Pick<RemoteHub, 'url'>,
  { form, signature, identity, method, signer, sig }: CheckedRow,
  { id, kind, space, author, timestamp, proposal, row, alias = { status: 'passed' } }: ImportedFacts,
): ImportedMessage {
  const own = ownId(url, id)
  const open = [identity, signature, alias].find(({ status }) => status !== 'passed')
  const reason = open && 'reason' in open ? open.reason : undefined
  const proven = reason === undefined ? form : undefined
  return {
    message: {
      id: proven ? id : own,
      kind: form?.kind ?? kind,
      space,
      author,
      timestamp,
      envelope:
        proven?.envelope ??
        importedEnvelope({ address: signer, sig, hash: own, row: { id, ...(form?.message ?? row) } }),
      verification: {
        method: 'imported',
        imported: url,
        ...(proven
          ? { checked: method, source: proven.source }
          : { checked: 'unchecked', source: 'row', reason, shown: id }),
      },
    },
    proposal: proposal ?? null,
    shown: id,
    own,
    hub: url,
  }
}

/** Stands for what a hub says of a message of which nobody can tell that it is the one with that id. */
function ownId(hub: string, id: string): HexString {
  return `0x${createHash('sha256').update(`${hub} ${id}`).digest('hex')}`
}
