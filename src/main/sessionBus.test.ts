import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hasTray, type Run, readsMarkup } from './sessionBus.ts'

const answering =
  (answers: Record<string, string>): Run =>
  async (program) =>
    answers[program]

test('a desktop has a place for trays where one is known on its session bus; whoever answers first decides', async () => {
  expect(await hasTray(answering({ gdbus: '(true,)\n' }))).toBe(true)
  expect(await hasTray(answering({ gdbus: '(false,)\n', 'dbus-send': '   boolean true\n' }))).toBe(false)
  expect(await hasTray(answering({ 'dbus-send': '   boolean true\n' }))).toBe(true)
  expect(await hasTray(answering({ busctl: 'b false\n' }))).toBe(false)
  // Nobody to ask: hidden, the app might never be found again.
  expect(await hasTray(answering({}))).toBe(false)
})

test('a desktop reads markup where it says so, or says nothing', async () => {
  expect(await readsMarkup(answering({ gdbus: "(['actions', 'body', 'body-markup'],)\n" }))).toBe(true)
  expect(await readsMarkup(answering({ gdbus: "(['actions', 'body'],)\n" }))).toBe(false)
  expect(await readsMarkup(answering({ busctl: 'as 2 "body" "body-markup"\n' }))).toBe(true)
  expect(await readsMarkup(answering({}))).toBe(true)
})

const noBus =
  spawnSync('dbus-daemon', ['--version']).status !== 0 || spawnSync('gdbus', ['help']).status !== 0

test.skipIf(noBus)(
  'a real session bus without trays says so (skipped where there is no dbus-daemon)',
  async () => {
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void bus.kill())
    const [address] = await once(createInterface({ input: bus.stdout }), 'line')
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', String(address))
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await hasTray()).toBe(false)
    // Nobody shows notifications there either: asked, the bus fails, and that counts as markup.
    expect(await readsMarkup()).toBe(true)
  },
)
