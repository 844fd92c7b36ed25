import { expect } from 'playwright/test'
import { isAddressEqual, parseAbi, parseEther, parseEventLogs } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { actAs, vote } from './fixtures/act-as'
import { settlementStep } from './fixtures/settlement-step'
import { test } from './fixtures/test'

const safeAbi = parseAbi([
  'event ExecutionSuccess(bytes32 indexed txHash, uint256 payment)',
  'event ExecutionFromModuleSuccess(address indexed module)',
  'function nonce() view returns (uint256)',
])

/** From the first word to the recipient's balance, in the demo as it starts: after the last vote nobody does anything. */
test('a payment is proposed, voted, and made by the tally module without anybody', async ({ page, demo }) => {
  const recipient = privateKeyToAddress(generatePrivateKey())

  await page.goto(`/${demo.space}/create`)
  await actAs(page, 'Ada')
  await page.getByLabel('Title').fill('Pay the illustrators')
  await page.getByRole('button', { name: 'Send ETH' }).click()
  await page.getByLabel('Recipient').fill(recipient)
  await page.getByLabel('Amount').fill('0.25')
  await expect(page.getByRole('radio', { name: /^Tally module/ })).toBeChecked()
  await expect(page.getByText(/Read from the module’s config/)).toBeVisible()
  await page.getByRole('button', { name: 'Sign and publish' }).click()

  await page.waitForURL(/\/proposal\/0x[0-9a-f]{64}/)
  const settlement = page.getByRole('region', { name: 'Settlement' })
  const registered = settlementStep(page, 'Registered', 'done')
  await expect(registered.getByRole('button', { name: /^Copy transaction hash/ })).toBeVisible()
  for (const [name, choice] of [
    ['Ada', 'For'],
    ['Ben', 'For'],
    ['Chloe', 'Against'],
  ] as const) {
    await actAs(page, name)
    await vote(page, choice)
  }

  await expect(settlementStep(page, 'Committed', 'done')).toBeVisible({ timeout: 150_000 })
  await expect(page.getByText(/^Passed: For leads/)).toBeVisible()
  await expect(settlementStep(page, 'Proven', 'done')).toBeVisible()
  await expect(settlementStep(page, 'Executed', 'done')).toBeVisible({ timeout: 30_000 })
  await expect(settlement.getByText('The Safe has made the calls that were voted on.')).toBeVisible()
  await expect(page.getByText('Executed', { exact: true }).first()).toBeVisible()
  await settlement.getByText('Details and comparison').click()
  await expect(settlement.getByText('computed here: same')).toBeVisible()
  await expect(settlement.getByText('result shown here: same')).toBeVisible()
  expect(await demo.chain.getBalance({ address: recipient })).toBe(parseEther('0.25'))

  // The Safe did it for its module alone, and its owners signed nothing.
  const [id = ''] = page.url().match(/0x[0-9a-f]{64}/) ?? []
  const { steps, transactionHash, safe } = await demo.api.settlement(id)
  expect(safe).toBeNull()
  const receipt = await demo.chain.getTransactionReceipt({ hash: transactionHash ?? '0x' })
  expect(isAddressEqual(receipt.from, demo.operator)).toBe(true)
  expect(isAddressEqual(receipt.to ?? '0x', demo.module)).toBe(true)
  const events = parseEventLogs({ abi: safeAbi, logs: receipt.logs })
  expect(events.map(({ eventName }) => eventName)).toEqual(['ExecutionFromModuleSuccess'])
  const nonceAt = (blockNumber: bigint) =>
    demo.chain.readContract({ abi: safeAbi, address: demo.safe, functionName: 'nonce', blockNumber })
  expect(await nonceAt(receipt.blockNumber)).toBe(await nonceAt(receipt.blockNumber - 1n))

  const at = (label: string) => steps.find((step) => step.label === label)?.at ?? Number.NaN
  const seconds = at('Executed') - at('Proposed')
  test.info().annotations.push({ type: 'from the proposal to the payment', description: `${seconds} s` })
  expect(seconds).toBeLessThan(240)
})
