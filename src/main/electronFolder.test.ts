import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { electronFolder } from './electronFolder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})
const noLinks = (): void => {
  throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' })
}

test('Electron’s own files lie with the archive', () => {
  expect(electronFolder(join(folder, 'data'), join(folder, 'config'))).toBe(join(folder, 'data', 'desktop'))
  expect(readdirSync(join(folder, 'data', 'desktop'))).toEqual([])
})

test('where the archive’s file system has no symbolic links, they lie elsewhere, apart for each archive', () => {
  const withoutLinks = (name: string): string =>
    electronFolder(join(folder, name), join(folder, 'config'), 'linux', (path) => {
      if (!path.startsWith(join(folder, 'config'))) noLinks()
      writeFileSync(path, '')
    })
  const [one, two] = ['one', 'two'].map(withoutLinks)
  expect(dirname(String(one))).toBe(join(folder, 'config'))
  expect(existsSync(String(one))).toBe(true)
  expect(two).not.toBe(one)
  expect(withoutLinks('one')).toBe(one)
  expect(readdirSync(String(one))).toEqual([])
})

test('Windows marks its one app by a file, and needs no links', () => {
  expect(electronFolder(join(folder, 'data'), join(folder, 'config'), 'win32', noLinks)).toBe(
    join(folder, 'data', 'desktop'),
  )
})

test('a data folder that cannot be used is a sentence with its reason, not silence', () => {
  expect(() => electronFolder('/dev/null/data', folder)).toThrow(
    /^The data folder \/dev\/null\/data cannot be used: it is no folder\./,
  )
  // Where neither place has links.
  expect(() => electronFolder(join(folder, 'data'), join(folder, 'config'), 'linux', noLinks)).toThrow(
    /neither on the disk of .+data, which has no symbolic links, nor in .+config.+\(operation not permitted\)\./,
  )
})

test('a folder that was made before and is write-protected now is found out, though nothing is to be made in it', () => {
  const made = join(folder, 'data', 'desktop')
  mkdirSync(made, { recursive: true })
  mkdirSync(join(made, `try-${process.pid}`))
  expect(() => electronFolder(join(folder, 'data'), folder)).toThrow(/cannot be used/)
})
