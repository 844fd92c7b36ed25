import fc from 'fast-check'
import {
  concat,
  type Hex,
  keccak256,
  parseSignature,
  recoverAddress as recoverByViem,
  serializeCompactSignature,
  signatureToCompactSignature,
  toHex,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import { recoverAddress, recoveryEngine, recoveryEngines } from './recover-address'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes))
const signed = fc.tuple(bytes32, bytes32).map(([seed, hash]) => ({ key: keccak256(seed), hash }))

async function viemSays(hash: Hex, signature: Hex): Promise<string | undefined> {
  try {
    return await recoverByViem({ hash, signature })
  } catch {
    return undefined
  }
}

test('finds who signed, in the 65-byte and the 64-byte form and with v 0 or 1', async () => {
  await fc.assert(
    fc.asyncProperty(signed, async ({ key, hash }) => {
      const account = privateKeyToAccount(key)
      const signature = await account.sign({ hash })
      expect(await recoverAddress(hash, signature)).toBe(account.address)
      const compact = serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)))
      expect(await recoverAddress(hash, compact)).toBe(account.address)
      const parity = signature.endsWith('1b') ? '0x00' : '0x01'
      expect(await recoverAddress(hash, concat([signature.slice(0, -2) as Hex, parity]))).toBe(
        account.address,
      )
    }),
    { numRuns: 60 },
  )
})

test('agrees with viem on any 65 bytes, most of which nobody signed', async () => {
  const r = fc.oneof(bytes32, fc.constantFrom(toHex(0n, { size: 32 }), `0x${'ff'.repeat(32)}` as const))
  await fc.assert(
    fc.asyncProperty(
      bytes32,
      r,
      r,
      fc.constantFrom('0x1b', '0x1c', '0x00', '0x01'),
      async (hash, r, s, v) => {
        const signature = concat([r, s, v as Hex])
        expect(await recoverAddress(hash, signature)).toBe(await viemSays(hash, signature))
      },
    ),
    { numRuns: 150 },
  )
})

test('other lengths, other v and what is not hex are nobody', async () => {
  const hash = keccak256('0x01')
  const signature = await privateKeyToAccount(keccak256('0x02')).sign({ hash })
  expect(await recoverAddress(hash, '0x')).toBeUndefined()
  expect(await recoverAddress(hash, signature.slice(0, -4) as Hex)).toBeUndefined()
  expect(await recoverAddress(hash, `${signature}00`)).toBeUndefined()
  expect(await recoverAddress(hash, `${signature}zz`)).toBeUndefined()
  expect(await recoverAddress(hash, `${signature.slice(0, -2)}1d` as Hex)).toBeUndefined()
})

describe('the two engines', () => {
  test('agree, signature or noise', async ({ skip }) => {
    const wasm = await recoveryEngines.wasm()
    const native = await recoveryEngines
      .native()
      .catch(() => skip('secp256k1 has no binary for this platform'))
    const any64 = fc.uint8Array({ minLength: 64, maxLength: 64 })
    const any32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(any64, fc.constantFrom(0 as const, 1 as const), any32, (signature, recovery, hash) => {
        const [one, other] = [native(signature, recovery, hash), wasm(signature, recovery, hash)]
        expect(one && toHex(one)).toBe(other && toHex(other))
      }),
      { numRuns: 300 },
    )
  })

  test('the native one is used where it loads', async () => {
    const loads = await recoveryEngines.native().then(
      () => true,
      () => false,
    )
    expect(await recoveryEngine()).toBe(loads ? 'native' : 'wasm')
  })
})
