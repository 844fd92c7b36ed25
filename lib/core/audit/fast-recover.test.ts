import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { HexString } from '../views/hex-string'
import { createFastRecover } from './fast-recover'
import { addressOf, signDigest } from './random-election.suite'
import { recoverSigner } from './recover-signer'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const word = fc.oneof(
  bytes32.map((bytes) => Buffer.from(bytes).toString('hex')),
  fc.constantFrom('00'.repeat(32), 'ff'.repeat(32), `${'00'.repeat(31)}01`, 'zz'.repeat(32)),
)
const digest = bytes32.map((bytes): HexString => `0x${Buffer.from(bytes).toString('hex')}`)

it('is not plain JavaScript where WebAssembly runs', async () => {
  expect(await createFastRecover()).not.toBe(recoverSigner)
})

it('finds who signed', async () => {
  const recover = await createFastRecover()
  await fc.assert(
    fc.asyncProperty(bytes32, digest, async (secret, hash) => {
      fc.pre(secret.some((byte) => byte !== 0) && secret[0] !== 255)
      expect(await recover(hash, signDigest(hash, secret))).toBe(addressOf(secret).toLowerCase())
    }),
    { numRuns: 30 },
  )
})

it('agrees with plain JavaScript on signatures that nobody made, and on what is none', async () => {
  const recover = await createFastRecover()
  const last = fc.constantFrom('1b', '1c', '1d', '00', '1B', '', '1b00')
  await fc.assert(
    fc.asyncProperty(digest, word, word, last, async (hash, r, s, v) => {
      expect(await recover(hash, `0x${r}${s}${v}`)).toBe(await recoverSigner(hash, `0x${r}${s}${v}`))
    }),
    { numRuns: 150 },
  )
})
