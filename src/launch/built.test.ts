import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isFresh } from './built.ts'

let project: string
const stamp = (seconds: number, ...names: string[]): void => {
  for (const name of names) utimesSync(join(project, name), seconds, seconds)
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'wirewatch-built-'))
  mkdirSync(join(project, 'src', 'renderer'), { recursive: true })
  mkdirSync(join(project, 'out', 'renderer'), { recursive: true })
  for (const name of [
    'src/a.ts',
    'src/renderer/page.tsx',
    'src/a.test.ts',
    'package.json',
    'out/renderer/index.html',
  ])
    writeFileSync(join(project, name), '')
  stamp(1000, 'src/a.ts', 'src/renderer/page.tsx', 'src/a.test.ts', 'package.json', 'src/renderer', 'src')
  stamp(2000, 'out/renderer/index.html')
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

test('a build newer than all sources is used as it is', () => {
  expect(isFresh(project)).toBe(true)
  stamp(3000, 'src/a.test.ts')
  expect(isFresh(project)).toBe(true)
})

test('an edited file, a removed one, another package.json, or no build ask for a new one', () => {
  stamp(3000, 'src/renderer/page.tsx')
  expect(isFresh(project)).toBe(false)
  stamp(1000, 'src/renderer/page.tsx')
  stamp(3000, 'package.json')
  expect(isFresh(project)).toBe(false)
  stamp(1000, 'package.json')
  rmSync(join(project, 'src', 'renderer', 'page.tsx'))
  expect(isFresh(project)).toBe(false)
  stamp(1000, 'src/renderer')
  expect(isFresh(project)).toBe(true)
  rmSync(join(project, 'out'), { recursive: true })
  expect(isFresh(project)).toBe(false)
})
