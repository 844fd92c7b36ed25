import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'playwright/test'
import { proposalTypedData, settingsTypedData, voteTypedData } from '../lib/client/typed-data'
import { test } from './fixtures/test'

test('what was changed stays in the audit trail, can be found there, and taken home', async ({
  page,
  demo,
}) => {
  const space = `trail-${Date.now().toString(36)}`
  const addresses = ['Ada', 'Ben'].map((name) => demo.account(name).address)
  const settings = {
    name: 'Paper trail',
    network: String(demo.chainId),
    symbol: 'VOTE',
    strategies: [{ name: 'whitelist', params: { symbol: 'VOTE', addresses } }],
  }
  const speech = (name: string) => {
    return { from: demo.account(name).address, space, timestamp: Math.floor(Date.now() / 1000) }
  }
  const change = (more: object) =>
    demo.send(
      'Ada',
      settingsTypedData({ ...speech('Ada'), settings: JSON.stringify({ ...settings, ...more }) }),
    )
  await change({})
  const { number } = await demo.api.snapshotBlock(space)
  const opening = speech('Ada')
  const proposal = await demo.send(
    'Ada',
    proposalTypedData({
      ...opening,
      type: 'basic',
      title: 'Keep the receipts',
      body: '',
      choices: ['For', 'Against', 'Abstain'],
      start: opening.timestamp,
      end: opening.timestamp + 3600,
      snapshot: number,
      plugins: '{}',
    }),
  )
  const vote = (name: string, choice: number) =>
    demo.send(name, voteTypedData({ ...speech(name), proposal, ballot: 'single', choice }))
  const first = await vote('Ada', 1)
  // What a person signs later is a second later at least.
  await sleep(1000)
  await vote('Ada', 2)
  await change({ voting: { quorum: 1 } })

  await page.goto(`/${space}/proposal/${proposal}`)
  await page.getByRole('link', { name: 'Audit trail of this proposal' }).click()
  const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem')
  await expect(entries).toContainText([/changed the vote from For to Against/, /voted For/, /proposed/])
  await page.getByRole('button', { name: 'Show all proposals' }).click()
  await expect(entries).toContainText([
    /Ada changed the settings, as the controller: quorum set to 1/,
    /Ada changed the vote from For to Against, with 1 VOTE/,
    /Ada voted For, with 1 VOTE. Superseded by #\d+/,
    /Ada proposed: basic, 3 options/,
    /Ada created the space/,
  ])

  await entries
    .nth(2)
    .getByRole('button', { name: /^Details of #/ })
    .click()
  await expect(entries.nth(2).getByRole('region', { name: /^Signed message #/ })).toContainText(first)
  await expect(entries.nth(2).getByRole('link', { name: 'Verify this message' })).toHaveAttribute(
    'href',
    `/verify/${first}`,
  )

  await page.getByRole('button', { name: 'Ballots', exact: true }).click()
  await expect(entries).toHaveCount(2)
  const shared = page.url()
  await page.goBack()
  await expect(entries).toHaveCount(5)
  await page.getByLabel('Search the trail').fill('Ben')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(page.getByLabel('Search the trail')).toHaveValue('')
  await expect(entries).toHaveCount(5)

  // Somebody else's vote waits until it is asked for.
  await vote('Ben', 1)
  await page.getByRole('button', { name: 'Show the new entry' }).click({ timeout: 30_000 })
  await expect(entries.first()).toContainText('Ben voted For')

  const download = async (format: string) => {
    const file = page.waitForEvent('download')
    await page.getByRole('link', { name: `Download as ${format}` }).click()
    return readFileSync(await (await file).path(), 'utf8')
  }
  expect((await download('CSV')).trimEnd().split('\r\n')).toHaveLength(1 + 6)
  const lines = (await download('NDJSON'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ message }) => JSON.parse(message.envelope).hash)).toEqual(lines.map(({ id }) => id))
  expect(lines[2]).toMatchObject({ id: first, what: { state: 'superseded', choiceText: 'For' } })

  await page.goto(shared)
  await expect(entries).toHaveCount(3)
})
