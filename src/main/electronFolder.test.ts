import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { electronFolder } from './electronFolder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

test('Electron’s own files lie with the archive', () => {
  expect(electronFolder(join(folder, 'data'), join(folder, 'config'))).toBe(join(folder, 'data', 'desktop'))
  expect(readdirSync(join(folder, 'data', 'desktop'))).toEqual([])
})

test('where the archive’s file system has no symbolic links, they lie elsewhere, apart for each archive', () => {
  const noLinks = (): boolean => false
  const [one, two] = ['one', 'two'].map((name) =>
    electronFolder(join(folder, name), join(folder, 'config'), noLinks),
  )
  expect(dirname(String(one))).toBe(join(folder, 'config'))
  expect(existsSync(String(one))).toBe(true)
  expect(two).not.toBe(one)
  expect(electronFolder(join(folder, 'one'), join(folder, 'config'), noLinks)).toBe(one)
})

test('a data folder that cannot be made is an error, not silence', () => {
  expect(() => electronFolder('/dev/null/data', folder)).toThrow(/ENOTDIR|EEXIST/)
})
