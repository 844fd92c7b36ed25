import fc from 'fast-check'
import { type Address, getAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from '../../core/settlement/batch'
import { executionHash } from '../../core/settlement/batch'
import {
  domainHash,
  multiSendCallOnly,
  type SafeTransaction,
  safeTxHash,
  safeTxPreimage,
} from '../../core/settlement/safe-transaction'
import { type SafeWorld, safeTestAbi, startSafeWorld } from '../safe-world.suite'
import { buildTransaction } from './build-transaction'
import { canonicalContracts } from './canonical-contracts'

let world: SafeWorld
let safe: Address
beforeAll(async () => {
  world = await startSafeWorld()
  safe = await world.newSafe()
})
afterAll(() => world.stop())

const hex = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as const)
const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.record({
    to: hex(20, 20)
      .filter((bytes) => BigInt(bytes) !== 0n)
      .map((bytes) => getAddress(bytes)),
    value: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
    data: hex(0, 100),
    operation: fc.constant(0 as const),
  }),
  { minLength: 1, maxLength: 6 },
)

function args(transaction: SafeTransaction) {
  const { to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver, nonce } =
    transaction
  return [
    to,
    value,
    data,
    operation,
    safeTxGas,
    baseGas,
    gasPrice,
    gasToken,
    refundReceiver,
    BigInt(nonce),
  ] as const
}

describe('the Safe transaction of any batch', () => {
  test('is the same to us, to the Safe SDK and to the Safe itself', async () => {
    const { chainId } = world.chain
    const domain = { chainId, safe }
    const contract = { address: safe, abi: safeTestAbi } as const
    expect(domainHash(domain)).toBe(
      await world.client.readContract({ ...contract, functionName: 'domainSeparator' }),
    )
    const nonces = fc.integer({ min: 0, max: 2 ** 40 })
    await fc.assert(
      fc.asyncProperty(calls, nonces, async (batch, nonce) => {
        const voted = executionHash({ chainId, verifyingContract: safe, calls: batch })
        // Throws when the SDK differs.
        const wanted = { chainId, safe, calls: batch, executionHash: voted, nonce }
        const { transaction, hash } = await buildTransaction(world.chains, wanted)
        const [onChain, preimage] = await Promise.all([
          world.client.readContract({
            ...contract,
            functionName: 'getTransactionHash',
            args: args(transaction),
          }),
          world.client.readContract({
            ...contract,
            functionName: 'encodeTransactionData',
            args: args(transaction),
          }),
        ])
        expect([hash, safeTxHash(domain, transaction)]).toEqual([onChain, onChain])
        expect(safeTxPreimage(domain, transaction)).toBe(preimage)
      }),
      { numRuns: 25 },
    )
  })

  test('is refused when the calls are not those of the hash', async () => {
    const { chainId } = world.chain
    const call: Call = { to: world.token, value: 1n, data: '0x', operation: 0 }
    const voted = executionHash({ chainId, verifyingContract: safe, calls: [call] })
    for (const other of [
      { calls: [{ ...call, value: 2n }] },
      { calls: [call, call] },
      { safe: world.token },
    ]) {
      const wanted = { chainId, safe, calls: [call], executionHash: voted, nonce: 0, ...other }
      await expect(buildTransaction(world.chains, wanted)).rejects.toMatchObject({ code: 'fault' })
    }
  })
})

test('MultiSendCallOnly is where and what safe-deployments says', () => {
  expect(multiSendCallOnly).toEqual(canonicalContracts.MultiSendCallOnly)
})
