import type { Page } from '@playwright/test'
import { expect, test } from './shell.ts'
import { pages, settled, show } from './states.ts'

/** From a window of 1024×700 at a zoom of 200 % to a 4K screen; 80 % of 1440×900 is among them as 1800×1125. */
const sizes = [
  [512, 350],
  [640, 450],
  [1024, 700],
  [1440, 900],
  [1800, 1125],
  [3840, 2160],
] as const

/** What stands outside the window or is cut off, where neither scrolling nor an ellipsis shows that there is more. */
const lost = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const name = (one: Element): string =>
      `${one.tagName.toLowerCase()} “${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 60)}”`
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      if (!one.checkVisibility() || one.closest('svg, .sr-only, [inert]') !== null) continue
      const { overflowX, textOverflow } = getComputedStyle(one)
      const scrolls = overflowX === 'auto' || overflowX === 'scroll'
      if (scrolls && one.scrollWidth > one.clientWidth + 1 && one.closest('.published, pre') === null)
        found.push(`scrolls sideways: ${name(one)}`)
      if (overflowX === 'hidden' && textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1)
        found.push(`is cut: ${name(one)}`)
    }
    return found
  })

test('from 4K to half of 1024×700 nothing scrolls sideways or is cut, and the header leaves two thirds to the page', async ({
  app,
}) => {
  const { page } = app
  for (const state of pages)
    await test.step(state.name, async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await show(page, state)
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        await settled(page)
        const at = `${state.name} at ${width}×${height}`
        expect.soft(await lost(page), at).toEqual([])
        const main = await page.getByRole('main').boundingBox()
        expect.soft((main?.y ?? height) / height, `${at}: the header’s share`).toBeLessThan(1 / 3)
      }
    })
})

test('on paper stands what is shown and nothing that is clicked: no banner, no control, no row in two parts', async ({
  app,
}) => {
  const { page } = app
  const controls = [
    page.getByRole('region', { name: 'Sample' }),
    page.getByRole('navigation'),
    page.getByRole('search'),
    page.getByRole('toolbar'),
    page.getByRole('contentinfo'),
    page.getByRole('radio'),
    page.getByRole('button', { name: /^(Export|Annotations|As a table|Mark seen|Take out|Star)/ }),
  ]
  for (const { name, path } of pages.filter((one) => ['dashboard', 'event', 'story'].includes(one.name)))
    await test.step(name, async () => {
      await page.emulateMedia({ media: 'screen' })
      await show(page, { name, path })
      await page.emulateMedia({ media: 'print' })
      for (const control of controls) await expect(control.filter({ visible: true })).toHaveCount(0)
      const rows = page.locator('main :is(tr, li)')
      for (const row of await rows.all()) await expect(row).toHaveCSS('break-inside', 'avoid')
      const hidden = await page.getByRole('main').evaluate((main) => main.scrollHeight - main.clientHeight)
      expect(hidden, 'what is below the fold is printed').toBeLessThanOrEqual(1)
      const paper = await page.pdf({ format: 'A4' })
      const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
      expect(sheets).toBeGreaterThan(0)
      expect(sheets, 'no blank sheets').toBeLessThanOrEqual(name === 'story' ? 1 : 5)
    })
})
