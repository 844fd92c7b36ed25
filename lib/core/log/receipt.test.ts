import { privateKeyToAccount } from 'viem/accounts'
import { hashTypedData } from 'viem/utils'
import { expect, it } from 'vitest'
import { hashReceipt, hashSignature, type Receipt, receiptTypedData, recoverReceiptSigner } from './receipt'
import vectors from './vectors/receipts.json'

const operator = privateKeyToAccount(`0x${'33'.repeat(32)}`)
const cases = vectors as unknown as (Omit<(typeof vectors)[number], 'receipt'> & {
  receipt: Receipt
  signature: `0x${string}`
  receiptSignature: `0x${string}`
})[]

it.each(cases)('is what ethers computes and signs: log index $receipt.logIndex', async (vector) => {
  const { receipt, digest, signature, receiptSignature, signer } = vector
  expect(hashReceipt(receipt)).toBe(digest)
  expect(hashTypedData(receiptTypedData(receipt))).toBe(digest)
  expect(hashSignature(signature)).toBe(receipt.signatureHash)
  expect(await operator.signTypedData(receiptTypedData(receipt))).toBe(receiptSignature)
  expect(await recoverReceiptSigner(receipt, receiptSignature)).toBe(signer)
})

it.each(cases)(
  'covers every field: log index $receipt.logIndex',
  async ({ receipt, receiptSignature, signer }) => {
    const other = `0x${'44'.repeat(32)}` as const
    const changes: Partial<Receipt>[] = [
      { messageId: other },
      { proposal: other },
      { voter: operator.address },
      { signatureHash: other },
      { logIndex: receipt.logIndex + 1 },
      { acceptedAt: receipt.acceptedAt - 1 },
    ]
    for (const change of changes) {
      expect(await recoverReceiptSigner({ ...receipt, ...change }, receiptSignature)).not.toBe(signer)
    }
  },
)
