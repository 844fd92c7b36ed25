import { expect } from 'playwright/test'
import { parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { actAs } from './fixtures/act-as'
import { openTreasury } from './fixtures/own-treasury'
import { runFromSafe } from './fixtures/run-from-safe'
import { publishShortVote } from './fixtures/short-vote'
import { createStranger } from './fixtures/stranger'
import { test } from './fixtures/test'

test('a payment the Safe cannot make yet says why and holds the next one up, until the Safe is funded', async ({
  page,
  demo: shared,
}) => {
  const demo = await openTreasury(shared, parseEther('1'))
  const recipient = privateKeyToAddress(generatePrivateKey())
  const invoices = ['0.5', '2'].map((amount) => ({ to: recipient, wei: parseEther(amount) }))
  const stamps = [{ to: recipient, wei: parseEther('0.1') }]
  const brief = { seconds: 6, votesFor: ['Ada'] }
  const large = await publishShortVote(demo, { title: 'Pay two invoices', pay: invoices, ...brief })
  const small = await publishShortVote(demo, { title: 'Pay for stamps', pay: stamps, ...brief })

  const settlement = page.getByRole('region', { name: 'Settlement' })
  const confirm = settlement.getByRole('button', { name: 'Confirm' })
  const execute = settlement.getByRole('button', { name: 'Execute' })
  const open = (id: string) => page.goto(`/${demo.space}/proposal/${id}`)
  const confirmAs = async (name: string, count: number) => {
    await actAs(page, name)
    await confirm.click()
    await expect(settlement.getByText(`${count} of 2 confirmations`)).toBeVisible()
  }

  // Ada's confirmation gives the large one the first nonce.
  await open(large)
  await confirmAs('Ada', 1)
  await expect.poll(async () => (await demo.api.settlement(small)).safe?.transaction.nonce).toBe('1')
  await open(small)
  await confirmAs('Ada', 1)
  await confirmAs('Ben', 2)
  await expect(settlement.getByText(/must first run its transaction with nonce 0/)).toBeVisible()
  await expect(execute).toHaveCount(0)

  await open(large)
  await confirmAs('Ben', 2)
  await expect(settlement.getByText(/Call 2 of 2 would fail now/)).toBeVisible()
  await expect(execute).toHaveCount(0)

  // Somebody sends it all the same: it reverts as a whole and uses no nonce, so nothing is lost.
  const calls = invoices.map(({ to, wei }) => ({ to, value: wei, data: '0x', operation: 0 }) as const)
  const forced = await runFromSafe(demo, { owners: ['Ada', 'Ben'], calls, nonce: 0 })
  expect(forced.status).toBe('reverted')

  const stranger = await createStranger(demo)
  await stranger.sendTransaction({ to: demo.safe, value: parseEther('2') })
  await settlement.getByRole('button', { name: 'Look again' }).click()
  for (const id of [large, small]) {
    await open(id)
    await execute.click()
    await expect(settlement.getByText('The Safe has made the calls that were voted on.')).toBeVisible({
      timeout: 30_000,
    })
  }
  expect(await demo.chain.getBalance({ address: recipient })).toBe(parseEther('2.6'))
})
