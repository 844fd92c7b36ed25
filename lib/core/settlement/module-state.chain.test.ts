import { encodeFunctionData, zeroHash } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleAbi } from '../../execution/module/module-abi'
import { type ModuleAccount, type ModuleWorld, startModuleWorld } from '../../execution/module-world.suite'
import { accounts } from '../../testing/accounts'
import { type ModuleState, moduleStateAt, moduleStates, moduleTimes } from './module-state'

/* The twin of `stateOf`, asked about the same records at the same seconds. */

let world: ModuleWorld
let account: ModuleAccount
beforeAll(async () => {
  world = await startModuleWorld({ voterCount: 5 })
  // Five voters and the Safe hold alike: three of them are the quorum.
  account = await world.newModule({ omissionWindow: 50, challengeWindow: 50, quorumBps: 5_000 })
})
afterAll(() => world.stop())

const seen = new Set<ModuleState>()

/** Compares the two at every second around every boundary of the record as it is, from its newest block on. */
async function compare(election: Parameters<ModuleWorld['read']>[0]) {
  const { record, config } = await world.read(election)
  const now = await world.now()
  const { commitUntil, finalAt, executableFrom, executableUntil } = moduleTimes(record, config)
  const { start, end } = election.message
  const bounds = [start, end, commitUntil, finalAt, executableFrom, executableUntil, now]
  const seconds = [...bounds, record.proposal?.pausedUntil]
    .flatMap((bound) => (bound ? [bound - 1, bound, bound + 1] : []))
    .filter((second) => second >= now)
  for (const second of new Set(seconds)) {
    const state = moduleStateAt(record, config, second)
    seen.add(state)
    expect({ second, state }).toEqual({ second, state: moduleStates[await world.stateOf(election, second)] })
  }
}

const brake = async (election: Parameters<typeof compare>[0], act: 'veto' | 'pause', seconds = 0) => {
  const data =
    act === 'veto'
      ? encodeFunctionData({ abi: moduleAbi, functionName: act, args: [election.proposal, zeroHash] })
      : encodeFunctionData({
          abi: moduleAbi,
          functionName: act,
          args: [election.proposal, seconds, zeroHash],
        })
  await world.fromAccount(accounts.Dan.address, { to: account.module, data })
}

test.each([
  ['passes', [1, 1, 1, 3, 2], 'passed'],
  ['meets the quorum to the last unit', [1, 1, 3], 'passed'],
  ['misses the quorum', [1, 1, 2], 'quorum-missed'],
  ['ties', [1, 3, 3, 2], 'rejected'],
  ['fails', [2, 2, 1, 3, 3], 'rejected'],
  ['is empty', [], 'quorum-missed'],
] as const)('a vote that %s stands as the contract says, all its life', async (_, choices, result) => {
  const open = await world.newElection(account, { choices })
  const closed = { ...open, result, isDemanded: true }
  await compare(open)
  await world.step(open, 'Eve')
  await compare(open)
  await world.warp(open.message.end + 1)
  await compare(open)
  await world.step(closed, 'Ben')
  await compare(closed)
  if (choices.length > 0) await world.step(closed, 'Femi')
  await compare(closed)
  const { next } = await world.look(closed)
  expect(next !== null).toBe(result === 'passed')
  if (!next) return
  await brake(closed, 'pause', 90)
  await compare(closed)
  await world.warp((await world.look(closed)).next?.from ?? 0)
  await compare(closed)
  await world.step(closed, 'Femi')
  await compare(closed)
})

test('likewise when it is withdrawn or vetoed, or both', async () => {
  const open = await world.newElection(account)
  await world.step(open, 'Eve')
  await world.step({ ...open, cancellation: await world.withdrawalOf(open) }, 'Femi')
  await compare(open)
  const other = await world.newElection(account)
  await world.step(other, 'Eve')
  await brake(other, 'veto')
  await compare(other)
  await world.step({ ...other, cancellation: await world.withdrawalOf(other) }, 'Femi').catch(() => undefined)
  await compare(other)
})

test('every state was met', () => {
  expect(moduleStates.filter((state) => !seen.has(state))).toEqual([])
})
