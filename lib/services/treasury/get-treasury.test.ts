import { encodeFunctionData, parseAbi, zeroAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import { enableModuleTransaction } from '../../chain/module-deployment'
import { hashModuleConfig } from '../../core/settlement/module-config'
import { createModuleWorld, type ModuleWorld } from '../../ingest/module-world.suite'
import { accounts } from '../../testing/accounts'
import { startTestChain } from '../../testing/chain'
import { getTreasury } from './get-treasury'

const { Ada, Ben, Hugo } = accounts
let world: ModuleWorld

beforeAll(async () => {
  world = await createModuleWorld()
})
afterAll(() => world.close())

async function treasury(name = 'Main', ctx: ModuleWorld['ctx'] = world.ctx) {
  const { treasuries } = await getTreasury(ctx, 'dao')
  return treasuries.find((entry) => entry.name === name)
}

test('owners, threshold and module are told as the chain has them', async () => {
  const { number, timestamp } = await world.chain.client.getBlock()
  const config = world.config()
  expect(await treasury()).toEqual({
    ...{ name: 'Main', chainId: 31337, address: world.safe, problem: null, version: '1.4.1' },
    readAt: { block: number.toString(), timestamp: Number(timestamp) },
    ...{ owners: [Ada.address], threshold: 1, guard: null },
    modules: [
      {
        address: world.module,
        tally: {
          ...{ space: 'dao', configHash: hashModuleConfig(config), obstacles: [], clock: 'block-number' },
          token: { address: world.token, symbol: 'VOTE' },
          config: {
            ...{ operator: Hugo.address, receiptKey: Hugo.address, guardian: null },
            ...{ powerSource: config.powerSource, quorumBps: 400, quorumChoices: [1, 3] },
            ...{ proposers: [Ada.address], proposalThreshold: (300n * 10n ** 18n).toString() },
            ...{ minPeriod: 600, maxBackdate: 300, maxSnapshotAge: '3600', commitGrace: 604_800 },
            ...{ challengeWindow: 0, omissionWindow: 0, cooldown: 10, expiry: 2_592_000 },
            ...{ bond: '0', isTest: true },
          },
        },
      },
    ],
  })
})

test('what changes on chain is seen within half a minute, and not asked for at once', async () => {
  const foreign = await world.chain.deploy(demoTokenAbi, demoTokenBytecode, [[Ada.address], [1n]])
  await world.fromSafe(enableModuleTransaction(world.safe, foreign))
  await world.setConfig({ guardian: Ben.address, guardianExpiry: 2n ** 64n - 1n, space: 'other' })
  world.clock.advance(25)
  const before = await treasury()
  expect(before?.modules).toHaveLength(1)
  world.clock.advance(31)
  const after = await treasury()
  expect(after?.modules).toMatchObject([
    { tally: null },
    {
      address: world.module,
      tally: {
        space: 'other',
        obstacles: [
          'The module settles proposals of the space "other", and this is "dao": its Safe can change the module\'s config.',
        ],
        config: { guardian: { address: Ben.address, until: Number.MAX_SAFE_INTEGER } },
      },
    },
  ])
})

test('a guard is found where the Safe keeps it', async () => {
  const guard = await world.deployModule()
  await world.chain.client.setStorageAt({
    address: world.safe,
    index: '0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8',
    value: `0x${'0'.repeat(24)}${guard.slice(2).toLowerCase()}`,
  })
  world.clock.advance(31)
  expect((await treasury())?.guard).toBe(guard)
  const data = encodeFunctionData({
    abi: parseAbi(['function setGuard(address)']),
    functionName: 'setGuard',
    args: [zeroAddress],
  })
  await world.fromSafe({ to: world.safe, data })
  world.clock.advance(31)
  expect((await treasury())?.guard).toBeNull()
})

test('a treasury that cannot be read says why', async () => {
  await world.setSettings({
    treasuries: [
      { name: 'Main', address: world.safe, network: '31337' },
      { name: 'Nobody', address: Ben.address, network: '31337' },
      { name: 'Token', address: world.token, network: '31337' },
      { name: 'Far', address: world.safe, network: '10' },
    ],
  })
  const nothing = { owners: [], threshold: 0, guard: null, modules: [], version: null }
  expect(await treasury('Nobody')).toMatchObject({
    ...nothing,
    problem: `There is no contract at ${Ben.address} on chain 31337.`,
  })
  expect(await treasury('Token')).toMatchObject({
    ...nothing,
    problem: `The contract at ${world.token} on chain 31337 is not a Safe.`,
  })
  expect(await treasury('Far')).toMatchObject({
    ...{ ...nothing, readAt: null },
    problem: 'This server does not read chain 10.',
  })
  const stopped = await startTestChain()
  await stopped.stop()
  const cutOff = world.ctx.another({ rpcUrls: { 31337: stopped.rpcUrl } })
  expect((await getTreasury(cutOff, 'dao')).treasuries[0]).toMatchObject({
    ...{ ...nothing, readAt: null },
    problem: 'Chain 31337 cannot be read now.',
  })
})

test('a space that is not there has no treasury', async () => {
  await expect(getTreasury(world.ctx, 'nowhere')).rejects.toMatchObject({ code: 'not_found' })
})
