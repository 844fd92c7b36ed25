import { expect } from 'playwright/test'
import { settingsTypedData } from '../lib/client/typed-data'
import { actAs } from './fixtures/act-as'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

test('an admin adds a source of votes, tests it, and flags a proposal, which leaves the lists', async ({
  page,
  demo: shared,
}) => {
  const space = `orchard-${Date.now().toString(36)}`
  const demo = { ...shared, space }
  const { address: ada } = demo.account('Ada')
  const settings = {
    name: 'Orchard',
    network: String(demo.chainId),
    strategies: [{ name: 'whitelist', params: { addresses: [ada] } }],
    admins: [ada],
  }
  const timestamp = Math.floor(Date.now() / 1000)
  await demo.send(
    'Ada',
    settingsTypedData({ from: ada, space, timestamp: timestamp - 1, settings: JSON.stringify(settings) }),
  )

  await page.goto(`/${space}/settings`)
  await actAs(page, 'Ada')
  const votes = page.getByRole('region', { name: 'Votes' })
  await votes.getByRole('button', { name: 'Add a source' }).click()
  const source = votes.getByRole('region', { name: 'Source 2' })
  await source.getByLabel('Kind').selectOption('whitelist-weighted')
  await source.getByLabel('People and their votes').fill(`${ada} 5`)
  await votes.getByRole('button', { name: 'Show its votes now' }).click()
  await expect(votes.getByRole('listitem').filter({ hasText: 'Together' })).toContainText('6')
  await votes.getByRole('button', { name: 'Review changes' }).click()
  await page.getByRole('button', { name: 'Sign changes' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await demo.api.space(space)).strategies.map(({ id }) => id)).toEqual([
    'whitelist',
    'whitelist-weighted',
  ])

  const id = await publishShortVote(demo, { title: 'Free apples, click here', seconds: 120 })
  await page.goto(`/${space}/proposal/${id}`)
  await page.getByRole('button', { name: 'Flag as spam' }).click()
  await page.getByRole('button', { name: 'Sign the flag' }).click()
  await expect(page.getByRole('dialog').getByText(/In the log at #\d+/)).toBeVisible()
  await page.keyboard.press('Escape')
  const title = page.getByRole('heading', { name: 'Free apples, click here' })
  await expect(title).toBeHidden()
  await page.getByRole('button', { name: 'Show it all the same' }).click()
  await expect(title).toBeVisible()

  await page.goto(`/${space}`)
  await expect(page.getByText('No proposals yet')).toBeVisible()
  await page.getByRole('button', { name: 'Flagged' }).click()
  await page.getByRole('button', { name: 'Show its title' }).click()
  await expect(title).toBeVisible()
})
