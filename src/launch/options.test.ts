import { expect, test } from 'vitest'
import { desktopOptions, HELP, launchOptions } from './options.ts'

test('npm start without flags opens the desktop app on the usual folder and port', () => {
  expect(launchOptions([])).toEqual({
    web: false,
    port: undefined,
    dataDir: undefined,
    sample: false,
    open: true,
    help: false,
  })
})

test('every flag is read, in both spellings', () => {
  expect(launchOptions(['--web', '--port', '0', '--data-dir=/press', '--sample', '--no-open'])).toEqual({
    web: true,
    port: 0,
    dataDir: '/press',
    sample: true,
    open: false,
    help: false,
  })
  expect(launchOptions(['-h']).help).toBe(true)
})

test('a wrong flag or value is a sentence that says what to do', () => {
  expect(() => launchOptions(['--wbe'])).toThrow(
    /^Unknown option '--wbe'\. "npm start -- --help" lists the options\.$/,
  )
  expect(() => launchOptions(['sample'])).toThrow(/Unexpected argument 'sample'/)
  expect(() => launchOptions(['--data-dir'])).toThrow(/--data-dir/)
  expect(() => launchOptions(['--data-dir='])).toThrow('--data-dir takes a folder.')
  for (const port of ['', 'web', '-1', '70000', '80.5', '1e3', ' 80'])
    expect(() => launchOptions([`--port=${port}`]), port).toThrow(/^--port takes a number from 0 to 65535/)
})

test('the desktop app ignores the flags that Electron and the system add', () => {
  expect(
    desktopOptions([
      '--no-sandbox',
      '--remote-debugging-port=0',
      '--data-dir=/press',
      'wirewatch://open?q=china',
      '--sample',
      '-psn_0_12345',
    ]),
  ).toEqual({ dataDir: '/press', sample: true, hidden: false })
  expect(desktopOptions([])).toEqual({ dataDir: undefined, sample: false, hidden: false })
  expect(desktopOptions(['--hidden']).hidden).toBe(true)
})

test('the help names every flag that is read', () => {
  for (const flag of ['--web', '--port', '--data-dir', '--sample', '--no-open', '--help'])
    expect(HELP).toContain(flag)
})
