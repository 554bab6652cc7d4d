import { existsSync } from 'node:fs'
import { chromium, defineConfig } from '@playwright/test'
import { type Shell, whyNoDesktop } from './shell.ts'

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  chromium.executablePath(),
]
const executablePath = candidates.find((path) => path !== undefined && path !== '' && existsSync(path))
if (executablePath === undefined)
  throw new Error(
    'The end-to-end tests need Chromium: install it ("apt-get install chromium", or "npx playwright install chromium"), or name one in CHROMIUM_PATH.',
  )

// Said once, by the process that plans the run.
const noDesktop = whyNoDesktop()
if (noDesktop !== undefined && process.env.TEST_WORKER_INDEX === undefined) console.log(noDesktop)

export default defineConfig<object, { shell: Shell }>({
  testDir: '.',
  // For a wait that never ends; a busy machine decides no test.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [
    ['list'],
    ...(process.env.WIREWATCH_E2E_REPORT === undefined
      ? []
      : [['json', { outputFile: process.env.WIREWATCH_E2E_REPORT }] as ['json', { outputFile: string }]]),
  ],
  projects: [
    { name: 'browser shell', use: { shell: 'browser' } },
    // What surrounds the shells is tested once.
    { name: 'desktop shell', use: { shell: 'desktop' }, testIgnore: ['start.spec.ts', 'package.spec.ts'] },
  ],
  use: {
    launchOptions: {
      executablePath,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
  },
})
