import { hashSignature } from '../core/log/receipt'
import { receiptOf } from '../core/log/receipt-of'
import { parseEnvelope } from '../core/messages/parse-envelope'
import { resolveMessage } from '../core/messages/resolve-message'
import { normaliseSignature } from '../core/messages/signature'
import type { HexString } from '../core/views/hex-string'
import type { AcceptedView, InstallationView } from '../core/views/installation-view'
import { isSignedByOperator } from './check-message'
import { receiptDifferences } from './receipt-differences'
import type { toEnvelope } from './typed-data'

/** Seconds by which this clock and the server's may differ. */
const SLACK = 3600

/**
 * Checks the receipt that came back for an envelope, whatever else the server says.
 *
 * @throws Error, in words, when it is for something else or not signed by a key that the server publishes
 */
export async function checkAccepted(
  { id, receipt: { signature, operator: _, ...fields } }: AcceptedView,
  envelope: ReturnType<typeof toEnvelope>,
  receiptKeys: InstallationView['receiptKeys'],
  now = Math.floor(Date.now() / 1000),
): Promise<void> {
  const resolved = resolveMessage(parseEnvelope(envelope))
  const receipt = { ...fields, logIndex: Number(fields.logIndex) }
  // A key's signature is kept in its one form, a contract's as it came.
  const forms: HexString[] = [
    normaliseSignature(envelope.sig),
    envelope.sig.toLowerCase() as typeof envelope.sig,
  ]
  const sig = forms.find((form) => hashSignature(form) === receipt.signatureHash) ?? envelope.sig
  const place = { logIndex: receipt.logIndex, acceptedAtMs: receipt.acceptedAt * 1000 }
  const wrong = receiptDifferences(receipt, receiptOf({ resolved, sig }, place))
  // A receipt from after the vote's end would promise nothing.
  if (Math.abs(receipt.acceptedAt - now) > SLACK) wrong.push('the time (or this device’s clock is wrong)')
  if (wrong.length > 0 || id !== resolved.id) {
    throw new Error(
      `The server’s receipt does not fit what you signed: it differs in ${wrong.join(', ') || 'the id'}. Do not rely on it; ask whoever runs this server.`,
    )
  }
  if (!(await isSignedByOperator({ receipt, signature }, receiptKeys))) {
    throw new Error(
      'The server’s receipt is not signed by a key that it publishes. Do not rely on it; ask whoever runs this server.',
    )
  }
}
