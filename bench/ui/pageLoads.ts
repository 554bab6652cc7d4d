/// <reference lib="dom" />
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../e2e/chromium.ts'
import { END } from '../corpus.ts'

const DAY = 86_400_000
const LOADS = 20
const PANELS = 10
const root = join(import.meta.dirname, '..', '..')

/** Prints how the dashboard of an archive loads in Chromium. @param folder is copied first: the shell writes */
export async function pageLoads(folder: string): Promise<void> {
  const program = findChromium()
  if (program === undefined) return console.log('No Chromium here: the page is not measured.')
  const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-ui-'))
  cpSync(folder, dataDir, { recursive: true })
  const { child, url } = await shell(dataDir)
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const moment = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
    const month = `/?range=${moment(END - 30 * DAY)}..${moment(END)}`
    const visit = visitor(browser, url)
    await visit(month)
    const loads: Load[] = []
    for (let i = 0; i < LOADS; i++) loads.push(await visit(month))
    const plain: Load[] = []
    for (let i = 0; i < LOADS; i++) plain.push(await visit('/settings'))
    console.log(`The page, ${LOADS} loads with nothing kept:${''.padEnd(5)}     p50     p99`)
    print('first contentful paint, ms', loads, ({ painted }) => painted)
    print('  of the settings', plain, ({ painted }) => painted)
    print('all panels, ms', loads, ({ shown }) => shown)
    print('a filter clicked to all panels, ms', loads, ({ filtered }) => filtered)
    print('heap of the page, MB', loads, ({ heap }) => heap)
    print('  of the settings', plain, ({ heap }) => heap)
    const engine = JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { pid: number }
    const memory = engineMemory(engine.pid)
    console.log(
      memory === null
        ? '  the engine’s memory cannot be read here'
        : `  engine: ${memory.toFixed(0)} MB resident without mapped pages of the archive`,
    )
  } finally {
    await browser.close()
    child.kill('SIGTERM')
    await once(child, 'close')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Milliseconds since the page was asked for (`filtered`: since the click), and MB. */
interface Load {
  readonly painted: number
  readonly shown: number
  readonly filtered: number
  readonly heap: number
}

/** A new profile each time, which is let in as a person is. */
function visitor(browser: Browser, url: string): (path: string) => Promise<Load> {
  return async (path) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' })
    try {
      const page = await context.newPage()
      await page.goto(url)
      await page.waitForFunction(() => localStorage.getItem('wirewatch-key') !== null)
      await page.goto('about:blank')
      const session = await context.newCDPSession(page)
      await session.send('Network.enable')
      await session.send('Network.clearBrowserCache')
      const began = Date.now()
      await page.goto(new URL(path, url).href, { waitUntil: 'commit' })
      const isDashboard = path.startsWith('/?')
      if (isDashboard) await settled(page)
      else await page.locator('main h1, main h2').first().waitFor()
      const shown = Date.now() - began
      const painted = await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      )
      const filtered = isDashboard ? await clickFilter(page) : 0
      await session.send('HeapProfiler.collectGarbage')
      const { metrics } = await session
        .send('Performance.enable')
        .then(() => session.send('Performance.getMetrics'))
      const heap = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6
      return { painted, shown, filtered, heap }
    } finally {
      await context.close()
    }
  }
}

/** Filters by the first bloc of the matrix, as a click on it does. */
async function clickFilter(page: Page): Promise<number> {
  const filter = page.getByRole('button', { name: 'EU', exact: true }).first()
  await filter.waitFor()
  const began = Date.now()
  await filter.click()
  await page.waitForFunction(() => new URLSearchParams(location.search).has('q'))
  await settled(page)
  return Date.now() - began
}

/** Every panel shows what was asked for last. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    (panels) =>
      document.querySelectorAll('main section').length >= panels &&
      document.querySelector('main [role=status]') === null &&
      document.querySelector('main .opacity-60') === null,
    PANELS,
    { polling: 'raf', timeout: 120_000 },
  )
}

function print(what: string, loads: readonly Load[], of: (load: Load) => number): void {
  const sorted = loads.map(of).sort((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number).toFixed(0).padStart(8)
  console.log(`  ${what.padEnd(40)}${at(0.5)}${at(0.99)}`)
}

/** `npm start -- --web` on a folder, and the address that it prints. */
async function shell(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [
      ...[join(root, 'src', 'launch', 'preflight.js'), join(root, 'src', 'launch', 'start.ts')],
      ...['--web', '--no-open', '--port', '0', '--data-dir', dataDir],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, url }
}

/** MB of the process that are not pages of the archive; null where the system does not tell. */
function engineMemory(pid: number): number | null {
  try {
    const map = readFileSync(`/proc/${pid}/smaps`, 'utf8')
    let isArchive = false
    let kB = 0
    for (const line of map.split('\n')) {
      if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) isArchive = line.includes('wirewatch.sqlite')
      const resident = isArchive ? undefined : /^Rss:\s+(\d+) kB/.exec(line)?.[1]
      if (resident !== undefined) kB += Number(resident)
    }
    return (kB * 1024) / 1e6
  } catch {
    return null
  }
}
