import { defineConfig } from '@playwright/test'
import { findChromium } from './chromium.ts'
import type { Shell } from './shell.ts'

// `npm test` and `npm run e2e` bring one where there is none; WIREWATCH_NO_CHROMIUM is why they could not.
const executablePath = findChromium()
const noBrowser =
  executablePath !== undefined
    ? undefined
    : (process.env.WIREWATCH_NO_CHROMIUM ?? 'No Chromium was found: "npm run e2e" brings one.')
if (noBrowser !== undefined && process.env.CI !== undefined) throw new Error(noBrowser)

export default defineConfig<object, { shell: Shell; noBrowser: string | undefined }>({
  testDir: '.',
  testMatch: '*.spec.ts',
  // For a wait that never ends; a busy machine decides no test.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  // Each test has a folder, a port and a process of its own.
  workers: 2,
  // A test that passes only at its second try passes, and is named by the run's last lines: it is a fault to look into.
  retries: process.env.WIREWATCH_E2E_REPORT === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [
    ['list'],
    ...(process.env.WIREWATCH_E2E_REPORT === undefined
      ? []
      : [['json', { outputFile: process.env.WIREWATCH_E2E_REPORT }] as ['json', { outputFile: string }]]),
  ],
  projects: [
    { name: 'browser shell', use: { shell: 'browser' }, testIgnore: 'electron.spec.ts' },
    // What surrounds the shells, what is between page and engine, and how the page looks, is tested once.
    {
      name: 'desktop shell',
      use: { shell: 'desktop' },
      testIgnore: [
        'accessibility.spec.ts',
        'sizes.spec.ts',
        'start.spec.ts',
        'package.spec.ts',
        'panels.spec.ts',
        'desktopBundles.spec.ts',
        'scripts.spec.ts',
      ],
    },
  ],
  use: {
    noBrowser,
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
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
    // Recording every test slows all of them.
    trace: process.env.WIREWATCH_E2E_REPORT === undefined ? 'retain-on-failure' : 'on-first-retry',
  },
})
