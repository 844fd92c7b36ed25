import snapshot from '@snapshot-labs/snapshot.js'
import { hexToBigInt, sliceHex } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { type Approval, packApprovals, safeMessageHash, safeMessageTypedData } from './safe-message'

const safe = '0x0000000000000000000000000000000000005aFE'
const digest = `0x${'ab'.repeat(32)}` as const

describe('the hash that owners approve', () => {
  test.each(['0.1.0', '1.0.0', '1.1.1', '1.2.0'])('of a Safe %s names no chain', (version) => {
    expect(safeMessageTypedData({ chainId: 10, safe, version }, digest).domain).toEqual({
      verifyingContract: safe,
    })
    expect(safeMessageHash({ chainId: 10, safe, version }, digest)).toBe(hashByClient({}))
  })

  test.each(['1.3.0', '1.4.1', '1.4.1+L2', '1.5.0', '2.0.0', '1.10.0'])(
    'of a Safe %s names its chain',
    (version) => {
      expect(safeMessageHash({ chainId: 10, safe, version }, digest)).toBe(hashByClient({ chainId: 10 }))
      expect(safeMessageHash({ chainId: 1, safe, version }, digest)).not.toBe(hashByClient({ chainId: 10 }))
    },
  )
})

/** Snapshot's client hashes it by another library. */
function hashByClient(chain: { readonly chainId?: number }): string {
  return snapshot.utils.getHash({
    domain: { ...chain, verifyingContract: safe },
    types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
    message: { message: digest },
  })
}

test('approvals are packed in the order of the owners’ numbers, 65 bytes each', () => {
  const owner = (digit: string) => `0x${digit.repeat(40)}` as const
  const signed = (digit: string): Approval => ({ owner: owner(digit), signature: `0x${digit.repeat(130)}` })
  const packed = packApprovals([signed('b'), { owner: owner('a'), signature: null }, signed('1')])
  expect(packed).toBe(packApprovals([signed('1'), signed('b'), { owner: owner('a'), signature: null }]))
  expect(sliceHex(packed, 0, 65)).toBe(`0x${'1'.repeat(130)}`)
  expect(hexToBigInt(sliceHex(packed, 65, 97))).toBe(BigInt(owner('a')))
  expect(hexToBigInt(sliceHex(packed, 97, 130))).toBe(1n)
  expect(sliceHex(packed, 130)).toBe(`0x${'b'.repeat(130)}`)
})
