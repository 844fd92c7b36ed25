import { expect } from 'playwright/test'
import { actAs } from './fixtures/act-as'
import { openTreasury } from './fixtures/own-treasury'
import { test } from './fixtures/test'

test('somebody follows a space, says who they are, and what they stand for as a delegate', async ({
  page,
  demo: shared,
}) => {
  const { space, account, api } = await openTreasury(shared, 1n)
  await page.goto(`/${space}`)
  await actAs(page, 'Femi')
  await page.getByRole('button', { name: 'Follow', exact: true }).click()
  await expect(page.getByText('1 follower')).toBeVisible()
  await page.goto('/')
  await page.getByRole('button', { name: 'Following' }).click()
  await expect(page.getByText(space)).toBeVisible()
  await expect(page.getByText(shared.space, { exact: true })).toHaveCount(0)

  const { address } = account('Femi')
  await page.goto(`/account/${address}`)
  await page.getByRole('button', { name: 'Edit profile' }).click()
  const name = `Femi ${Date.now().toString(36)}`
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Sign and publish' }).click()
  await expect(page.getByText(`Calls themselves ${name}.`)).toBeVisible()

  await page.goto(`/${space}/delegates`)
  await expect(page.getByRole('button', { name: /^Demo wallet: Femi/ })).toBeVisible()
  await page.getByRole('button', { name: 'Write a statement' }).click()
  await page.getByLabel('In a sentence').fill('I vote for what lasts.')
  await page.getByRole('button', { name: 'Sign and publish' }).click()
  await expect(page.getByRole('article').getByText('I vote for what lasts.')).toBeVisible()
  const stored = await api.account(address)
  expect(stored.profile).toMatchObject({ name })
  expect(stored.statements.map((statement) => statement.space)).toContain(space)
})
