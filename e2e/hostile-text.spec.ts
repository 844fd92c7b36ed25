import { expect } from 'playwright/test'
import { proposalTypedData } from '../lib/client/typed-data'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

const hostile = [
  '<script>window.ran = true</script>',
  '<img src=x onerror="window.ran = true">',
  '![tracker](https://tracker.example/pixel.png)',
  '<iframe src="https://tracker.example"></iframe>',
  '[a link](javascript:window.ran=true)',
  '[b link](data:text/html,<script>window.ran=true</script>)',
  '<a href="javascript:window.ran=true" onclick="window.ran=true">c link</a>',
  '<style>body { display: none }</style>',
  '[honest link](https://example.org/report)',
].join('\n\n')

test('text that tries scripts, remote images and script links is inert', async ({ page, demo }) => {
  const requested: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  const id = await publishShortVote(demo, {
    title: '<img src=x onerror="window.ran=true"> a title',
    seconds: 60,
    body: hostile,
  })
  const response = await page.goto(`/${demo.space}/proposal/${id}`)
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f-]{36}' 'strict-dynamic'/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('a title')
  const honest = page.getByRole('link', { name: /honest link/ })
  await expect(honest).toHaveAttribute('rel', /noopener/)

  for (const name of ['a link', 'b link', 'c link']) {
    const text = page.getByText(name, { exact: false }).first()
    if ((await text.count()) > 0) await text.click({ timeout: 2_000 }).catch(() => {})
  }
  const main = page.getByRole('main')
  await expect(main.locator('script, iframe, style, [onerror], [onclick]')).toHaveCount(0)
  await expect(main.locator('a[href^="javascript:"], a[href^="data:"], img[src^="http"]')).toHaveCount(0)
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  expect(requested.filter((url) => !url.startsWith(process.env.COMITIA_E2E_URL ?? ''))).toEqual([])
})

test('words without end widen neither a phone’s page nor its ballot', async ({ page, demo }) => {
  const endless = 'x'.repeat(200)
  const timestamp = Math.floor(Date.now() / 1000)
  const { number } = await demo.api.snapshotBlock(demo.space)
  const id = await demo.send(
    'Ada',
    proposalTypedData({
      from: demo.account('Ada').address,
      space: demo.space,
      timestamp,
      type: 'ranked-choice',
      title: endless,
      body: `![${endless}](https://tracker.example/pixel.png)\n\n${endless}`,
      choices: [endless, 'Another'],
      start: timestamp,
      end: timestamp + 120,
      snapshot: number,
      plugins: '{}',
    }),
  )
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/${demo.space}/proposal/${id}`)
  await page.getByRole('button', { name: 'Vote', exact: true }).click()
  const up = page.getByRole('dialog').getByRole('button', { name: 'Move Another up' })
  await expect(up).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  for (const path of [`/${demo.space}/proposal/${id}`, `/${demo.space}`]) {
    await page.goto(path)
    await expect(page.getByText(endless).first()).toBeVisible()
    const excess = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    expect(excess, `${path} is that many pixels too wide`).toBeLessThanOrEqual(0)
  }
})
