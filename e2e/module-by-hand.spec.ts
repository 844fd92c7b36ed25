import { expect } from 'playwright/test'
import { concatHex, createTestClient, http, parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { actAs } from './fixtures/act-as'
import { openModule, shortestVote } from './fixtures/own-module'
import { settlementStep } from './fixtures/settlement-step'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

test('what the keeper does not do, people do with the same buttons', async ({ page, demo: shared }) => {
  const demo = await openModule(shared, { operator: shared.account('Chloe').address })
  // Takes coins in any transaction but the keeper's: if tx.origin == keeper, revert.
  const recipient = privateKeyToAddress(generatePrivateKey())
  await createTestClient({ mode: 'anvil', chain: foundry, transport: http(demo.rpcUrl) }).setCode({
    address: recipient,
    bytecode: concatHex(['0x3273', shared.operator, '0x14601b57005b5f5ffd']),
  })
  const pay = [{ to: recipient, wei: parseEther('1') }]
  const brief = { seconds: shortestVote, by: 'module', pay } as const
  const rejected = await publishShortVote(demo, {
    ...{ title: 'Pay a shy account twice', votesFor: ['Ben'], votesAgainst: ['Ada'] },
    ...brief,
  })
  const passed = await publishShortVote(demo, {
    ...{ title: 'Pay a shy account', votesFor: ['Ada'], votesAgainst: ['Ben'] },
    ...brief,
  })
  const open = (id: string) => page.goto(`/${demo.space}/proposal/${id}`)
  const settlement = page.getByRole('region', { name: 'Settlement' })
  const button = (name: string) => settlement.getByRole('button', { name, exact: true })

  await open(passed)
  await expect(settlementStep(page, 'Registered', 'done')).toBeVisible()
  await actAs(page, 'Hugo')
  await expect(page.getByText(/^Passed: For leads/)).toBeVisible({ timeout: 60_000 })
  await expect(button('Commit')).toBeDisabled()
  await expect(settlement.getByText('Only the operator may: ')).toContainText('Chloe')

  // The operator commits both; the keeper goes on with the one that passed, and nobody asked for the other.
  await actAs(page, 'Chloe')
  await button('Commit').click()
  await expect(settlementStep(page, 'Committed', 'done')).toBeVisible()
  await open(rejected)
  await expect(page.getByText(/^Rejected: /)).toBeVisible()
  await button('Commit').click()
  await expect(settlementStep(page, 'Committed', 'done')).toBeVisible()

  await actAs(page, 'Hugo')
  await button('Prove').click()
  await expect(settlementStep(page, 'Proven', 'done')).toBeVisible({ timeout: 30_000 })
  await expect(settlement.getByText('The vote did not pass: its calls will not be made.')).toBeVisible()
  for (const name of ['Prove', 'Execute']) await expect(button(name)).toHaveCount(0)

  await open(passed)
  await expect(settlementStep(page, 'Executable', 'done')).toBeVisible({ timeout: 30_000 })
  await expect(settlement.getByText(/Call 1 of the batch fails/)).toBeVisible()
  await actAs(page, 'Eve')
  await button('Execute').click()
  await expect(settlement.getByText('The Safe has made the calls that were voted on.')).toBeVisible({
    timeout: 30_000,
  })
  expect(await demo.chain.getBalance({ address: recipient })).toBe(parseEther('1'))
  const { transactionHash } = await demo.api.settlement(passed)
  const { from } = await demo.chain.getTransaction({ hash: transactionHash ?? '0x' })
  expect(from).toBe(demo.account('Eve').address.toLowerCase())
})
