import axe from 'axe-core'
import { expect, type Page } from 'playwright/test'
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

/** Each broken rule with the elements that break it. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof axe }).axe
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await run(document, { runOnly: { type: 'tag', values } })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
}

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
