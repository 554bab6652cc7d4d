import { expect, test } from 'vitest'
import { type Machine, thisMachine, whyNot } from './electron.ts'

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
