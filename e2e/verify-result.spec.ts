import { expect } from 'playwright/test'
import { actAs, vote } from './fixtures/act-as'
import { findViolations } from './fixtures/find-violations'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

// Tall enough that the bar at the bottom covers nothing.
test.use({ viewport: { width: 1280, height: 3000 } })

test('a voter keeps the receipt, finds the vote in the log, and recounts the result', async ({
  page,
  demo,
}) => {
  const id = await publishShortVote(demo, {
    title: 'Plant a second lime tree',
    seconds: 25,
    votesFor: ['Ben', 'Eve'],
    votesAgainst: ['Dan'],
  })
  const place = `/${demo.space}/proposal/${id}`
  await page.goto(place)
  await actAs(page, 'Ada')
  await vote(page, 'For')
  const panel = page.getByRole('region', { name: 'Your vote' })
  await expect(panel.getByText('checked in this browser')).toBeVisible()
  await expect(panel.getByText('seen by 1 of 1 witnesses')).toBeVisible()

  await page.goto('/receipts')
  const receipt = page.getByRole('listitem').filter({ hasText: 'Plant a second lime tree' })
  await expect(receipt.getByText(/In the log at #\d+/)).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  const download = page.waitForEvent('download')
  await receipt.getByRole('button', { name: 'Download this receipt' }).click()
  const file = await (await download).path()

  await page.goto(place)
  const result = page.getByRole('region', { name: 'Result', exact: true })
  await result.getByRole('button', { name: 'Verify this result' }).click({ timeout: 60_000 })
  const verification = page.getByRole('region', { name: 'Verification' })
  await expect(verification.getByText('The result verifies').last()).toBeVisible()
  await expect(verification.getByText('4 ballots in', { exact: false })).toBeVisible()
  await expect(verification.getByRole('listitem').filter({ hasText: '(failed)' })).toHaveCount(0)
  await expect(verification.getByText('1 receipt was honoured.')).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await expect(verification.getByText(/This server’s own nightly audit: \d+ checks passed/)).toBeVisible()

  await page.getByRole('region', { name: 'Your vote' }).getByRole('link', { name: 'verify' }).click()
  await expect(page.getByRole('heading', { name: 'Ada voted For' })).toBeVisible()
  for (const check of [
    'The author signed it',
    'It is in the log, at #',
    'It is what your receipt promised',
  ]) {
    await expect(page.getByRole('listitem').filter({ hasText: check })).toContainText('(passed)')
  }
  await expect(page.getByText('It was counted, with 120,000 VOTE.')).toBeVisible()

  await page.goto('/verify')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(file)
  const found = page.getByRole('list', { name: 'Receipts in the file' })
  await expect(found.getByText(/In the log at #\d+/)).toBeVisible()
})

test('a server that lies is told from one that does not', async ({ page, demo }) => {
  const closed = demo.proposals.find(({ state }) => state === 'executed')
  if (!closed) throw new Error('The demo has no executed proposal')
  const { items } = await demo.api.votes(closed.id)
  const [ballot] = items
  if (!ballot) throw new Error('The demo’s proposal has no ballots')

  await page.route('**/bundle', async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    await route.fulfill({ response, body: text.replace('"choice":2', '"choice":1') })
  })
  await page.goto(`/${demo.space}/proposal/${closed.id}`)
  await page.getByRole('button', { name: 'Verify this result' }).first().click()
  const verification = page.getByRole('region', { name: 'Verification' })
  await expect(verification.getByText('This result does not verify').last()).toBeVisible()
  const signatures = verification.getByRole('listitem').filter({ hasText: 'Every signature is its author’s' })
  await expect(signatures).toContainText('is not signed by')
  await expect(signatures.getByRole('link', { name: 'Look it up in the log' })).toBeVisible()

  await page.route('**/api/v1/messages/*', async (route) => {
    const response = await route.fetch()
    const view = await response.json()
    await route.fulfill({ response, json: { ...view, acceptedAtMs: view.acceptedAtMs + 1 } })
  })
  await page.goto(`/verify/${ballot.id}`)
  await expect(page.getByText('This message is not what the server says')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'It is in the log' })).toContainText('(failed)')
})
