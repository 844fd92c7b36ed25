import { expect } from 'playwright/test'
import { actAs, vote } from './fixtures/act-as'
import { test } from './fixtures/test'

test('somebody makes a space of their own, proposes, votes and changes its settings', async ({
  page,
  demo,
}) => {
  const id = `night-crew-${Date.now().toString(36)}`
  await page.goto('/create')
  await actAs(page, 'Grace')
  await page.getByLabel('Name', { exact: true }).fill('Night crew')
  await page.getByLabel('Kind').selectOption('whitelist')
  await page
    .getByLabel('People')
    .fill([demo.account('Grace').address, demo.account('Hugo').address].join('\n'))
  const publish = page.getByRole('button', { name: 'Sign and publish' })
  for (const taken of [demo.space, 'settings', 'a b']) {
    await page.getByLabel('Id', { exact: true }).fill(taken)
    await expect(page.getByLabel('Id', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await expect(publish).toBeDisabled()
  }
  await page.getByLabel('Id', { exact: true }).fill(id)
  await publish.click()
  await page.waitForURL(`**/${id}`)
  await expect(page.getByRole('heading', { name: 'Night crew', level: 1 })).toBeVisible()

  await page.getByRole('link', { name: 'New proposal' }).first().click()
  await page.getByLabel('Title').fill('Which night?')
  await page.getByRole('radio', { name: 'Single choice' }).check()
  await page.getByLabel('Option 1', { exact: true }).fill('Tuesday')
  await page.getByLabel('Option 2', { exact: true }).fill('Friday')
  // Nothing typed is lost.
  await expect(page.getByText('Draft kept in this browser')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Option 2', { exact: true })).toHaveValue('Friday')
  await page.getByRole('button', { name: 'Sign and publish' }).click()
  await page.waitForURL(/\/proposal\/0x[0-9a-f]{64}/)
  await vote(page, 'Friday')

  // Somebody without power is told so before signing.
  await actAs(page, 'Ada')
  const panel = page.getByRole('region', { name: 'Your vote' })
  await panel.getByRole('radio', { name: 'Tuesday' }).check()
  await expect(panel.getByText(/no votes|not on the list/i).first()).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Sign vote' })).toBeDisabled()

  await page.goto(`/${id}/settings`)
  const profile = page.getByRole('region', { name: 'Profile' })
  await expect(profile.getByRole('button', { name: 'Review changes' })).toBeDisabled()
  await actAs(page, 'Grace')
  await profile.getByLabel('About').fill('We keep the lights on.')
  await profile.getByRole('button', { name: 'Review changes' }).click()
  const review = page.getByRole('dialog')
  await expect(review.getByText('We keep the lights on.')).toBeVisible()
  await review.getByRole('button', { name: 'Sign changes' }).click()
  await expect(review).toHaveCount(0)
  await expect(profile.getByText(/Changed by/)).toBeVisible()
  expect((await demo.api.space(id)).about).toBe('We keep the lights on.')
})
