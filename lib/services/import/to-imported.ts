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
 * A hub's message as the log takes it: in the form that was signed where that is known, else as the hub's own row. Says
 * in `verification` what was checked, and why not where nothing was.
 */
export function toImported(
  { url }: Pick<RemoteHub, 'url'>,
  { form, signature, identity, method, signer, sig }: CheckedRow,
  { id, kind, space, author, timestamp, proposal, row, alias = { status: 'passed' } }: ImportedFacts,
): ImportedMessage {
  const open = [identity, signature, alias].find(({ status }) => status !== 'passed')
  const reason = open && 'reason' in open ? open.reason : undefined
  return {
    message: {
      id,
      kind: form?.kind ?? kind,
      space,
      author,
      timestamp,
      envelope: form?.envelope ?? importedEnvelope({ address: signer, sig, hash: id, row }),
      verification: {
        method: 'imported',
        imported: url,
        checked: reason === undefined ? (method ?? 'unchecked') : 'unchecked',
        source: form?.source ?? 'row',
        ...(reason !== undefined && { reason }),
      },
    },
    proposal: proposal ?? null,
  }
}
