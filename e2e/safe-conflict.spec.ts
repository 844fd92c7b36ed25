import { expect } from 'playwright/test'
import { parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { actAs } from './fixtures/act-as'
import { openTreasury } from './fixtures/own-treasury'
import { runFromSafe } from './fixtures/run-from-safe'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

test('owners who used the nonce for something else confirm again, and the payment is made once', async ({
  page,
  demo: shared,
}) => {
  const demo = await openTreasury(shared, parseEther('10'))
  const recipient = privateKeyToAddress(generatePrivateKey())
  const id = await publishShortVote(demo, {
    title: 'Pay the printers',
    seconds: 6,
    pay: [{ to: recipient, wei: parseEther('1') }],
    votesFor: ['Ada'],
  })

  await page.goto(`/${demo.space}/proposal/${id}`)
  const settlement = page.getByRole('region', { name: 'Settlement' })
  const confirm = settlement.getByRole('button', { name: 'Confirm' })
  await actAs(page, 'Ada')
  await confirm.click()
  await expect(settlement.getByText('1 of 2 confirmations')).toBeVisible()
  const { safe: first } = await demo.api.settlement(id)

  // Elsewhere, two owners have the Safe run a transaction with the nonce that Ada confirmed this one for.
  const cancellation = { to: demo.safe, value: 0n, data: '0x', operation: 0 } as const
  const elsewhere = { owners: ['Ben', 'Chloe'], calls: [cancellation], nonce: 0 }
  expect((await runFromSafe(demo, elsewhere)).status).toBe('success')
  // Until that is final, which takes two more blocks; the page is held there.
  const conflict = await demo.api.refreshSettlement(id)
  expect(conflict.state).toBe('conflict')
  const renewal = `**/api/v1/proposals/${id}?*`
  await page.route(renewal, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), settlement: conflict } })
  })
  await expect(settlement.getByText(/used nonce 0 for another transaction/)).toBeVisible()
  await actAs(page, 'Ben')
  await expect(confirm).toHaveCount(0)
  await page.unrouteAll({ behavior: 'wait' })
  await actAs(page, 'Ada')

  await expect(settlement.getByText('0 of 2 confirmations')).toBeVisible({ timeout: 30_000 })
  await expect(settlement.getByText(/Nonce 0 went to another transaction/)).toBeVisible()
  await settlement.getByText('Compare with your device').click()
  await expect(settlement.getByText('1 of Safe 1.4.1')).toBeVisible()
  await expect(settlement.getByText('Superseded, nonce 0')).toBeVisible()
  await expect(settlement.getByText(first?.safeTxHash ?? 'a hash')).toBeVisible()
  await expect(settlement.getByText('recomputed here: same')).toHaveCount(3)

  // What Ada signed before counts no more.
  await confirm.click()
  await expect(settlement.getByText('1 of 2 confirmations')).toBeVisible()
  await actAs(page, 'Ben')
  await confirm.click()
  await settlement.getByRole('button', { name: 'Execute' }).click()
  await expect(settlement.getByText('The Safe has made the calls that were voted on.')).toBeVisible({
    timeout: 30_000,
  })
  expect(await demo.chain.getBalance({ address: recipient })).toBe(parseEther('1'))
})
