import { expect } from 'playwright/test'
import { parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { actAs } from './fixtures/act-as'
import { findViolations } from './fixtures/find-violations'
import { openModule, shortestVote } from './fixtures/own-module'
import { settlementStep } from './fixtures/settlement-step'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'
import { tryToExecute } from './fixtures/try-to-execute'

// Tall enough that the bar at the bottom covers nothing.
test.use({ viewport: { width: 1280, height: 4000 } })

test('the guardian stops one payment for good and holds another up, and the page says why', async ({
  page,
  demo: shared,
}) => {
  // Time for her to look after the end of the vote.
  const demo = await openModule(shared, { cooldown: 60 })
  const recipient = privateKeyToAddress(generatePrivateKey())
  const propose = (title: string, ether: string) =>
    publishShortVote(demo, {
      title,
      seconds: shortestVote,
      pay: [{ to: recipient, wei: parseEther(ether) }],
      by: 'module',
      votesFor: ['Ada', 'Ben'],
    })
  const vetoed = await propose('Pay the wrong account', '2')
  const paused = await propose('Pay an account to be looked at', '1')

  const settlement = page.getByRole('region', { name: 'Settlement' })
  const stop = settlement.getByText('Stop this, as the guardian')
  const dialog = page.getByRole('dialog')
  await page.goto(`/${demo.space}/proposal/${paused}`)
  await expect(settlementStep(page, 'Registered', 'done')).toBeVisible()
  await expect(stop).toHaveCount(0)
  await actAs(page, 'Grace')
  await stop.click()
  await settlement.getByRole('button', { name: 'Pause' }).click()
  await dialog.getByLabel('Reason').fill('I am asking whose account this is.')
  await dialog.getByLabel('For', { exact: true }).selectOption('1 hour')
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(dialog.getByText('Paused.')).toBeVisible()

  await page.goto(`/${demo.space}/proposal/${vetoed}`)
  await stop.click()
  await settlement.getByRole('button', { name: 'Veto' }).click()
  // Nobody stops a vote without a reason.
  await expect(dialog.getByRole('button', { name: 'Veto for good' })).toBeDisabled()
  expect(await findViolations(page)).toEqual([])
  await dialog.getByLabel('Reason').fill('This is not the account of the printers.')
  // The vote closes behind her back, and what she typed stays.
  await expect(page.getByText(/^Passed: For leads/)).toBeVisible({ timeout: 60_000 })
  await dialog.getByRole('button', { name: 'Veto for good' }).click()
  await dialog.getByText('Vetoed. Nobody can execute it any more.').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(settlementStep(page, 'Vetoed', 'failed')).toBeVisible()
  await expect(settlement.getByText('These calls will never be made through this proposal.')).toBeVisible()
  await expect(settlement.getByText('This is not the account of the printers.')).toBeVisible()
  await expect(settlement.getByRole('button', { name: /^Grace, 0x/ }).first()).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await expect(settlement.getByRole('button', { name: 'Execute' })).toHaveCount(0)
  expect(await tryToExecute(demo, vetoed)).toBe('ProposalIsVetoed')

  await page.goto(`/${demo.space}/proposal/${paused}`)
  await expect(settlementStep(page, 'Proven', 'done')).toBeVisible({ timeout: 30_000 })
  await expect(settlementStep(page, 'Paused', 'failed')).toBeVisible()
  await expect(settlement.getByText('Nobody can execute it until the pause is over.')).toBeVisible()
  await expect(settlement.getByText(/^until \w+ \d+ \w+ \d\d:\d\d/)).toBeVisible()
  await expect(settlement.getByText('I am asking whose account this is.')).toBeVisible()
  expect(await tryToExecute(demo, paused)).toBe('ProposalIsPaused')
  expect(await demo.chain.getBalance({ address: recipient })).toBe(0n)
})
