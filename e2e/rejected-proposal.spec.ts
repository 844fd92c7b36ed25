import { expect } from 'playwright/test'
import { getAddress, parseEther } from 'viem'
import { actAs, vote } from './fixtures/act-as'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

test('a rejected proposal cannot be executed', async ({ page, demo }) => {
  const recipient = getAddress('0x00000000000000000000000000000000c0ffee02')
  const id = await publishShortVote(demo, {
    title: 'Pay for a statue',
    seconds: 40,
    pay: [{ to: recipient, wei: parseEther('1') }],
  })

  await page.goto(`/${demo.space}/proposal/${id}`)
  await actAs(page, 'Ben')
  await vote(page, 'Against')
  await actAs(page, 'Femi')
  await vote(page, 'For')
  // A vote can be changed while it is open; the newer one counts.
  const panel = page.getByRole('region', { name: 'Your vote' })
  await panel.getByRole('button', { name: 'Change my vote' }).click()
  await vote(page, 'Against')

  await expect(page.getByText(/^Rejected: /)).toBeVisible({ timeout: 90_000 })
  const settlement = page.getByRole('region', { name: 'Settlement' })
  await expect(settlement.getByText(/did not pass/)).toBeVisible()
  await actAs(page, 'Ada')
  for (const name of ['Confirm', 'Execute']) {
    await expect(settlement.getByRole('button', { name })).toHaveCount(0)
  }

  // Nor by somebody who leaves the page out of it.
  const signature = await demo.account('Ada').sign({ hash: id })
  await expect(
    demo.api.confirm(id, { owner: demo.account('Ada').address, signature, safeTxHash: id }),
  ).rejects.toThrow(/not passed|did not pass|nothing to confirm/i)
  expect(await demo.chain.getBalance({ address: recipient })).toBe(0n)
})
