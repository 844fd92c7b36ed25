import { expect } from 'playwright/test'
import { findViolations } from './fixtures/find-violations'
import { test } from './fixtures/test'

/** Paths, demo proposals by their state, and a message of the log. */
const places = [
  '/',
  '/create',
  '/demo',
  '/demo/about',
  '/demo/create',
  '/demo/delegates',
  '/demo/settings',
  '/demo/treasury',
  '/demo/trail',
  'active',
  'executed',
  'message',
  '/account/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  '/receipts',
  '/verify',
  '/demo/proposal/0x00',
  `/verify/0x${'00'.repeat(32)}`,
]

// Tall enough that the bar at the bottom covers nothing.
test.use({ viewport: { width: 1280, height: 4000 } })

for (const place of places) {
  test(`${place} has no accessibility violations, light or dark, and fits 320 pixels`, async ({
    page,
    demo,
  }) => {
    const proposal = demo.proposals.find(({ state }) => state === place)
    const message = place === 'message' && `/verify/${demo.proposals[0]?.id}`
    for (const colorScheme of ['light', 'dark'] as const) {
      // Loaded anew: colours that change under its eyes are for a while those of neither.
      await page.emulateMedia({ colorScheme })
      await page.goto(message || (proposal ? `/${demo.space}/proposal/${proposal.id}` : place))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('[aria-busy="true"], main [role="status"]')).toHaveCount(0)
      expect(await findViolations(page), colorScheme).toEqual([])
    }
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })
}
