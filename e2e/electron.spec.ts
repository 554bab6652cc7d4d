import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { holder } from '../src/core/lock.ts'
import { electronProgram } from '../src/launch/electron.ts'
import { test as base, expect, launchDesktop } from './shell.ts'

// What Electron alone can show: what its Node, its sandbox and its processes do. Skipped, with the reason, where it cannot run.

const root = join(import.meta.dirname, '..')

interface Running {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataDir: string
}
const test = base.extend<{ running: Running }>({
  running: async ({ runs: _ }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-electron-'))
    const app = await launchDesktop(electronProgram() ?? '', dataDir)
    try {
      const page = await app.firstWindow()
      await expect(themes(page)).toBeVisible()
      await use({ app, page, dataDir })
    } finally {
      await app.close()
    }
    expect(holder(join(dataDir, 'sample'))).toBeUndefined()
    rmSync(dataDir, { recursive: true, force: true })
  },
})

/** A panel of the dashboard with figures of the engine's. */
const themes = (page: Page) =>
  page.getByRole('region', { name: 'Themes', exact: true }).getByRole('row').nth(1)

test('the page is sandboxed and isolated, has no Node, and nothing that Chromium asks by itself leaves', async ({
  running: { app, page },
}) => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()
  })
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  expect(
    await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window)),
  ).toEqual([])
  const [proxy, reached] = await app.evaluate(async ({ session }) => [
    await session.defaultSession.resolveProxy('https://example.org/'),
    await session.defaultSession.fetch('https://example.org/').then(
      () => 'reached',
      () => 'refused',
    ),
  ])
  expect(proxy).toBe('PROXY 127.0.0.1:9')
  expect(reached).toBe('refused')
})

test('a thread of the engine’s Node that is over its limit ends alone; charsets that it lacks are read all the same', async ({
  running: { app },
}) => {
  const report = await app.evaluate(
    ({ utilityProcess }, script) =>
      new Promise<{ charsets: string[]; ended: string }>((resolve, reject) => {
        const child = utilityProcess.fork(script)
        child.once('message', resolve)
        child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)))
      }),
    join(root, 'e2e', 'fixtures', 'limits.js'),
  )
  expect(report.ended).toBe('ERR_WORKER_OUT_OF_MEMORY')
  // src/core/feeds/read/charset.test.ts: the others are read by another decoder.
  console.log(`Electron reads by itself: ${report.charsets.join(', ')}`)
})

test('the page copies, which is the one permission that it has', async ({ running: { app, page } }) => {
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await page.evaluate(() => navigator.clipboard.writeText('copied by the page'))
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied by the page')
  const read = await page.evaluate(() =>
    navigator.clipboard.readText().then(
      () => 'read',
      () => 'refused',
    ),
  )
  expect(read).toBe('refused')
})

test('a page or an engine that dies is followed by another, and the page goes on', async ({
  running: { app, page },
}) => {
  const again = page.waitForEvent('load')
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await again
  await expect(themes(page)).toBeVisible()
  const killed = await app.evaluate(({ app: electron }) => {
    const engine = electron.getAppMetrics().find(({ name }) => name === 'Wirewatch engine')
    return engine === undefined ? false : process.kill(engine.pid)
  })
  expect(killed).toBe(true)
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
  await expect(page.getByRole('listbox', { name: 'Stories' }).getByRole('option').first()).toBeVisible()
})

test('a second launch leads the first to its link and ends with 0', async ({
  running: { page, dataDir },
}) => {
  const second = spawn(
    electronProgram() ?? '',
    [root, `--data-dir=${dataDir}`, '--sample', '--', 'wirewatch://open?q=gazprom'],
    { stdio: 'ignore' },
  )
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect(page).toHaveURL(/\/stories\?q=gazprom/)
})
