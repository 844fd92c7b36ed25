import { hashReceipt } from '../log/receipt'
import { receiptOf } from '../log/receipt-of'
import type { HexString } from '../views/hex-string'
import type { AuditOptions, SignedReceipt } from './audit-options'
import type { Findings } from './findings'
import type { ReadMessage } from './read-message'
import { recoverSigner } from './recover-signer'

/** Looks for the message of every receipt handed in, and compares what was promised. */
export function createReceiptAudit(findings: Findings, { expected, recover = recoverSigner }: AuditOptions) {
  const open = new Map<HexString, SignedReceipt[]>()
  for (const signed of expected?.receipts ?? []) {
    const { messageId } = signed.receipt
    open.set(messageId, [...(open.get(messageId) ?? []), signed])
  }
  const missing = expected?.messages && new Set(expected.messages)
  let honoured = 0
  let keys: readonly string[] = []

  const isByOperator = async ({ receipt, signature }: SignedReceipt): Promise<boolean> => {
    const signer = await recover(hashReceipt(receipt), signature)
    return signer !== undefined && keys.includes(signer.toLowerCase())
  }

  return {
    keys(receiptKeys: readonly string[]): void {
      keys = receiptKeys.map((key) => key.toLowerCase())
      findings.expect(
        new Set(keys).size === keys.length,
        'operator',
        'The header names a receipt key twice.',
        'header',
      )
      const published = expected?.receiptKeys?.map((key) => key.toLowerCase())
      const strange = published && keys.find((key) => !published.includes(key))
      findings.expect(
        strange === undefined,
        'operator',
        `The receipt key ${strange} is none that the operator publishes.`,
        'header',
      )
    },

    async add({ line, resolved, sig }: ReadMessage): Promise<void> {
      const { id } = resolved
      missing?.delete(id)
      const receipts = open.get(id)
      if (!receipts) return
      open.delete(id)
      const right = receiptOf({ resolved, sig }, { logIndex: line.index, acceptedAtMs: line.acceptedAtMs })
      for (const signed of receipts) {
        const isKept = Object.entries(right).every(
          ([key, value]) => signed.receipt[key as keyof typeof right] === value,
        )
        findings.expect(
          isKept,
          'receipts',
          `The receipt for message ${id} promises log index ${signed.receipt.logIndex} at ${signed.receipt.acceptedAt} and this signature; the log says otherwise.`,
          id,
        )
        findings.expect(
          await isByOperator(signed),
          'receipts',
          `The receipt for message ${id} is not signed by a key of the operator.`,
          id,
        )
        honoured += 1
      }
    },

    /** `end` of the vote as the proposal's own message says it, unix seconds: nothing that came later is in a bundle. */
    async finish({ id: proposal, end }: { id?: HexString; end?: number } = {}): Promise<void> {
      for (const signed of [...open.values()].flat()) {
        const { messageId, proposal: about, voter, acceptedAt } = signed.receipt
        if (about === proposal && end !== undefined && acceptedAt > end) {
          findings.leaveOpen(
            'receipts',
            `The receipt for message ${messageId} is dated ${acceptedAt}, after the vote’s end at ${end}.`,
          )
        } else if (about !== proposal) {
          findings.leaveOpen('receipts', `The receipt for message ${messageId} is about something else.`)
        } else if (await isByOperator(signed)) {
          findings.fail(
            'receipts',
            `Message ${messageId} of ${voter} has a receipt, and is not among the ballots: it was dropped.`,
            messageId,
          )
        } else {
          findings.fail(
            'receipts',
            `The receipt for message ${messageId} is not signed by a key of the operator.`,
            messageId,
          )
        }
      }
      findings.describe(
        'receipts',
        `${honoured} ${honoured === 1 ? 'receipt was' : 'receipts were'} honoured.`,
      )
      if (!expected?.receipts?.length)
        findings.leaveOpen('receipts', 'Hand in receipts to have them looked for.')

      if (!missing) {
        findings.leaveOpen(
          'completeness',
          'A bundle cannot show that nothing is missing: receipts, or a reading of the whole log, do.',
        )
      }
      findings.describe(
        'completeness',
        `All ${expected?.messages?.size} messages about it in the log are here.`,
      )
      for (const id of missing ?? [])
        findings.fail('completeness', `Message ${id} is in the log and not in the bundle.`, id)
    },
  }
}
