import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchBlock } from '../../chain/blocks'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { accounts } from '../../testing/accounts'
import type { Election, Memory } from '../executor'
import { type ModuleAccount, type ModuleWorld, startModuleWorld } from '../module-world.suite'
import { findTraces } from './find-traces'
import { moduleAbi } from './module-abi'

let world: ModuleWorld
let account: ModuleAccount
beforeAll(async () => {
  world = await startModuleWorld()
  account = await world.newModule()
})
afterAll(() => world.stop())

async function find({ proposal, message, config }: Election<ModuleRef>, memory?: Memory, span = 5_000n) {
  const { chainId, module } = config
  const head = await fetchBlock(world.chains, chainId, 'latest')
  const since = BigInt(message.snapshot)
  const wanted = { module, proposal, author: message.from, since, head, memory, span }
  return findTraces(world.chains, wanted)
}

test('searches twenty spans at a time, and goes on from there', async () => {
  const open = await world.newElection(account)
  await world.client.mine({ blocks: 45 })
  await world.step(open, 'Eve')
  const first = await find(open, undefined, 2n)
  expect(first.traces).toEqual([])
  const second = await find(open, first.memory, 2n)
  expect(second.traces).toMatchObject([{ event: 'ProposalRegistered' }])
  expect(second).toEqual(await find(open))
  expect(await find(open, second.memory, 2n)).toEqual(second)
})

test('a withdrawal that somebody else signed for himself is none of the author’s', async () => {
  const open = await world.newElection(account)
  const { Eve } = accounts
  const own = await world.withdrawalOf(open, Eve)
  const data = encodeFunctionData({
    ...{ abi: moduleAbi, functionName: 'cancel' },
    args: [open.proposal, Eve.address, BigInt(own.timestamp), own.variant, own.signature],
  })
  await world.fromAccount(Eve.address, { to: account.module, data })
  expect((await find(open)).traces).toEqual([])
  expect((await world.look(open)).next).toMatchObject({ act: 'register' })
})

test('a memory of another proposal is no memory', async () => {
  const one = await world.newElection(account)
  await world.step(one, 'Eve')
  const { memory } = await find(one)
  const other = await world.newElection(account)
  expect((await find(other, memory)).traces).toEqual([])
})
