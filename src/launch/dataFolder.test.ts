import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder } from './dataFolder.ts'

test('the archive lives in the platform’s usual folder', () => {
  const home = '/home/ana'
  expect(dataFolder({ platform: 'linux', env: {}, home })).toBe('/home/ana/.local/share/wirewatch')
  expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/wirewatch')
  expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: 'data' }, home })).toBe(
    '/home/ana/.local/share/wirewatch',
  )
  expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '' }, home })).toBe(
    '/home/ana/.local/share/wirewatch',
  )
  expect(dataFolder({ platform: 'darwin', env: {}, home: '/Users/ana' })).toBe(
    '/Users/ana/Library/Application Support/Wirewatch',
  )
  expect(dataFolder({ platform: 'win32', env: { APPDATA: 'D:\\Roaming' }, home: 'C:\\Users\\ana' })).toBe(
    'D:\\Roaming\\Wirewatch',
  )
  expect(dataFolder({ platform: 'win32', env: {}, home: 'C:\\Users\\ana' })).toBe(
    'C:\\Users\\ana\\AppData\\Roaming\\Wirewatch',
  )
})

test('--data-dir wins, and is made absolute', () => {
  expect(dataFolder({ dataDir: 'press' })).toBe(resolve('press'))
  expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, dataDir: '/press' })).toBe('/press')
})

test('the sample never shares a folder with the archive', () => {
  expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, sample: true })).toBe(
    '/data/wirewatch/sample',
  )
  expect(dataFolder({ dataDir: '/press', sample: true, platform: 'linux' })).toBe('/press/sample')
})
