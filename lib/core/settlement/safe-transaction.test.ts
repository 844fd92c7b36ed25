import fc from 'fast-check'
import { concatHex, getAddress, keccak256, sliceHex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Call } from './batch'
import {
  type Confirmation,
  domainHash,
  execTransactionData,
  messageHash,
  packSignatures,
  type SafeTransaction,
  safeTransactionFor,
  safeTxHash,
  safeTxPreimage,
} from './safe-transaction'

const domain = { chainId: 31337, safe: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
const calls: Call[] = [
  { to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', value: 10n ** 18n, data: '0x', operation: 0 },
  { to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', value: 0n, data: '0x69fe0e2d', operation: 0 },
]

describe('a Safe transaction', () => {
  // The hashes are those of @safe-global/protocol-kit 8.0.7.
  test.each([
    ['one call', calls.slice(0, 1), 0, '0xfcc7ba7a6324b933d9eb73c4b84b704fe7c9ba8b35a16d47c0bdaf5aeaed4c50'],
    ['several calls', calls, 41, '0xb142614ee0a438cab6f0a299599dc310b90f1cadaf77da2a844dfde5feef878b'],
  ])('of %s has the hash that Safe’s own SDK gives it', (_, batch, nonce, hash) => {
    expect(safeTxHash(domain, safeTransactionFor(batch, nonce))).toBe(hash)
  })

  test('calls directly once, and through MultiSendCallOnly several times', () => {
    expect(safeTransactionFor(calls.slice(0, 1), 3)).toMatchObject({ ...calls[0], nonce: 3 })
    const multiSendCallOnly = '0x9641d764fc13c8B624c04430C7356C1C7C8102e2'
    expect(safeTransactionFor(calls, 3)).toMatchObject({ to: multiSendCallOnly, value: 0n, operation: 1 })
    expect(safeTransactionFor(calls, 3, { multiSendCallOnly: domain.safe }).to).toBe(domain.safe)
    expect(() => safeTransactionFor([], 0)).toThrow('the batch is empty')
  })

  test('has a hash made of the two hashes that devices show', () => {
    const transaction = safeTransactionFor(calls, 7)
    const preimage = concatHex(['0x1901', domainHash(domain), messageHash(transaction)])
    expect(safeTxPreimage(domain, transaction)).toBe(preimage)
    expect(safeTxHash(domain, transaction)).toBe(keccak256(preimage))
  })

  test('changes its hash with every field', () => {
    const one = safeTransactionFor(calls, 7)
    const other = domain.safe
    const variants: SafeTransaction[] = [
      one,
      { ...one, to: other },
      { ...one, value: 1n },
      { ...one, data: '0x' },
      { ...one, operation: 0 },
      { ...one, safeTxGas: 1n },
      { ...one, baseGas: 1n },
      { ...one, gasPrice: 1n },
      { ...one, gasToken: other },
      { ...one, refundReceiver: other },
      { ...one, nonce: 8 },
    ]
    const hashes = variants.map((variant) => safeTxHash(domain, variant))
    hashes.push(safeTxHash({ ...domain, chainId: 1 }, one), safeTxHash({ ...domain, safe: one.to }, one))
    expect(new Set(hashes).size).toBe(variants.length + 2)
    const payloads = variants.slice(0, -1).map((variant) => execTransactionData(variant, '0x'))
    expect(new Set(payloads).size).toBe(variants.length - 1)
  })
})

describe('packed signatures', () => {
  const hex = (minLength: number, maxLength: number) =>
    fc.uint8Array({ minLength, maxLength }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as const)
  const confirmation: fc.Arbitrary<Confirmation> = fc
    .record({
      owner: hex(20, 20).map((bytes) => getAddress(bytes)),
      ecdsa: hex(65, 65),
      contract: hex(0, 200),
    })
    .chain(({ owner, ecdsa, contract }) =>
      fc.constantFrom<Confirmation>(
        { owner, kind: 'ecdsa', signature: ecdsa },
        { owner, kind: 'contract', signature: contract },
      ),
    )
  const confirmations = fc.uniqueArray(confirmation, {
    selector: ({ owner }) => owner,
    minLength: 1,
    maxLength: 8,
  })

  test('ascend by owner, whatever the order they came in, and every one can be read back', () => {
    fc.assert(
      fc.property(confirmations, (list) => {
        const packed = packSignatures(list)
        expect(packSignatures(list.toReversed())).toBe(packed)
        const sorted = list.toSorted((a, b) => (a.owner.toLowerCase() < b.owner.toLowerCase() ? -1 : 1))
        for (const [index, { owner, kind, signature }] of sorted.entries()) {
          const head = sliceHex(packed, 65 * index, 65 * index + 65)
          if (kind === 'ecdsa') {
            expect(head).toBe(signature)
            continue
          }
          const offset = Number(sliceHex(head, 32, 64))
          const length = Number(sliceHex(packed, offset, offset + 32))
          expect(getAddress(sliceHex(head, 12, 32))).toBe(owner)
          expect(Number(sliceHex(head, 64))).toBe(0)
          expect(offset).toBeGreaterThanOrEqual(65 * list.length)
          expect(packed.slice(2 + 2 * (offset + 32), 2 + 2 * (offset + 32 + length))).toBe(signature.slice(2))
        }
      }),
    )
  })

  test('refuse an owner who is there twice, and an ECDSA signature of another length', () => {
    const signature = `0x${'11'.repeat(65)}` as const
    const once: Confirmation = { owner: domain.safe, kind: 'ecdsa', signature }
    expect(() =>
      packSignatures([once, { ...once, owner: domain.safe.toLowerCase() as `0x${string}` }]),
    ).toThrow('confirmed twice')
    expect(() => packSignatures([{ ...once, signature: '0x11' }])).toThrow('is not 65 bytes long')
  })
})
