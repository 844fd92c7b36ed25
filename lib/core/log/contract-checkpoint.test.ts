import { secp256k1 } from '@noble/curves/secp256k1'
import { hexToBytes } from '@noble/hashes/utils'
import { privateKeyToAccount } from 'viem/accounts'
import { hashTypedData } from 'viem/utils'
import { expect, it } from 'vitest'
import type { HexString } from '../views/hex-string'
import {
  checkpointTypedData,
  hashContractCheckpoint,
  recoverCheckpointSigner,
  signContractCheckpoint,
} from './contract-checkpoint'

const key = '33'.repeat(32)
const operator = privateKeyToAccount(`0x${key}`)
const checkpoint = {
  origin: 'vote.example/log',
  size: 41,
  root: `0x${'09'.repeat(32)}`,
  timestamp: 1_700_000_000,
} as const

const signDigest = (digest: HexString): HexString => {
  const signature = secp256k1.sign(hexToBytes(digest.slice(2)), key)
  return `0x${signature.toHex('compact')}${(27 + signature.recovery).toString(16)}`
}

it('is what a wallet would sign', async () => {
  expect(hashContractCheckpoint(checkpoint)).toBe(hashTypedData(checkpointTypedData(checkpoint)))
  const signature = signContractCheckpoint(checkpoint, signDigest)
  expect(signature).toBe(await operator.signTypedData(checkpointTypedData(checkpoint)))
  expect(await recoverCheckpointSigner(checkpoint, signature)).toBe(operator.address)
})

it('covers every field', async () => {
  const signature = signContractCheckpoint(checkpoint, signDigest)
  const changes = [
    { origin: 'else' },
    { size: 42 },
    { root: `0x${'08'.repeat(32)}` as const },
    { timestamp: 1 },
  ]
  for (const change of changes) {
    expect(await recoverCheckpointSigner({ ...checkpoint, ...change }, signature)).not.toBe(operator.address)
  }
})
