import { randomBytes } from 'node:crypto'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import { hashReceipt, receiptTypedData } from '../../core/log/receipt'
import { createDigestSigner, loadNativeEngine, signInJavaScript } from './sign-digest'

const hex = (bytes: number) => `0x${randomBytes(bytes).toString('hex')}` as const
const engines = { native: loadNativeEngine, 'in JavaScript': () => signInJavaScript }

describe.each(Object.entries(engines))('a receipt signed by the engine %s', (_, load) => {
  test('bears the signature that viem makes', async () => {
    for (let i = 0; i < 20; i++) {
      const key = hex(32)
      const account = privateKeyToAccount(key)
      const receipt = {
        messageId: hex(32),
        proposal: hex(32),
        voter: account.address,
        signatureHash: hex(32),
        logIndex: i,
        acceptedAt: 1_800_000_000 + i,
      }
      const signature = createDigestSigner(key, load())(hashReceipt(receipt))
      expect(signature).toBe(await account.signTypedData(receiptTypedData(receipt)))
    }
  })
})
