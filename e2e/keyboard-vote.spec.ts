import { expect, type Page } from 'playwright/test'
import { injectWallet } from './fixtures/injected-wallet'
import { publishShortVote } from './fixtures/short-vote'
import { test } from './fixtures/test'

test.use({ viewport: { width: 320, height: 640 } })

/** Moves on with Tab until the control has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (element === document.body) return ''
      const label = element?.id ? document.querySelector(`label[for="${element.id}"]`) : null
      return [element?.getAttribute('aria-label'), label?.textContent, element?.textContent]
        .filter(Boolean)
        .join(' ')
    })
    if (name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${name}`)
}

test('a vote by keyboard alone on a screen of 320 pixels, with a wallet of the browser', async ({
  page,
  demo,
}) => {
  const id = await publishShortVote(demo, { title: 'Meet on Thursdays', seconds: 120 })
  await injectWallet(page, demo.account('Dan'), demo.chainId)
  await page.goto(`/${demo.space}/proposal/${id}`)
  await expect(page.getByRole('heading', { name: 'Meet on Thursdays' })).toBeVisible()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)

  // Connect.
  await tabTo(page, /connect wallet/i)
  await page.keyboard.press('Enter')
  await tabTo(page, /test wallet/i)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  // Decide.
  await tabTo(page, /^vote$/i)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Your vote' })
  await expect(sheet).toBeVisible()
  await expect(sheet.getByText(/You have .* at block/)).toBeVisible()
  await page.keyboard.press('Tab')
  for (let presses = 0; presses < 20; presses++) {
    if (await sheet.getByRole('radio', { name: 'For' }).evaluate((radio) => radio === document.activeElement))
      break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Space')
  await expect(sheet.getByRole('radio', { name: 'For' })).toBeChecked()
  await tabTo(page, /sign vote/i)
  await page.keyboard.press('Enter')
  await expect(sheet.getByText(/In the log at #\d+/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)

  const { items } = await demo.api.votes(id)
  expect(items.map(({ voter, choice }) => ({ voter, choice }))).toEqual([
    { voter: demo.account('Dan').address, choice: 1 },
  ])
})
