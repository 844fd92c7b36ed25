import { expect } from 'playwright/test'
import { parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { actAs } from './fixtures/act-as'
import { openModule, shortestVote } from './fixtures/own-module'
import { settlementStep } from './fixtures/settlement-step'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'
import { tryToExecute } from './fixtures/try-to-execute'

test('a rejected proposal is proven when somebody asks, and the module refuses to execute it', async ({
  page,
  demo: shared,
}) => {
  const demo = await openModule(shared)
  const recipient = privateKeyToAddress(generatePrivateKey())
  const id = await publishShortVote(demo, {
    title: 'Pay for a second statue',
    seconds: shortestVote,
    pay: [{ to: recipient, wei: parseEther('1') }],
    by: 'module',
    votesFor: ['Ben'],
    votesAgainst: ['Ada'],
  })

  await page.goto(`/${demo.space}/proposal/${id}`)
  const settlement = page.getByRole('region', { name: 'Settlement' })
  await expect(settlementStep(page, 'Registered', 'done')).toBeVisible()
  await expect(page.getByText(/^Rejected: /)).toBeVisible({ timeout: 60_000 })
  await expect(settlementStep(page, 'Did not pass', 'failed')).toBeVisible()
  expect(await tryToExecute(demo, id)).toBe('NotCommitted')

  await actAs(page, 'Hugo')
  await settlement.getByRole('button', { name: /^Ask for the tally/ }).click()
  await expect(settlementStep(page, 'Committed', 'done')).toBeVisible()
  await expect(settlementStep(page, 'Proven', 'done')).toBeVisible()
  await expect(settlementStep(page, 'Did not pass', 'failed')).toBeVisible()
  await expect(settlement.getByText('The vote did not pass: its calls will not be made.')).toBeVisible()
  await expect(settlement.getByRole('button', { name: 'Execute' })).toHaveCount(0)
  await settlement.getByText('Details and comparison').click()
  await expect(settlement.getByText('result shown here: same')).toBeVisible()

  expect(await tryToExecute(demo, id)).toBe('NotPassed')
  expect(await demo.chain.getBalance({ address: recipient })).toBe(0n)
})
