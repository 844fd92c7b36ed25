import { expect } from 'playwright/test'
import { proposalTypedData } from '../lib/client/typed-data'
import { actAs } from './fixtures/act-as'
import { test } from './fixtures/test'

test('an author edits a proposal that has not started, and the draft of a new one stays', async ({
  page,
  demo,
}) => {
  const from = demo.account('Grace').address
  const { number } = await demo.api.snapshotBlock(demo.space)
  const timestamp = Math.floor(Date.now() / 1000)
  const id = await demo.send(
    'Grace',
    proposalTypedData({
      ...{ from, space: demo.space, timestamp, type: 'single-choice' },
      ...{ title: 'Paint the shed', body: 'It peels.', choices: ['Red', 'Green'], labels: ['shed'] },
      ...{ start: timestamp + 3600, end: timestamp + 7200, snapshot: number, plugins: '{"poap":{}}' },
    }),
  )

  await page.goto(`/${demo.space}/create`)
  await page.getByLabel('Title').fill('Half a thought')
  await expect(page.getByText('Draft kept in this browser')).toBeVisible()

  // Nobody but its author is offered to.
  await page.goto(`/${demo.space}/proposal/${id}`)
  await actAs(page, 'Hugo')
  await expect(page.getByRole('heading', { name: 'Paint the shed', level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit', exact: true })).toHaveCount(0)
  await page.goto(`/${demo.space}/create?edit=${id}`)
  await expect(page.getByText('Only its author may edit it.')).toBeVisible()
  await actAs(page, 'Grace')
  await page.goto(`/${demo.space}/proposal/${id}`)
  await page.getByRole('link', { name: 'Edit', exact: true }).click()

  await expect(page.getByRole('heading', { name: 'Edit proposal' })).toBeVisible()
  const sign = page.getByRole('button', { name: 'Sign the edit' })
  await expect(page.getByText('It reads as it did before.')).toBeVisible()
  await expect(sign).toBeDisabled()
  await expect(page.getByLabel('Text')).toHaveValue('It peels.')
  await expect(page.getByText('An edit changes neither the times nor the block.')).toBeVisible()
  await page.getByLabel('Title').fill('Paint the shed and the fence')
  await page.getByRole('button', { name: 'Add an option' }).click()
  await page.getByLabel('Option 3', { exact: true }).fill('White')
  await sign.click()

  await page.waitForURL(`**/proposal/${id}`)
  await expect(page.getByRole('heading', { name: 'Paint the shed and the fence', level: 1 })).toBeVisible()
  await expect(page.getByText('(edited')).toBeVisible()
  const { labels, plugins, choices, start } = await demo.api.proposal(id)
  expect({ labels, plugins, choices, start }).toEqual({
    ...{ labels: ['shed'], plugins: { poap: {} }, choices: ['Red', 'Green', 'White'] },
    start: timestamp + 3600,
  })

  await page.getByRole('link', { name: 'Audit trail of this proposal' }).click()
  const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem')
  await expect(entries).toContainText([/Grace edited/, /Grace proposed/])

  await page.goto(`/${demo.space}/create`)
  await expect(page.getByLabel('Title')).toHaveValue('Half a thought')
})
