import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './shell.ts'

// Desktop bundles on a stand-in: main, preload, page and engine as built for the app, with protocol handler, ports and the
// engine's process at work; Electron itself is stood in for, its window by a page of Chromium. Not an Electron run.

const root = join(import.meta.dirname, '..')
/** Chromium opens no scheme of ours: in the place of app://wirewatch. */
const ORIGIN = 'http://wirewatch.localhost'

let dataDir: string
let app: ChildProcess
let answers: Map<number, (answer: never) => void>
let asked = 0
let engines: number[]

const ask = <T>(type: string, more: object = {}): Promise<T> => {
  asked += 1
  const id = asked
  app.send({ type, id, ...more })
  return new Promise((resolve) => answers.set(id, resolve))
}

/** Electron's part of a page: what a preload may ask for, with each message carried by the test. */
const BRIDGE = `
  const listeners = new Map()
  const ports = new Map()
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => { window[name] = api } },
    ipcRenderer: {
      on: (channel, listener) => { listeners.set(channel, listener) },
      send: (channel, ...args) => { window.toMain({ type: 'ipc', channel, args }) },
      invoke: (channel, ...args) => window.toMain({ type: 'invoke', channel, args }),
    },
  }
  window.fromMain = (channel, args, line) => {
    const event = { ports: [] }
    if (line !== undefined) {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => { window.toMain({ type: 'port', line, data }) }
      ports.set(line, port1)
      event.ports = [port2]
    }
    listeners.get(channel)?.(event, ...args)
  }
  window.fromPort = (line, data) => { ports.get(line)?.postMessage(data) }
  const require = () => electron
  const process = { platform: 'linux', versions: { electron: 'stand-in' } }
`

/** What is on its way to a document that another follows is lost, as it is in Electron. */
function carry(sending: Promise<void>): void {
  sending.catch(() => undefined)
}

async function open(page: Page): Promise<void> {
  await page.route(`${ORIGIN}/**`, async (route) => {
    const url = route.request().url().replace(ORIGIN, 'app://wirewatch')
    const answer = await ask<{ status: number; headers: Record<string, string>; body: string }>('request', {
      url,
      method: route.request().method(),
    })
    await route.fulfill({ ...answer, body: Buffer.from(answer.body, 'base64') })
  })
  await page.exposeBinding('toMain', (_source, message: { type: string }) =>
    message.type === 'invoke' ? ask('invoke', message) : void (app.connected && app.send(message)),
  )
  const preload = readFileSync(join(root, 'out', 'preload', 'index.cjs'), 'utf8')
  await page.addInitScript(`{ ${BRIDGE}; (function (require, process) { ${preload}\n })(require, process) }`)
  app = fork(join(root, 'e2e', 'fixtures', 'liveDesktop.ts'), [`--data-dir=${dataDir}`, '--sample'], {
    serialization: 'advanced',
    env: { ...process.env, WIREWATCH_APP_DATA: join(dataDir, 'config') },
  })
  const loaded = new Promise<void>((resolve) => {
    app.on(
      'message',
      (message: {
        type: string
        id: number
        answer: never
        url: string
        channel: string
        args: unknown[]
        line?: number
        data: unknown
        pid: number
      }) => {
        const { type } = message
        if (type === 'answer') answers.get(message.id)?.(message.answer)
        else if (type === 'engine') engines.push(message.pid)
        else if (type === 'load')
          void page.goto(message.url.replace('app://wirewatch', ORIGIN)).then(() => resolve())
        else if (type === 'reload') void page.reload()
        else if (type === 'send')
          carry(
            page.evaluate(
              ([channel, args, line]) =>
                (window as never as { fromMain: (...a: unknown[]) => void }).fromMain(
                  channel,
                  args,
                  line ?? undefined,
                ),
              [message.channel, message.args, message.line ?? null] as const,
            ),
          )
        else if (type === 'port')
          carry(
            page.evaluate(
              ([line, data]) =>
                (window as never as { fromPort: (...a: unknown[]) => void }).fromPort(line, data),
              [message.line, message.data] as const,
            ),
          )
      },
    )
  })
  await loaded
}

test.beforeEach(async ({ page }) => {
  dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-bundles-'))
  answers = new Map()
  engines = []
  await open(page)
})
test.afterEach(() => {
  app.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** A panel of the dashboard with figures of the engine's. */
const themes = (page: Page) =>
  page.getByRole('region', { name: 'Themes', exact: true }).getByRole('row').nth(1)

test('desktop bundles on a stand-in: the page opens through the protocol and is answered on its port; it closes with 0', async ({
  page,
}) => {
  await expect(page.getByText('Sample: invented outlets on public facts of May 2025.')).toBeVisible()
  await expect(themes(page)).toBeVisible()
  // A page that dies is loaded again, and asks for a line anew.
  const again = page.waitForEvent('load')
  app.send({ type: 'die' })
  await again
  await expect(themes(page)).toBeVisible()
  const ended = once(app, 'exit')
  app.send({ type: 'quit' })
  expect(await ended).toEqual([0, null])
})

test('desktop bundles on a stand-in: an engine that dies is followed by another, and the page goes on', async ({
  page,
}) => {
  await expect(themes(page)).toBeVisible()
  app.send({ type: 'kill engine' })
  await expect.poll(() => engines.length).toBe(2)
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
  await expect(page.getByRole('listbox', { name: 'Stories' }).getByRole('option').first()).toBeVisible()
})

test('desktop bundles on a stand-in: a link and a notification lead the open page on; Settings says what leaves', async ({
  page,
}) => {
  await expect(themes(page)).toBeVisible()
  app.send({ type: 'link', url: 'wirewatch://open?q=gazprom' })
  await expect(page).toHaveURL(/\/stories\?q=gazprom/)
  await expect(page.getByRole('listbox', { name: 'Stories' }).getByRole('option').first()).toBeVisible()
  const news = { tag: 'alert-1', title: 'Gazprom', body: 'Summit opens', path: '/alerts' }
  app.send({ type: 'news', news })
  app.send({ type: 'click' })
  await expect(page).toHaveURL(/\/alerts$/)
  await page.goto(`${ORIGIN}/settings`)
  await expect(page.getByRole('heading', { name: 'What leaves this machine' })).toBeVisible()
  const leaves = page.getByRole('region', { name: 'What leaves this machine' })
  await expect(leaves.getByRole('row', { name: /^Dictionaries for spelling/ })).toBeVisible()
  const spelling = page.getByRole('checkbox', { name: 'Check spelling while I type' })
  await expect(spelling).not.toBeChecked()
  await spelling.click()
  // The file is there a moment after the click.
  const choices = join(dataDir, 'sample', 'desktop', 'choices.json')
  await expect(() => expect(JSON.parse(readFileSync(choices, 'utf8'))).toEqual({ spelling: true })).toPass({
    timeout: 10_000,
  })
})

test('desktop bundles on a stand-in: starting at login is an entry of the system, which can refuse it', async ({
  page,
}) => {
  await expect(themes(page)).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  const login = page.getByRole('checkbox', { name: 'Start Wirewatch when I log in' })
  await expect(login).not.toBeChecked()
  await login.click()
  await expect(page.getByText('Saved.')).toBeVisible()
  const folder = join(dataDir, 'config', 'autostart')
  const entry = join(folder, 'wirewatch.desktop')
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=".+" "--data-dir=.+" "--sample" "--hidden"$/m)
  await page.reload()
  await expect(login).toBeChecked()
  await login.click()
  await expect.poll(() => existsSync(entry)).toBe(false)
  // Somebody else's entry is not ours to replace.
  writeFileSync(entry, '[Desktop Entry]\nExec=mine\n')
  await login.click()
  await expect(page.getByRole('alert')).toContainText('was not written by Wirewatch')
  await expect(login).not.toBeChecked()
  expect(readFileSync(entry, 'utf8')).toContain('Exec=mine')
})

test('desktop bundles on a stand-in: Ctrl F finds in the page, steps through the matches, and leaves no mark', async ({
  page,
}) => {
  await expect(themes(page)).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).first().click()
  await page
    .getByRole('listbox', { name: 'Stories' })
    .getByRole('option', { name: /Gazprom and CNPC/ })
    .click()
  await expect(page.getByRole('article').getByRole('heading').first()).toContainText('Gazprom and CNPC')
  const bar = page.getByRole('search', { name: 'Find in this page' })
  await page.keyboard.press('Control+f')
  const field = bar.getByRole('textbox')
  await expect(field).toBeFocused()
  await field.pressSequentially('GAZPROM and cnpc')
  const marked = () =>
    page.evaluate(() =>
      ['found', 'found-here'].map((name) => [...(CSS.highlights.get(name) ?? [])].map(String)),
    )
  // In the list and in the pane; the field itself is none.
  await expect.poll(async () => (await marked())[1]).toEqual(['Gazprom and CNPC'])
  // A row that is drawn anew is marked anew a moment later.
  await expect
    .poll(async () => new Set((await marked())[0]?.map((text) => text.toLowerCase())))
    .toEqual(new Set(['gazprom and cnpc']))
  const [all = []] = await marked()
  expect(all.length).toBeGreaterThan(1)
  const count = bar.getByRole('status')
  await expect(count).toHaveText(`1 of ${all.length}`)
  await expect(field).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(count).toHaveText(`2 of ${all.length}`)
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await expect(count).toHaveText(`${all.length} of ${all.length}`)
  await field.fill('no such words')
  await expect(count).toHaveText('not found')
  await field.fill('Gazprom')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
  expect(await marked()).toEqual([[], []])
  // The story is still open: Escape closed the bar alone.
  await expect(page).toHaveURL(/\/stories\/\d+/)
})
