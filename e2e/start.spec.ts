import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { holder } from '../src/core/lock.ts'
import { expect, startBrowserShell, test } from './shell.ts'

// What `npm start` promises around the page.

let dataDir: string
const children: ChildProcess[] = []

test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-start-'))
})
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

const start = async (...args: string[]) => {
  const started = await startBrowserShell(['--port', '0', '--data-dir', dataDir, ...args])
  children.push(started.child)
  return started
}

/** Runs `npm start -- …` to its end. */
async function run(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  // A machine without a display, wherever this runs.
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' }
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'src', 'launch', 'start.ts'), ...args],
    {
      env,
    },
  )
  children.push(child)
  const [[code], out, errors] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, out, errors }
}

test('standard output is the address alone, on 127.0.0.1, with the key of this launch', async ({
  request,
}) => {
  const { url, child, errors } = await start('--sample')
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
  expect((await request.post(new URL('/rpc/app/info', url).href, { data: {} })).status()).toBe(401)
  expect(await (await request.get(url)).text()).toContain('<title>Wirewatch')
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(errors()).toBe('')
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`${signal} closes the archive and gives the folder free`, async () => {
    const { child } = await start()
    expect(holder(dataDir)).toMatchObject({ pid: child.pid, shell: 'the browser shell' })
    const ended = once(child, 'close')
    child.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(holder(dataDir)).toBeUndefined()
    // A database that was closed has taken its write-ahead log in.
    expect(existsSync(join(dataDir, 'wirewatch.sqlite'))).toBe(true)
    expect(existsSync(join(dataDir, 'wirewatch.sqlite-wal'))).toBe(false)
  })

test('the key of the launch stays with its origin: windows, bookmarks and reloads have it, other servers do not', async ({
  page,
}) => {
  const { url } = await start('--sample')
  const cookies: (string | undefined)[] = []
  const other = createServer((request, response) => {
    cookies.push(request.headers.cookie)
    response.setHeader('Content-Type', 'text/html').end('<title>Another server</title>')
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  try {
    await page.goto(`${url}&q=china`)
    const themes = page.getByRole('link', { name: 'Themes' }).first()
    await expect(themes).toBeVisible()
    expect(new URL(page.url())).toMatchObject({ hash: '', search: '?q=china', pathname: '/' })
    const counted = (): Promise<unknown> =>
      page.waitForResponse((answer) => /navigation\/counts$/.test(answer.url()) && answer.ok())
    await Promise.all([counted(), page.reload()])
    const bookmark = await page.context().newPage()
    const answered = bookmark.waitForResponse((answer) => /stories\/list$/.test(answer.url()) && answer.ok())
    await bookmark.goto(new URL('/stories', url).href)
    await answered

    expect(await page.context().cookies()).toEqual([])
    await bookmark.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    expect(await bookmark.evaluate(() => Object.keys(localStorage))).toEqual([])
    expect(new Set(cookies)).toEqual(new Set([undefined]))
    const refused = await bookmark.evaluate(
      (address) =>
        fetch(address, { method: 'POST', body: '{}', credentials: 'include' }).then(
          () => 'answered',
          () => 'refused',
        ),
      new URL('/rpc/app/info', url).href,
    )
    expect(refused).toBe('refused')
  } finally {
    other.close()
    other.closeAllConnections()
  }
})

test('an open page does not keep the app from closing', async ({ page }) => {
  const { url, child } = await start()
  const listening = page.waitForResponse(/\/rpc\/changes$/)
  await page.goto(url)
  await listening
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test('a second launch shows the first once more; the same folder never has two engines', async () => {
  const { url, child } = await start()
  const second = await run('--web', '--no-open', '--data-dir', dataDir)
  expect(second).toEqual({
    code: 0,
    out: `${url}\n`,
    errors: `Wirewatch already runs on ${dataDir} (process ${child.pid}):\n`,
  })
})

test('the sample and the archive of one folder run side by side', async () => {
  const archive = await start()
  const sample = await start('--sample')
  expect(new URL(sample.url).port).not.toBe(new URL(archive.url).port)
  expect(holder(dataDir)?.pid).toBe(archive.child.pid)
  expect(holder(join(dataDir, 'sample'))?.pid).toBe(sample.child.pid)
})

test('an app that was killed leaves a folder that opens again', async () => {
  const { child } = await start()
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  await ended
  await start()
})

test('where Electron cannot run, one line says why, and the address follows', async () => {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', 'src', 'launch', 'start.ts'),
      '--no-open',
      '--port',
      '0',
      '--data-dir',
      dataDir,
    ],
    { env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' } },
  )
  children.push(child)
  const all = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  await expect.poll(() => holder(dataDir)?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  child.kill('SIGTERM')
  const [out, errors, [code]] = await all
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+\n$/)
  expect(errors).toMatch(/^The desktop app cannot open here: .+\. Here is the same in the browser:\n$/)
  expect(code).toBe(0)
})

test('a taken port and a wrong flag are one plain sentence each', async () => {
  const { url } = await start()
  const other = mkdtempSync(join(tmpdir(), 'wirewatch-start-'))
  try {
    const taken = await run('--web', '--no-open', '--data-dir', other, '--port', new URL(url).port)
    expect(taken).toMatchObject({ code: 1, out: '' })
    expect(taken.errors).toMatch(/^Port \d+ is taken: [^\n]+\n$/)
    expect(holder(other)).toBeUndefined()
  } finally {
    rmSync(other, { recursive: true, force: true })
  }
  const wrong = await run('--wbe')
  expect(wrong).toMatchObject({ code: 1, out: '' })
  expect(wrong.errors).toBe('Unknown option \'--wbe\'. "npm start -- --help" lists the options.\n')
})

test('--help explains every flag', async () => {
  const { code, out } = await run('--help')
  expect(code).toBe(0)
  for (const flag of ['--web', '--port', '--data-dir', '--sample', '--no-open', '--help'])
    expect(out).toContain(flag)
})
