import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const posix = process.platform === 'win32' ? test.skip : test

posix('the desktop app is driven with its sandbox, since it does not open without', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-driven-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const program = join(folder, 'electron')
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\n`, { mode: 0o755 })
  // A script is no Electron: it ends at once, which Playwright says in rejections that nobody hears, too.
  const run = `
    import { launchDesktop } from ${JSON.stringify(new URL('shell.ts', import.meta.url).href)}
    process.on('unhandledRejection', () => undefined)
    await launchDesktop(${JSON.stringify(program)}, '/press').catch(() => process.exit(7))`
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', run]).status).toBe(7)
  const args = readFileSync(join(folder, 'args'), 'utf8').trim().split('\n')
  expect(args).toContain('--data-dir=/press')
  expect(args).not.toContain('--no-sandbox')
})
