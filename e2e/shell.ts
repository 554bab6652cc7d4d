import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { electronProgram, thisMachine, whyNot } from '../src/launch/electron.ts'

/** Wirewatch as a person has it open, on the sample, in a data folder of its own. */
export interface App {
  /** The page, in whichever shell. */
  page: Page
  readonly dataDir: string
  /** Ends the app in the way a person or the system does, and opens it again on the same data; `page` is then the new one. */
  restart(): Promise<void>
}

export type Shell = 'browser' | 'desktop'

const root = join(import.meta.dirname, '..')

/** Why the desktop shell cannot be tested here, as a sentence; undefined where it can. */
function whyNoDesktop(): string | undefined {
  const why =
    whyNot(thisMachine()) ??
    (electronProgram() === undefined ? 'its binary has not been fetched ("npm start" does that)' : undefined)
  return why === undefined ? undefined : `Not run on Electron: ${why}.`
}

/**
 * The tests of every spec: `test('…', async ({ app }) => { await app.page.… })`. Each has its own data folder and its own
 * process, which must close cleanly when the test is over.
 */
export const test = base.extend<
  { app: App; runs: undefined },
  { shell: Shell; noBrowser: string | undefined }
>({
  shell: ['browser', { option: true, scope: 'worker' }],
  // Why no browser can be driven, undefined where one can.
  noBrowser: [undefined, { option: true, scope: 'worker' }],
  // Before the browser, so that a skipped test starts none.
  runs: async ({ shell, noBrowser }, use, testInfo) => {
    const why = (shell === 'desktop' ? whyNoDesktop() : undefined) ?? noBrowser
    testInfo.skip(why !== undefined, why)
    await use(undefined)
  },
  page: ({ runs: _, page }, use) => use(page),
  app: async ({ runs: _, shell, page }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-e2e-'))
    const open = shell === 'desktop' ? openDesktop : (dir: string) => openBrowserShell(dir, page)
    let opened: Opened | undefined
    try {
      opened = await open(dataDir)
      const app: App = {
        page: opened.page,
        dataDir,
        async restart() {
          await opened?.close()
          opened = undefined
          opened = await open(dataDir)
          app.page = opened.page
        },
      }
      await use(app)
      await opened?.close()
    } catch (error) {
      opened?.kill()
      throw error
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
})

interface Opened {
  page: Page
  close(): Promise<void>
  kill(): void
}

/** What `npm start -- --web …` runs. Resolves with the address it prints. */
export async function startBrowserShell(
  args: readonly string[],
): Promise<{ url: string; child: ChildProcess; errors: () => string }> {
  const child = spawn(
    process.execPath,
    [join(root, 'src', 'launch', 'start.ts'), '--web', '--no-open', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  const lines = createInterface({ input: child.stdout })
  const url = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'close').then(([code]) => {
      throw new Error(`The browser shell did not open (code ${code}): ${errors.trim()}`)
    }),
  ])
  return { url, child, errors: () => errors }
}

async function openBrowserShell(dataDir: string, page: Page): Promise<Opened> {
  const { url, child, errors } = await startBrowserShell(['--sample', '--port', '0', '--data-dir', dataDir])
  const ended = once(child, 'close')
  await page.goto(url)
  // Kept once the engine has accepted it; a page that goes elsewhere before has no key.
  await page.waitForFunction(() => localStorage.getItem('wirewatch-key') !== null)
  return {
    page,
    async close() {
      child.kill('SIGTERM')
      const [code, signal] = await ended
      if (code !== 0) throw new Error(`The browser shell ended with ${code ?? signal}: ${errors().trim()}`)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

async function openDesktop(dataDir: string): Promise<Opened> {
  const app = await launchDesktop(electronProgram() ?? '', dataDir)
  return {
    page: await app.firstWindow(),
    close: () => app.close(),
    kill: () => void app.process().kill('SIGKILL'),
  }
}

/** Starts Electron with its sandbox, without which the app does not open; Playwright would leave it out on Linux. */
export function launchDesktop(executablePath: string, dataDir: string): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath,
    args: [root, `--data-dir=${dataDir}`, '--sample'],
    chromiumSandbox: true,
  })
}

export { expect } from '@playwright/test'
