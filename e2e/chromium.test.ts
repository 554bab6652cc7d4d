import { expect, test } from 'vitest'
import { bringChromium, findChromium, type Machine, type Way, waysToBring } from './chromium.ts'

/** A bare Debian as root, on which these programs start. */
function machine(starting: readonly string[] = [], changes: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    env: {},
    isRoot: true,
    isDebian: true,
    playwrights: '/cache/playwright/chrome',
    starts: (program) => starting.includes(program),
    ...changes,
  }
}
const npms = expect.stringMatching(/node_modules\/\.cache\/chromium\/chromium$/)

test('a Chromium that is there is taken: CHROMIUM_PATH, the system’s, Playwright’s, npm’s', () => {
  const looked: string[] = []
  const starts = (program: string): boolean => {
    looked.push(program)
    return false
  }
  expect(findChromium(machine([], { env: { CHROMIUM_PATH: '/opt/chrome' }, starts }))).toBeUndefined()
  expect(looked[0]).toBe('/opt/chrome')
  expect(looked[1]).toBe('/usr/bin/chromium')
  expect(looked.slice(-2)).toEqual(['/cache/playwright/chrome', npms])
  expect(findChromium(machine(['/usr/bin/google-chrome', '/cache/playwright/chrome']))).toBe(
    '/usr/bin/google-chrome',
  )
})

test('one that is there but does not start is passed over, and so is an empty CHROMIUM_PATH', () => {
  const env = { CHROMIUM_PATH: '/opt/broken' }
  expect(findChromium(machine(['/usr/bin/chromium'], { env }))).toBe('/usr/bin/chromium')
  expect(findChromium(machine(['', '/usr/bin/chromium'], { env: { CHROMIUM_PATH: '' } }))).toBe(
    '/usr/bin/chromium',
  )
})

test('how one is brought depends on the machine', () => {
  const names = (changes: Partial<Machine>): string[] =>
    waysToBring(machine([], changes)).map(({ name }) => name)
  expect(names({})).toEqual(['Playwright', 'apt-get', 'npm'])
  expect(names({ isRoot: false })).toEqual(['Playwright', 'npm'])
  expect(names({ isDebian: false })).toEqual(['Playwright', 'npm'])
  expect(names({ arch: 'arm64' })).toEqual(['Playwright', 'apt-get'])
  expect(names({ platform: 'darwin', isDebian: false, isRoot: false })).toEqual(['Playwright'])
})

/** Tries the ways of a bare Debian with these outcomes; a Chromium that a way leaves starts if `starting` names it. */
async function bring(
  outcome: (way: Way) => string | undefined,
  leaves: Partial<Record<Way['name'], string>> = {},
  before: string[] = [],
) {
  const starting = [...before]
  const events: string[] = []
  const result = await bringChromium(
    machine([], { starts: (program) => starting.includes(program) }),
    async (way) => {
      events.push(way.name)
      const path = leaves[way.name]
      if (path !== undefined) starting.push(path)
      return outcome(way)
    },
    (line) => events.push(line),
  )
  return { result, events }
}

test('where one is found, nothing is fetched and nothing is printed', async () => {
  const { result, events } = await bring(() => undefined, {}, ['/usr/bin/chromium'])
  expect(result).toEqual({ path: '/usr/bin/chromium' })
  expect(events).toEqual([])
})

test('each way is announced before it is tried, and the first that leaves a Chromium is the last', async () => {
  const { result, events } = await bring(
    ({ name }) => (name === 'Playwright' ? 'it ended with 1' : undefined),
    {
      'apt-get': '/usr/bin/chromium',
    },
  )
  expect(result).toEqual({ path: '/usr/bin/chromium' })
  expect(events).toEqual([
    expect.stringContaining('playwright install chromium'),
    'Playwright',
    'That did not work (Playwright: it ended with 1).',
    expect.stringContaining('apt-get install chromium'),
    'apt-get',
  ])
})

test('a way that went well but left nothing that starts has not worked', async () => {
  const { result } = await bring(({ name }) =>
    name === 'npm' ? 'it was given up after 5 minutes' : undefined,
  )
  expect(result).toEqual({
    missing:
      'No Chromium could be found or brought (Playwright: what it brought does not start here; ' +
      'apt-get: what it brought does not start here; npm: it was given up after 5 minutes). ' +
      'Install one, or name one in CHROMIUM_PATH.',
  })
})

test('no download waits for ever', () => {
  for (const { patience } of waysToBring(machine())) expect(patience).toBeLessThanOrEqual(600_000)
})

test('on Windows and macOS no command is started by its bare name, which would be a script of a shell there', () => {
  for (const platform of ['win32', 'darwin'] as const) {
    const ways = waysToBring(machine([], { platform, isDebian: false }))
    expect(ways.length).toBeGreaterThan(0)
    for (const [program] of ways.flatMap(({ commands }) => commands)) expect(program).toBe(process.execPath)
  }
})
