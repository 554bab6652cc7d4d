import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquire, holder } from './lock.ts'
import { Problem } from './problem.ts'

let folder: string
let scripts: string
let script: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-lock-'))
  scripts = mkdtempSync(join(tmpdir(), 'wirewatch-lock-script-'))
  // Written once: processes that start at the same time must not read it while another writes it.
  script = join(scripts, 'other.mjs')
  writeFileSync(
    script,
    `import { acquire } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))}
    try {
      acquire(process.argv[2], { shell: 'the desktop app' })
      process.send('held')
    } catch (error) {
      process.send(error.message)
    }
    setInterval(() => undefined, 1000)`,
  )
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
  rmSync(scripts, { recursive: true, force: true })
})

/** Another process that tries to take the folder and prints "held" or why not. */
async function other(dataDir: string): Promise<{ child: ChildProcess; output: string }> {
  const child = fork(script, [dataDir])
  children.push(child)
  const output = await new Promise<string>((resolve, reject) => {
    child.once('message', (line) => resolve(String(line)))
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      reject(new Error(`The other process ended in silence (${code ?? signal}).`)),
    )
  })
  return { child, output }
}

test('a folder has one engine; the second learns who holds it and what to do', async () => {
  const data = join(folder, 'data')
  const lock = acquire(data, { shell: 'the browser shell' })
  const { output } = await other(data)
  expect(output).toBe(
    `The data folder ${data} is in use by the browser shell (process ${process.pid}). ` +
      'Close that one first, or choose another folder with --data-dir.',
  )
  lock.release()
  expect((await other(data)).output).toBe('held')
})

test('the same process cannot take a folder twice', () => {
  const lock = acquire(folder, { shell: 'the browser shell' })
  expect(() => acquire(folder, { shell: 'the command line' })).toThrow(Problem)
  expect(holder(folder)?.shell).toBe('the browser shell')
  lock.release()
  acquire(folder, { shell: 'the command line' }).release()
})

test('of many that start at once, exactly one gets the folder', async () => {
  const outputs = (await Promise.all(Array.from({ length: 4 }, () => other(folder)))).map((one) => one.output)
  expect(outputs.filter((line) => line === 'held')).toHaveLength(1)
  expect(outputs.filter((line) => line.includes('is in use by'))).toHaveLength(3)
})

test('a killed engine leaves the folder free', async () => {
  const { child, output } = await other(folder)
  expect(output).toBe('held')
  expect(holder(folder)).toMatchObject({ pid: child.pid, shell: 'the desktop app' })
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  expect(holder(folder)).toBeUndefined()
  acquire(folder, { shell: 'the browser shell' }).release()
})

test('the command line learns where the engine answers, and nobody else can read it', () => {
  const lock = acquire(folder, { shell: 'the browser shell' })
  lock.update({ address: 'http://127.0.0.1:8123', token: 'secret' })
  expect(holder(folder)).toMatchObject({
    pid: process.pid,
    shell: 'the browser shell',
    address: 'http://127.0.0.1:8123',
    token: 'secret',
  })
  if (process.platform !== 'win32') expect(statSync(join(folder, 'engine.json')).mode & 0o777).toBe(0o600)
  lock.release()
  expect(holder(folder)).toBeUndefined()
  expect(existsSync(join(folder, 'engine.json'))).toBe(false)
})

test('asking who holds a folder neither creates nor disturbs anything', () => {
  expect(holder(join(folder, 'nothing'))).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
  const lock = acquire(folder, { shell: 'the browser shell' })
  for (let i = 0; i < 50; i++) expect(holder(folder)?.pid).toBe(process.pid)
  expect(readdirSync(folder).sort()).toEqual(['engine.json', 'engine.lock'])
  expect(() => acquire(folder, { shell: 'the command line' })).toThrow('is in use')
  lock.release()
})

test('a damaged note of the holder does not hide that the folder is held', () => {
  const lock = acquire(folder, { shell: 'the browser shell' })
  writeFileSync(join(folder, 'engine.json'), '{"pid":')
  expect(holder(folder)?.pid).toBe(0)
  expect(() => acquire(folder, { shell: 'the command line' })).toThrow('in use by another Wirewatch')
  lock.release()
})

test('a folder that cannot be written is a plain sentence, and is left as it was', () => {
  const file = join(folder, 'a file')
  writeFileSync(file, '')
  expect(() => acquire(join(file, 'data'), { shell: 'the browser shell' })).toThrow(
    /^The data folder .*a file\/data cannot be used: it is no folder\. Move away the file of that name, or choose another/,
  )
  // The note of the holder cannot be written: the lock is not kept either.
  mkdirSync(join(folder, 'engine.json'))
  expect(() => acquire(folder, { shell: 'the browser shell' })).toThrow(
    /cannot be used: a folder lies where Wirewatch keeps its file engine\.json\. Remove that folder, or/,
  )
  expect(holder(folder)).toBeUndefined()
})

test.runIf(process.platform === 'linux')(
  'a folder that the system never makes is refused, and not tried forever',
  () => {
    for (const place of ['/proc/self/data', '/proc/self/one/two'])
      expect(() => acquire(place, { shell: 'the browser shell' })).toThrow(
        `The data folder ${place} cannot be used: `,
      )
  },
)

test('a folder that cannot be used: each reason has its sentence', () => {
  const root = mkdtempSync(join(tmpdir(), 'wirewatch-lock-'))
  try {
    writeFileSync(join(root, 'file'), '')
    expect(() => acquire(join(root, 'file'), { shell: 'the command line' })).toThrow(
      /is no folder\. Move away/,
    )
    expect(() => acquire(join(root, 'x'.repeat(300)), { shell: 'the command line' })).toThrow(/too long/)
    writeFileSync(join(root, 'engine.lock'), 'hello '.repeat(100))
    const lock = join(root, 'engine.lock')
    const told = new RegExp(`its lock is not what Wirewatch keeps there\\. Remove the file ${lock}`)
    expect(() => acquire(root, { shell: 'the command line' })).toThrow(told)
    expect(() => holder(root)).toThrow(told)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
