import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'
import { appEnvironment, askToClose, type Machine, thisMachine, whyNot } from './electron.ts'

const desk: Machine = {
  platform: 'linux',
  arch: 'x64',
  env: { DISPLAY: ':0' },
  uid: 1000,
  read: () => undefined,
  made: () => true,
}
const proc = (file: string, value: string) => (asked: string) => (asked === file ? `${value}\n` : undefined)

test('a desk with a display runs Electron; X11 and Wayland both count', () => {
  expect(whyNot(desk)).toBeUndefined()
  expect(whyNot({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeUndefined()
  expect(whyNot({ ...desk, platform: 'darwin', env: {}, uid: 501 })).toBeUndefined()
  expect(whyNot({ ...desk, platform: 'win32', env: {}, uid: undefined })).toBeUndefined()
})

test('a machine without a display, root, and a system without sandboxes are told apart', () => {
  expect(whyNot({ ...desk, env: {} })).toMatch(/no display/)
  expect(whyNot({ ...desk, env: { DISPLAY: '' } })).toMatch(/no display/)
  expect(whyNot({ ...desk, uid: 0 })).toMatch(/root/)
  const userns = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
  expect(whyNot({ ...desk, read: proc(userns, '1') })).toMatch(/sandbox/)
  expect(whyNot({ ...desk, read: proc(userns, '0') })).toBeUndefined()
  expect(whyNot({ ...desk, read: proc('/proc/sys/kernel/unprivileged_userns_clone', '0') })).toMatch(
    /sandbox/,
  )
  expect(whyNot({ ...desk, read: proc('/proc/sys/user/max_user_namespaces', '0') })).toMatch(/sandbox/)
})

test('Electron is made for the desktops we package, and known not to be made for others', () => {
  const { made } = thisMachine()
  for (const [platform, arch] of [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ] as const)
    expect(made(platform, arch), `${platform} ${arch}`).toBe(true)
  expect(whyNot({ ...desk, platform: 'freebsd', made })).toBe('Electron is not made for freebsd on x64')
  expect(whyNot({ ...desk, arch: 'riscv64', made })).toMatch(/not made/)
})

/** Runs `runDesktop` in a process group of its own, as a terminal does, around a script in the place of Electron. */
async function runScript(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'app.mjs'), script)
  const program = join(folder, 'electron')
  writeFileSync(program, `#!/bin/sh\nNAMED=$NODE_CHANNEL_FD exec "${process.execPath}" "$@"\n`, {
    mode: 0o755,
  })
  const runner = `
    import { runDesktop } from ${JSON.stringify(new URL('electron.ts', import.meta.url).href)}
    const run = await runDesktop(${JSON.stringify(program)}, [${JSON.stringify(join(folder, 'app.mjs'))}], () => undefined)
    console.log(JSON.stringify(run))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', runner], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<string> => String((await lines.next()).value)
  return { child, line, group: -child.pid! }
}

// What a terminal and POSIX signals do.
const posix = process.platform === 'win32' ? test.skip : test

posix('the channel to Electron is descriptor 4: 3 is where Chromium has its own', async () => {
  const { line } = await runScript(`
    console.log(process.env.NAMED)
    process.send('up', () => process.exit(0))`)
  expect(await line()).toBe('4')
  expect(JSON.parse(await line())).toEqual({ opened: true, code: 0 })
})

posix('Ctrl-C on a terminal reaches the app once', async () => {
  const { line, group } = await runScript(`
    import { execFileSync } from 'node:child_process'
    process.on('SIGINT', () => {
      console.log('asked')
      process.exit(0)
    })
    process.send('up')
    setInterval(() => undefined, 1000)
    const [group] = execFileSync('ps', ['-o', 'pgid=', '-p', process.pid]).toString().trim().split(' ')
    console.log(Number(group) === process.pid ? 'a group of its own' : 'the group of the terminal')`)
  expect(await line()).toBe('a group of its own')
  process.kill(group, 'SIGINT')
  expect(await line()).toBe('asked')
  expect(JSON.parse(await line())).toEqual({ opened: true, code: 0 })
})

posix('a second signal ends an app that does not close, and the processes it has started', async () => {
  const { child, line } = await runScript(`
    import { spawn } from 'node:child_process'
    const helper = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'])
    process.on('SIGTERM', () => console.log('asked'))
    process.send('up')
    setInterval(() => undefined, 1000)
    helper.once('spawn', () => console.log(helper.pid))`)
  const helper = Number(await line())
  child.kill('SIGTERM')
  expect(await line()).toBe('asked')
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  expect(JSON.parse(await line())).toEqual({ opened: true, code: 1 })
  await ended
  await vi.waitFor(() => expect(() => process.kill(helper, 0)).toThrow(/ESRCH/), { timeout: 60_000 })
})

test('on Windows the app stays out of the console, whose Ctrl-C would end it before it has closed', () => {
  const env = { PATH: 'C:\\bin', ELECTRON_RUN_AS_NODE: '1' }
  expect(appEnvironment(env, 'win32')).toEqual({ PATH: 'C:\\bin', ELECTRON_NO_ATTACH_CONSOLE: '1' })
  expect(appEnvironment(env, 'linux')).toEqual({ PATH: 'C:\\bin' })
})

test('on Windows the app is asked by a message, since a signal there is a kill', () => {
  const child = { connected: true, send: vi.fn(() => true), kill: vi.fn(() => true) }
  askToClose(child, 'SIGINT', 'win32')
  expect([child.send.mock.calls, child.kill.mock.calls]).toEqual([[['quit']], []])
  askToClose(child, 'SIGINT', 'linux')
  expect(child.kill.mock.calls).toEqual([['SIGINT']])
  askToClose({ ...child, connected: false }, 'SIGTERM', 'win32')
  expect(child.kill).toHaveBeenLastCalledWith('SIGTERM')
})
