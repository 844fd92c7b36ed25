import { expect } from 'playwright/test'
import type { PrivateKeyAccount } from 'viem/accounts'
import { actAs } from './fixtures/act-as'
import { injectWallet } from './fixtures/injected-wallet'
import { openTreasury } from './fixtures/own-treasury'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

test('a Safe votes: its wallet hands the ballot in unsigned, two owners approve, and it counts', async ({
  page,
  demo: shared,
}) => {
  const demo = await openTreasury(shared, 1n, [{ name: 'ticket' }])
  const id = await publishShortVote(demo, { title: 'Keep the lamp lit', seconds: 120 })
  const wallet = { address: demo.safe, signTypedData: async () => '0x' } as unknown as PrivateKeyAccount
  await injectWallet(page, wallet, demo.chainId)
  await page.goto(`/${demo.space}/proposal/${id}`)
  await page.getByRole('button', { name: 'Connect wallet' }).first().click()
  await page.getByRole('button', { name: 'Test Wallet' }).click()

  const panel = page.getByRole('region', { name: 'Your vote' })
  await panel.getByRole('radio', { name: 'For', exact: true }).check()
  await panel.getByRole('button', { name: 'Sign vote' }).click()
  await expect(panel.getByText('0 of 2 owners approved')).toBeVisible()

  const approve = panel.getByRole('button', { name: 'Approve as an owner' })
  await actAs(page, 'Ada')
  await approve.click()
  await expect(panel.getByText('1 of 2 owners approved')).toBeVisible()
  await expect(panel.getByText('One more owner has to approve')).toBeVisible()
  await actAs(page, 'Ben')
  await approve.click()
  await expect(approve).toHaveCount(0)
  const ballots = page.getByRole('list', { name: 'Ballots' })
  await expect(ballots.getByRole('listitem')).toHaveCount(1)
  expect((await demo.api.votes(id)).items[0]?.voter).toBe(demo.safe)
})
