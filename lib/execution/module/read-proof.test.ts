import { afterAll, beforeAll, expect, test } from 'vitest'
import { proofGas } from '../../core/settlement/proof-chunks'
import { type ModuleWorld, startModuleWorld } from '../module-world.suite'

let world: ModuleWorld
beforeAll(async () => {
  world = await startModuleWorld({ voterCount: 300 })
})
afterAll(() => world.stop())

/** Half of it is what one transaction may use: 148 ballots. */
const blockGasLimit = 8_000_000n

test('300 ballots take three transactions, which several wallets share', async () => {
  const account = await world.newModule()
  const open = await world.newElection(account, {
    choices: world.voters.map((_, index) => (index % 3 === 2 ? 2 : 1)),
  })
  await world.step(open, 'Eve')
  await world.warp(open.message.end + 1)
  const closed = { ...open, result: 'passed' } as const
  await world.step(closed, 'Ben')
  await world.client.setBlockGasLimit({ gasLimit: blockGasLimit })
  await world.client.mine({ blocks: 1 })

  const shares: number[] = []
  for (const who of ['Eve', 'Femi', 'Grace'] as const) {
    const { before, receipt } = await world.step(closed, who)
    const { checked = 0 } = before.module?.proof ?? {}
    expect(before.next).toMatchObject({ act: 'prove', transactions: 3 - shares.length })
    shares.push(checked)
    const length = Math.min(148, 300 - checked)
    expect(receipt.gasUsed).toBeLessThan(blockGasLimit / 2n)
    expect(Number(receipt.gasUsed)).toBeLessThan(proofGas.transaction + proofGas.ballot * length)
  }
  expect(shares).toEqual([0, 148, 296])
  expect((await world.look(closed)).module).toMatchObject({
    ...{ state: 'cooling', commitment: { count: 300, isOurs: true } },
    proof: { checked: 300, count: 300 },
  })
})
