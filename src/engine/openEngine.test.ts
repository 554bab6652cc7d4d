import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { holder } from '../core/lock.ts'
import { openEngine } from './openEngine.ts'

test('who asks it to close while it closes waits until the archive is closed and the folder free', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-engine-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const engine = await openEngine({
    dataDir,
    sample: false,
    shell: 'the desktop app',
    page: () => false,
    port: 0,
    log: () => undefined,
  })
  const closing = engine.close()
  expect(engine.close()).toBe(closing)
  await closing
  expect(holder(dataDir)).toBeUndefined()
  expect(existsSync(join(dataDir, 'wirewatch.sqlite-wal'))).toBe(false)
})
