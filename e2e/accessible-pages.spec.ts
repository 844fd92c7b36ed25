import { expect } from 'playwright/test'
import { findViolations } from './fixtures/find-violations'
import { test } from './fixtures/test'

/** Paths, and demo proposals by their state. */
const places = [
  '/',
  '/create',
  '/demo',
  '/demo/about',
  '/demo/create',
  '/demo/settings',
  '/demo/treasury',
  'active',
  'executed',
  '/demo/proposal/0x00',
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    // Tall enough that the bar at the bottom covers nothing.
    test.use({ colorScheme, viewport: { width: 1280, height: 4000 } })
    for (const place of places) {
      test(`${place} has no accessibility violations and fits 320 pixels`, async ({ page, demo }) => {
        const proposal = demo.proposals.find(({ state }) => state === place)
        await page.goto(proposal ? `/${demo.space}/proposal/${proposal.id}` : place)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
        expect(await findViolations(page)).toEqual([])
        await page.setViewportSize({ width: 320, height: 640 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      })
    }
  })
}
