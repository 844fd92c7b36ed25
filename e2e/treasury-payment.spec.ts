import { expect } from 'playwright/test'
import { getAddress, parseEther } from 'viem'
import { actAs, vote } from './fixtures/act-as'
import { test } from './fixtures/test'

/** The main job: a proposal that pays somebody from the Safe, from the first word to the recipient's balance. */
test('a payment is proposed, voted, confirmed by two owners and made', async ({ page, demo }) => {
  const recipient = getAddress('0x00000000000000000000000000000000c0ffee01')
  const before = await demo.chain.getBalance({ address: recipient })

  await page.goto(`/${demo.space}`)
  await actAs(page, 'Ada')
  await page.getByRole('link', { name: 'New proposal' }).first().click()
  await page.getByLabel('Title').fill('Pay the translators')
  await page.getByLabel('Text', { exact: true }).fill('Half an ether for **three** languages.')
  await expect(page.getByRole('region', { name: 'Preview' }).getByText('three')).toBeVisible()
  await page.getByRole('button', { name: 'Send ETH' }).click()
  await page.getByLabel('Recipient').fill(recipient)
  await page.getByLabel('Amount').fill('0.5')
  await expect(page.getByText(/Send 0.5 ETH to/)).toBeVisible()
  await page.getByRole('radio', { name: /^Safe signers/ }).check()
  await page.getByRole('button', { name: 'Sign and publish' }).click()

  await page.waitForURL(/\/proposal\/0x[0-9a-f]{64}/)
  await expect(page.getByRole('heading', { name: 'Pay the translators' })).toBeVisible()
  await expect(page.getByText(/Passes if For > Against/)).toBeVisible()
  await expect(page.getByText(/Send 0.5 ETH/)).toBeVisible()

  await vote(page, 'For')
  await actAs(page, 'Ben')
  await vote(page, 'For')
  await actAs(page, 'Chloe')
  await vote(page, 'Against')
  const ballots = page.getByRole('region', { name: /^Ballots/ })
  for (const name of ['Ada', 'Ben', 'Chloe']) await expect(ballots.getByText(name)).toBeVisible()

  const settlement = page.getByRole('region', { name: 'Settlement' })
  await expect(settlement.getByText('0 of 2 confirmations')).toBeVisible({ timeout: 150_000 })
  await expect(page.getByText(/^Passed: For leads/)).toBeVisible()
  await settlement.getByText('Compare with your device').click()
  await expect(settlement.getByText('recomputed here: same')).toHaveCount(3)

  // Chloe is an owner too; the two who voted For are enough.
  await actAs(page, 'Ada')
  await settlement.getByRole('button', { name: 'Confirm' }).click()
  await expect(settlement.getByText('1 of 2 confirmations')).toBeVisible()
  await actAs(page, 'Ben')
  await settlement.getByRole('button', { name: 'Confirm' }).click()
  await expect(settlement.getByText('2 of 2 confirmations')).toBeVisible()
  // Anyone executes: Dan is no owner.
  await actAs(page, 'Dan')
  await settlement.getByRole('button', { name: 'Execute' }).click()
  await expect(settlement.getByText('The Safe has made the calls that were voted on.')).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByText('Executed', { exact: true }).first()).toBeVisible()

  expect((await demo.chain.getBalance({ address: recipient })) - before).toBe(parseEther('0.5'))
})
