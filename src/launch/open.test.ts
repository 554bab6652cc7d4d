import { expect, test } from 'vitest'
import { opener } from './open.ts'

const url = 'http://127.0.0.1:7420/?token=abc-_'

test('each system opens an address in its own way, none through a shell', () => {
  expect(opener(url, 'darwin', {})).toEqual(['open', url])
  expect(opener(url, 'win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler', url])
  expect(opener(url, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open', url])
})

test('without a screen nothing is opened', () => {
  expect(opener(url, 'linux', {})).toEqual([])
  expect(opener(url, 'freebsd', { DISPLAY: '' })).toEqual([])
})
