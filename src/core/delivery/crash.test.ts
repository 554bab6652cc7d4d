import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../store/open.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-notices-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs an engine (fixtures/tell.ts) until it ends, or is killed at its first line where `kill` says so. */
function run(goal: 'commit' | 'call' | 'tell', { kill }: { kill: boolean }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const program = join(import.meta.dirname, '..', 'fixtures', 'tell.ts')
    const child = spawn(process.execPath, [program, folder, goal], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.stdout.on('data', (chunk) => {
      out += chunk
      if (kill) child.kill('SIGKILL')
    })
    child.on('exit', (code, signal) => {
      if (kill ? signal === 'SIGKILL' : code === 0) resolve(out.split('\n').filter((line) => line !== ''))
      else reject(new Error(errors))
    })
  })
}

/** How many notices there are, how many wait, and the deliveries. */
function kept(): unknown {
  const db = openDatabase(folder)
  const count = (table: string): unknown => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  const all = [
    count('notice'),
    count('outbox'),
    db.prepare('SELECT attempt, status FROM delivery').raw().all(),
  ]
  db.close()
  return all
}

test('a kill after the commit, or between the call and its record, loses no notice and doubles none', async () => {
  expect(await run('commit', { kill: true })).toEqual(['committed'])
  expect(kept()).toEqual([1, 1, []])
  const [told] = await run('call', { kill: true })
  expect(told).toMatch(/^told \d+$/)
  expect(kept()).toEqual([1, 1, []])
  expect(await run('tell', { kill: false })).toEqual([told])
  expect(kept()).toEqual([1, 0, [[1, 'delivered']]])
  expect(await run('tell', { kill: false })).toEqual([])
  expect(kept()).toEqual([1, 0, [[1, 'delivered']]])
})
