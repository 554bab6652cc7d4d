/**
 * `npm run screenshots`: pictures of every page of the sample, light and dark, in three sizes, in out/screenshots. What stands
 * under a page's fold is taken too. With `-- readme` the README's picture is taken anew as well.
 */
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { bringChromium } from './chromium.ts'
import { startBrowserShell } from './shell.ts'
import { pages, settled, show } from './states.ts'

const SIZES = [
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const
const THEMES = ['light', 'dark'] as const
/** No page of the sample is as tall. */
const TALLEST = 4000

const root = join(import.meta.dirname, '..')
const folder = join(root, 'out', 'screenshots')
const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-screenshots-'))
const brought = await bringChromium()
if (!('path' in brought)) throw new Error(brought.missing)
mkdirSync(folder, { recursive: true })
const { url, child } = await startBrowserShell(['--sample', '--port', '0', '--data-dir', dataDir])
const browser = await chromium.launch({
  executablePath: brought.path,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' })
  await page.goto(url)
  await page.waitForFunction(() => localStorage.getItem('wirewatch-key') !== null)
  for (const state of pages)
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await show(page, state)
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme })
        const path = join(folder, `${state.name}-${size.width}-${colorScheme}.png`)
        await page.screenshot({ path })
        if (
          process.argv[2] === 'readme' &&
          `${state.name} ${size.width} ${colorScheme}` === 'dashboard 1440 light'
        )
          copyFileSync(path, join(root, 'docs', 'dashboard.png'))
        const height = await contentHeight(page)
        if (height <= size.height) continue
        await page.setViewportSize({ ...size, height: Math.min(height, TALLEST) })
        await settled(page)
        await page.screenshot({ path: path.replace('.png', '-whole.png') })
        await page.setViewportSize(size)
      }
    }
} finally {
  await browser.close()
  child.kill('SIGTERM')
  await once(child, 'close')
  rmSync(dataDir, { recursive: true, force: true })
}
console.log(`The pictures are in ${folder}.`)

/** How tall a window would have to be for nothing of the page to be under its fold. */
function contentHeight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const hidden = [...document.querySelectorAll('main, main *')]
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY))
      .map((one) => one.scrollHeight - one.clientHeight)
    return innerHeight + Math.max(0, ...hidden)
  })
}
