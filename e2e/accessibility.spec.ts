import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './shell.ts'
import { overlays, pages, type State, show } from './states.ts'

/** What WCAG 2.2 asks at the levels A and AA, as far as a machine can tell. */
const WCAG = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } as const
/** What colours decide: only that is otherwise in another palette. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const
const palettes = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, rules: WCAG },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, rules: COLOURS },
  { name: 'high contrast', media: { colorScheme: 'dark', forcedColors: 'active' }, rules: COLOURS },
] as const
/** What opens over a page. */
const OVER = '[role=dialog], [data-radix-popper-content-wrapper]'

/** What is wrong with what is shown: of a page all, of what opens over one that alone. */
async function faults(page: Page, rules: (typeof palettes)[number]['rules']): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    // No rule of these reads style sheets, whose fonts alone are thousands of lines.
    .options({
      preload: false,
      runOnly: { ...rules, values: [...rules.values] },
      resultTypes: ['violations'],
    })
  if (await page.locator(OVER).count()) axe.include(OVER)
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => `${id}: ${target} ${html}\n${failureSummary}`),
  )
}

/** What would move although the person asked for less motion. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one)
        return transitionDuration !== '0s' || animationName !== 'none'
      }).length,
  )

// A trace keeps every state of every page.
test.use({ trace: 'off' })

const lists: Record<string, readonly State[]> = { page: pages, 'editor, dialog and menu': overlays }
for (const [what, states] of Object.entries(lists))
  test(`axe finds nothing on any ${what}, in light, dark and high contrast, and nothing moves`, async ({
    app,
  }) => {
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const state of states)
      await test.step(state.name, async () => {
        await page.emulateMedia(palettes[0].media)
        await show(page, state)
        expect.soft(await moving(page), `${state.name}: moves`).toBe(0)
        for (const { name, media, rules } of palettes) {
          await page.emulateMedia(media)
          expect.soft(await faults(page, rules), `${state.name}, ${name}`).toEqual([])
        }
      })
  })
