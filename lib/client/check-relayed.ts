import { definitions } from '../core/messages/definitions'
import { hashMessage } from '../core/messages/hash-message'
import type { FieldValue } from '../core/messages/normalise-value'
import { SNAPSHOT_DOMAIN } from '../core/messages/resolve-message'
import type { HexString } from '../core/views/hex-string'
import type { AcceptedView } from '../core/views/installation-view'
import type { RelayedView } from '../core/views/relayed-view'
import { isSignedByOperator } from './check-message'

/**
 * Why an owner must not sign what he is asked to: it would approve something else than the page shows. Null when it is the
 * message that is shown, of this wallet.
 */
export function relayedProblem({
  id,
  kind,
  message,
  address,
  chainId,
  safe,
}: Pick<RelayedView, 'id' | 'kind' | 'message' | 'address' | 'chainId' | 'safe'>): string | null {
  // Some wallets name their chain in the domain.
  const domains = [SNAPSHOT_DOMAIN, { ...SNAPSHOT_DOMAIN, chainId }]
  const isShown = definitions.some(
    (definition) =>
      definition.kind === kind &&
      definition.fields.every(({ name }) => name in message) &&
      domains.some(
        (domain) => hashMessage(definition, domain, message as Readonly<Record<string, FieldValue>>) === id,
      ),
  )
  if (!isShown) return 'What the server shows is not what this id stands for.'
  if (!safe) return 'This wallet is no Safe: nobody can sign for it.'
  const { domain, message: signed } = safe.typedData
  const isForSafe = same(domain.verifyingContract, address) && (domain.chainId ?? chainId) === chainId
  if (!isForSafe) return 'What would be signed is for another wallet.'
  return same(signed.message, id) ? null : 'What would be signed is not what the server shows.'
}

/**
 * Checks the receipt of a message that a wallet's owners have approved. How they signed, whoever handed it in cannot know:
 * that is read from the log.
 *
 * @throws Error, in words, when it is for something else or not signed by a key that the server publishes
 */
export async function checkRelayedReceipt(
  { receipt: { signature, operator: _, ...fields } }: AcceptedView,
  { id, message }: Pick<RelayedView, 'id' | 'message'>,
  receiptKeys: readonly HexString[],
): Promise<void> {
  const receipt = { ...fields, logIndex: Number(fields.logIndex) }
  if (!same(receipt.messageId, id) || !same(receipt.voter, String(message.from)))
    throw new Error(
      'The server’s receipt is for something else. Do not rely on it; ask whoever runs this server.',
    )
  if (!(await isSignedByOperator({ receipt, signature }, receiptKeys)))
    throw new Error(
      'The server’s receipt is not signed by a key that it publishes. Do not rely on it; ask whoever runs this server.',
    )
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
