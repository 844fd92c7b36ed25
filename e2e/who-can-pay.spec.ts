import { expect } from 'playwright/test'
import { actAs } from './fixtures/act-as'
import { openModule } from './fixtures/own-module'
import { test } from './fixtures/test'

test('the page of the treasury names all who can move it, and what each could do', async ({ page, demo }) => {
  await page.goto(`/${demo.space}`)
  const link = page.getByRole('navigation', { name: 'Space' }).getByRole('link', { name: 'Treasury' })
  await link.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Who can move the treasury', level: 1 })).toBeVisible()

  const owners = page.getByRole('region', { name: 'Owners' })
  await expect(owners.getByText(/^Any 2 of these 3 /)).toBeVisible()
  for (const name of ['Ada', 'Ben', 'Chloe'])
    await expect(owners.getByText(name, { exact: true })).toBeVisible()

  const module = page.getByRole('region', { name: 'Tally module' })
  for (const address of [demo.module, demo.operator]) {
    await expect(module.getByRole('button', { name: new RegExp(`${address}$`) }).first()).toBeVisible()
  }
  await expect(module.getByRole('definition').filter({ hasText: 'may veto, and pause once' })).toContainText(
    'Grace',
  )
  await expect(module.getByText('8.63% of all votes, For, Against and Abstain counted')).toBeVisible()

  const operator = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: 'The operator' }) })
  await expect(operator).toContainText('an omitted ballot cannot be proven on chain yet')
})

test('a vote that is too short for the tally module cannot be published, and the editor says why', async ({
  page,
  demo: shared,
}) => {
  const demo = await openModule(shared, { minPeriod: 3600 })
  await page.goto(`/${demo.space}/create`)
  await actAs(page, 'Ada')
  await page.getByLabel('Title').fill('Pay in a hurry')
  await page.getByRole('button', { name: 'Send ETH' }).click()
  await page.getByLabel('Recipient').fill(demo.account('Hugo').address)
  await page.getByLabel('Amount').fill('1')

  const module = page.getByRole('radio', { name: /^Tally module/ })
  const publish = page.getByRole('button', { name: 'Sign and publish' })
  const problem = page.getByText('The module asks for at least 1 hour.')
  await expect(module).toBeChecked()
  await expect(problem).toBeVisible()
  await expect(publish).toBeDisabled()

  // Owners take it as it is, and the module a longer one.
  await page.getByRole('radio', { name: /^Safe signers/ }).check()
  await expect(publish).toBeEnabled()
  await module.check()
  await expect(publish).toBeDisabled()
  await page.getByLabel('Lasts').selectOption('1 day')
  await expect(problem).toHaveCount(0)
  await expect(publish).toBeEnabled()
})
