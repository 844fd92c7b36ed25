import { type Address, type Hex, pad, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BlockRef, fetchBlock } from '../chain/blocks'
import { type Chains, createChains } from '../chain/chains'
import { createPublicFetch } from '../platform/fetch-public'
import { checkValidation } from '../services/validation/validate'
import { mockEasAbi, mockEasBytecode } from '../testing/abi/mock-eas'
import { accounts } from '../testing/accounts'
import { startTestChain, type TestChain } from '../testing/chain'
import { findValidation, validations } from './registry'

const { Ada, Ben, Chloe } = accounts
/** The service's address on Sepolia, which the test chain stands for. */
const service = '0xC2679fBD37d54388Ce493F1DB75320D236e1815e'
const schema = pad('0x5c', { size: 32 })
const passport = { url: 'https://localhost/v2/stamps/1', fetch: createPublicFetch() }

let chain: TestChain
let chains: Chains
let block: BlockRef

beforeAll(async () => {
  chain = await startTestChain({ chainId: 11155111 })
  chains = createChains({ urls: { 11155111: [chain.rpcUrl] } })
  const address = await chain.deploy(mockEasAbi, mockEasBytecode, [])
  const code = await chain.client.getCode({ address })
  await chain.client.setCode({ address: service, bytecode: code ?? '0x' })
  await chain.mine(1)
  const attest = (id: number, kind: Hex, to: Address) =>
    chain.confirm(
      chain.wallet('Hugo').writeContract({
        ...{ address: service, abi: mockEasAbi, functionName: 'attest' },
        args: [pad(toHex(id), { size: 32 }), kind, to],
      }),
    )
  const revoke = (id: number) =>
    chain.confirm(
      chain.wallet('Hugo').writeContract({
        ...{ address: service, abi: mockEasAbi, functionName: 'revoke' },
        args: [pad(toHex(id), { size: 32 })],
      }),
    )
  await attest(1, schema, Ada.address)
  await attest(2, schema, Ada.address)
  await revoke(1)
  await attest(3, schema, Ben.address)
  await revoke(3)
  await attest(4, pad('0x5d', { size: 32 }), Chloe.address)
  block = await fetchBlock(chains, 11155111, 'latest')
  await revoke(2)
  await attest(5, schema, Chloe.address)
}, 30_000)
afterAll(() => chain?.stop())

test('each takes its own example, and can be found', () => {
  for (const validation of validations) {
    expect(validation.paramsSchema.safeParse(validation.example).error).toBe(undefined)
    expect(findValidation(validation.id)).toBe(validation)
  }
  expect(findValidation('arbitrum')).toBe(undefined)
})

describe('an attestation', () => {
  const isMet = (author: Address, at = block) => {
    const validation = findValidation('karma-eas-attestation')
    const params = validation?.paramsSchema.parse({ schemaId: schema.toUpperCase().replace('0X', '0x') })
    return validation?.isMet({ chains, measure: async () => 0n }, { author, block: at, params })
  }

  test.each([
    ['one that stands, beside one that was revoked', Ada, true],
    ['one that was revoked', Ben, false],
    ['one of another schema', Chloe, false],
    ['none', accounts.Dan, false],
  ])('of the schema, at the block: %s', async (_, { address }, expected) => {
    expect(await isMet(address)).toBe(expected)
  })

  test('is another one later', async () => {
    const later = await fetchBlock(chains, 11155111, 'latest')
    expect(await isMet(Ada.address, later)).toBe(false)
    expect(await isMet(Chloe.address, later)).toBe(true)
  })

  test('has to be where the service is known', async () => {
    await expect(isMet(Ada.address, { ...block, chainId: 31337 })).rejects.toMatchObject({
      code: 'invalid',
      message: 'The Ethereum Attestation Service of chain 31337 is not known here.',
    })
  })

  test('does not fail because the chain is down', async () => {
    const down = {
      chains: createChains({ urls: { 11155111: ['http://127.0.0.1:9'] } }),
      measure: async () => 0n,
    }
    const params = { schemaId: schema }
    const asked = findValidation('karma-eas-attestation')?.isMet(down, { author: Ada.address, block, params })
    await expect(asked).rejects.toMatchObject({ code: 'chain_unavailable' })
  })
})

test.each<[name: string, params: object, use: 'proposal' | 'vote', message: string]>([
  ['arbitrum', {}, 'proposal', "validation 'arbitrum' is not available"],
  ['poap', {}, 'vote', "vote validation 'poap' is not available"],
  [
    'karma-eas-attestation',
    { schemaId: schema },
    'vote',
    "vote validation 'karma-eas-attestation' is not available: it is for proposals only",
  ],
  [
    'karma-eas-attestation',
    {},
    'proposal',
    "validation 'karma-eas-attestation' has wrong params: schemaId: Name the schema of the attestation.",
  ],
  [
    'passport-gated',
    { scoreThreshold: 10 },
    'vote',
    "vote validation 'passport-gated' is not available: this installation asks no scorer of passports",
  ],
  [
    'passport-gated',
    { scoreTreshold: 20 },
    'vote',
    `validation 'passport-gated' has wrong params: Unrecognized key: "scoreTreshold"`,
  ],
  [
    'passport-gated',
    { stamps: [] },
    'vote',
    "validation 'passport-gated' has wrong params: scoreThreshold: Ask for a score, or for stamps.",
  ],
  ['basic', { minscore: 1 }, 'vote', `validation 'basic' has wrong params: Unrecognized key: "minscore"`],
  ['basic', { minScore: 1, strategies: [{ name: 'x' }] }, 'vote', "strategy 'x' is not a valid strategy"],
  ['basic', { minScore: 1, strategies: [{ name: 'ticket', network: '1' }] }, 'vote', 'network not allowed'],
])('settings with %s %j for a %s are refused', (name, params, use, message) => {
  expect(() => checkValidation({ chains }, { name, params: { ...params } }, use)).toThrow(message)
})

test('settings with what can be checked here are taken', () => {
  const check = (name: string, params = {}, use: 'proposal' | 'vote' = 'vote') =>
    checkValidation({ chains, passport }, { name, params }, use)
  check('any')
  check('basic')
  check('basic', { minScore: 1, strategies: [{ name: 'ticket', network: '11155111' }] })
  check('passport-gated', { scoreThreshold: 10 })
  check('karma-eas-attestation', { schemaId: schema }, 'proposal')
})
