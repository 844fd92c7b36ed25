import type { Findings } from '../../core/audit/findings'
import type { RecoverSigner } from '../../core/audit/recover-signer'
import type { Leaf } from '../../core/log/leaf'
import { hashReceipt, hashSignature } from '../../core/log/receipt'
import type { KeptReceipt } from '../../core/log/receipt-file'
import { receiptOf } from '../../core/log/receipt-of'
import { fetchMessage } from './fetch-message'
import type { LogCheckId } from './log-report'
import type { LogServer } from './log-server'

/** The log that receipts are held against. */
interface ReadLog {
  readonly origin: string
  readonly size: number
  /** The entry there, if it could be read. */
  entryAt(index: number): Leaf | undefined
}

/** Looks up each receipt's entry, and holds what was promised against it. */
export async function checkKeptReceipts(
  findings: Findings<LogCheckId>,
  server: LogServer,
  log: ReadLog,
  { receipts, recover }: { receipts: readonly KeptReceipt[]; recover: RecoverSigner },
): Promise<void> {
  if (receipts.length === 0) {
    findings.leaveOpen('receipts', 'Hand in receipts to have them looked for.')
    return
  }
  findings.describe('receipts', `${receipts.length} receipts were honoured.`)
  const published = (await server.fetchKeys())?.receiptKeys
  for (const kept of receipts) {
    const problem = (await findForgery(kept, published, recover)) ?? (await findBreach(kept, log, server))
    if (problem) findings.fail('receipts', problem, kept.receipt.messageId)
  }
}

/** Why a receipt promises nothing. */
async function findForgery(
  { receipt, signature, operator }: KeptReceipt,
  published: readonly string[] | undefined,
  recover: RecoverSigner,
): Promise<string | undefined> {
  const signer = (await recover(hashReceipt(receipt), signature))?.toLowerCase()
  const keys = (published ?? [operator]).map((key) => key.toLowerCase())
  if (signer !== undefined && keys.includes(signer)) return undefined
  return `The receipt for message ${receipt.messageId} is not signed by a key of the operator.`
}

/** How the log breaks the promise. */
async function findBreach(
  { receipt, origin }: KeptReceipt,
  { origin: name, size, entryAt }: ReadLog,
  server: LogServer,
): Promise<string | undefined> {
  const { messageId, voter, logIndex, acceptedAt } = receipt
  const whose = `Message ${messageId} of ${voter}`
  if (origin !== null && origin !== name)
    return `${whose} has a receipt of the log ${origin}; this is ${name}.`
  if (logIndex >= size) {
    return `${whose} has a receipt for log index ${logIndex}, and the log has ${size} entries: it was dropped.`
  }
  const leaf = entryAt(logIndex)
  if (!leaf) return `${whose} has a receipt for log index ${logIndex}, whose entry cannot be read.`
  if (leaf.id !== messageId) {
    return `${whose} has a receipt for log index ${logIndex}, where the log has ${leaf.id}: it was dropped or moved.`
  }
  if (Math.floor(leaf.acceptedAtMs / 1000) !== acceptedAt) {
    return `${whose} has a receipt for the second ${acceptedAt}; the log says ${Math.floor(leaf.acceptedAtMs / 1000)}.`
  }
  const message = await fetchMessage(server, leaf)
  if (typeof message === 'string') return message
  if ('row' in message) {
    // Of a copy from another hub only the signature is known as it was.
    return hashSignature(message.sig) === receipt.signatureHash
      ? undefined
      : `${whose} has a receipt whose signatureHash is not what was logged.`
  }
  const right = receiptOf(message, { logIndex, acceptedAtMs: leaf.acceptedAtMs })
  const wrong = Object.entries(right).find(([key, value]) => receipt[key as keyof typeof right] !== value)
  return wrong && `${whose} has a receipt whose ${wrong[0]} is not what was logged.`
}
