import type { SignedReceipt } from '../core/audit/audit-options'
import { type RecoverSigner, recoverSigner } from '../core/audit/recover-signer'
import { toBase64 } from '../core/log/base64'
import { checkInclusion, type Inclusion } from '../core/log/check-inclusion'
import { hashReceipt } from '../core/log/receipt'
import { receiptOf } from '../core/log/receipt-of'
import { parseImportedEnvelope } from '../core/messages/imported-envelope'
import { type CanonicalMessage, parseCanonicalEnvelope } from '../core/messages/parse-canonical-envelope'
import type { HexString } from '../core/views/hex-string'
import type { InstallationView } from '../core/views/installation-view'
import type { MessageView } from '../core/views/record-view'
import { receiptDifferences } from './receipt-differences'

/** One thing that was looked at, in words. `open`: this cannot be told from here, and `detail` says who can. */
export interface MessageCheck {
  readonly id: 'digest' | 'signature' | 'receipt' | 'inclusion' | 'checkpoint' | 'witnesses'
  readonly title: string
  readonly status: 'passed' | 'failed' | 'open'
  readonly detail: string
}

/** What a server publishes about itself, against which everything it says is held. */
export type Published = Pick<InstallationView, 'receiptKeys' | 'log'>

export interface CheckedMessage {
  /** What was signed; undefined if the text that was shown is no message. */
  readonly message: CanonicalMessage | undefined
  readonly checks: readonly MessageCheck[]
  readonly inclusion: Inclusion | undefined
}

/** Checks all that a server says of the message `id`, from what was signed and from its published keys alone. */
export async function checkMessage(
  id: HexString,
  view: MessageView,
  { receiptKeys, log }: Published,
  recover: RecoverSigner = recoverSigner,
): Promise<CheckedMessage> {
  const message = readMessage(view)
  if (
    !message &&
    view.verification.method === 'imported' &&
    parseImportedEnvelope(view.envelope)?.hash === id
  ) {
    const why = view.verification.reason ?? 'it does not show what was signed'
    const detail = `Copied from ${view.verification.imported}, by whose word it is what it says: ${why}.`
    return { message, checks: [{ ...check('digest', true, detail), status: 'open' }], inclusion: undefined }
  }
  if (!message || message.resolved.id !== id) {
    const detail = message
      ? `What is shown was signed as ${message.resolved.id}.`
      : 'What is shown cannot be read as a signed message.'
    return { message, checks: [check('digest', false, detail)], inclusion: undefined }
  }
  const { resolved, sha256 } = message
  const { receipt, signature } = readReceipt(view.receipt)
  const right = receiptOf(message, view)
  const wrong = receiptDifferences(receipt, right)
  const isByOperator = await isSignedByOperator({ receipt, signature }, receiptKeys, recover)
  const leaf = { kind: resolved.kind, id, envelopeSha256: sha256, acceptedAtMs: view.acceptedAtMs }
  const inclusion = checkInclusion(leaf, view.inclusion, log)
  const { checkpoint, witnesses } = inclusion
  const isInPlace = inclusion.isIncluded && view.inclusion.index === view.logIndex
  return {
    message,
    inclusion,
    checks: [
      check('digest', true, `Computed again from the typed data: ${id}.`),
      await checkSignature(message, view, recover),
      check(
        'receipt',
        wrong.length === 0 && isByOperator,
        wrong.length > 0
          ? `The receipt is about something else: it differs in ${wrong.join(', ')}.`
          : isByOperator
            ? `Signed by ${view.receipt.operator}, a receipt key that this server publishes.`
            : 'Not signed by any receipt key that this server publishes.',
      ),
      {
        ...check(
          'inclusion',
          isInPlace,
          isInPlace
            ? `The entry, computed from what was signed, leads to the root of the log’s ${count(view.inclusion.size)} entries.`
            : 'The entry, computed from what was signed, does not lead to the root that the log shows.',
        ),
        title: `It is in the log, at #${view.logIndex}`,
      },
      check(
        'checkpoint',
        inclusion.isSigned,
        inclusion.isSigned
          ? `Signed by the log ${log.origin} at ${count(checkpoint?.size ?? 0)} entries, root ${toBase64(checkpoint?.root ?? new Uint8Array())}.`
          : `Not signed by any key that the log ${log.origin} publishes.`,
      ),
      checkWitnesses(witnesses, log.witnesses.length),
    ],
  }
}

/** What became of a receipt that somebody kept. */
export type ReceiptCheck =
  | { readonly state: 'kept'; readonly index: number; readonly inclusion: Inclusion }
  /** The operator signed it and does not keep it: whoever holds it can prove that. */
  | { readonly state: 'broken'; readonly why: string }
  /** No key that this server publishes signed it: it proves nothing here. */
  | { readonly state: 'foreign' }

/** Holds a receipt against what the server shows of its message; `view` null when it shows none. */
export async function checkReceipt(
  kept: SignedReceipt,
  view: MessageView | null,
  published: Published,
  recover: RecoverSigner = recoverSigner,
): Promise<ReceiptCheck> {
  const broken = (why: string) => ({ state: 'broken', why }) as const
  if (!(await isSignedByOperator(kept, published.receiptKeys, recover))) return { state: 'foreign' }
  if (!view) return broken('The server does not show this message, though it has signed for it.')
  const { message, checks, inclusion } = await checkMessage(kept.receipt.messageId, view, published, recover)
  const failed = checks.find(({ status }) => status === 'failed')
  if (failed || !message || !inclusion) return broken(failed?.detail ?? '')
  const wrong = receiptDifferences(kept.receipt, receiptOf(message, view))
  if (wrong.length > 0) return broken(`The log differs from the receipt in ${wrong.join(', ')}.`)
  return { state: 'kept', index: view.logIndex, inclusion }
}

/** Whether one of these keys signed a receipt. */
export async function isSignedByOperator(
  { receipt, signature }: SignedReceipt,
  receiptKeys: readonly HexString[],
  recover: RecoverSigner = recoverSigner,
): Promise<boolean> {
  const signer = await recover(hashReceipt(receipt), signature)
  return receiptKeys.some((key) => key.toLowerCase() === signer?.toLowerCase())
}

/** "seen by 1 of 2 witnesses", or why nobody could. */
export function witnessWords(seen: number, asked: number): string {
  return asked === 0 ? 'nobody else is asked to co-sign this log' : `seen by ${seen} of ${asked} witnesses`
}

const titles = {
  digest: 'The id is the digest of what was signed',
  signature: 'The author signed it',
  receipt: 'The operator signed a receipt for it',
  inclusion: 'It is in the log',
  checkpoint: 'The log’s own key signed that state',
  witnesses: 'Others saw the same log',
} satisfies Record<MessageCheck['id'], string>

function check(id: MessageCheck['id'], isGood: boolean, detail: string): MessageCheck {
  return { id, title: titles[id], status: isGood ? 'passed' : 'failed', detail }
}

async function checkSignature(
  { resolved, address, sig }: CanonicalMessage,
  { verification }: MessageView,
  recover: RecoverSigner,
): Promise<MessageCheck> {
  const signer = await recover(resolved.digest, sig)
  const isKeys = signer?.toLowerCase() === address.toLowerCase()
  if (isKeys && address === resolved.from) {
    return check('signature', true, `The signature recovers to ${resolved.from}.`)
  }
  const { method, chainId, block, alias, imported, checked = 'unchecked', reason } = verification
  if (method === 'imported') {
    const detail =
      checked === 'unchecked'
        ? `Copied from ${imported}; not checked: ${reason}.`
        : `Copied from ${imported}. Its signature was checked then, says this server, as that of a ${checked === 'ecdsa' ? 'key that may sign for the author' : 'contract wallet'}.`
    return { ...check('signature', true, detail), status: 'open' }
  }
  if (!isKeys && method === 'ecdsa') {
    return check('signature', false, `The signature is not one of ${address}.`)
  }
  const signed = isKeys
    ? `The signature recovers to ${address}.`
    : `${address} is a contract wallet. It accepted the signature at block ${count(Number(block))} of chain ${chainId}, says this server; only that chain can confirm it.`
  if (address === resolved.from) return { ...check('signature', true, signed), status: 'open' }
  if (alias?.address !== address) {
    return check('signature', false, `${signed} Nothing says that it may sign for ${resolved.from}.`)
  }
  const linked = `${resolved.from} let it sign for him, says this server: look at message ${alias.link}.`
  return { ...check('signature', true, `${signed} ${linked}`), status: 'open' }
}

function checkWitnesses(witnesses: Inclusion['witnesses'], asked: number): MessageCheck {
  const words = witnessWords(witnesses.length, asked)
  const names = witnesses.map(({ name }) => name).join(', ')
  return {
    ...check('witnesses', true, `${capital(words)}${names && `: ${names}`}.`),
    ...(witnesses.length === 0 && { status: 'open' as const }),
  }
}

function readMessage({ envelope }: MessageView): CanonicalMessage | undefined {
  try {
    return parseCanonicalEnvelope(envelope)
  } catch {
    return undefined
  }
}

function readReceipt({ signature, operator: _, ...receipt }: MessageView['receipt']): SignedReceipt {
  return { receipt: { ...receipt, logIndex: Number(receipt.logIndex) }, signature }
}

function count(value: number): string {
  return value.toLocaleString('en')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
