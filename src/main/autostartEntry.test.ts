import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { autostartEntry } from './autostartEntry.ts'

const PROGRAM = '/opt/Wire "watch"/100% `$HOME`\\wirewatch'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'wirewatch autostart '))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return join(made, 'autostart')
}

test('an entry is off, switched on, and gone without a trace when it is switched off', () => {
  const place = folder()
  const entry = autostartEntry(place, ['/opt/Wirewatch/wirewatch', '--hidden'])
  expect(entry.read()).toBe(false)
  entry.set(false)
  expect(existsSync(place)).toBe(false)
  entry.set(true)
  expect(entry.read()).toBe(true)
  expect(readdirSync(place)).toEqual(['wirewatch.desktop'])
  expect(readFileSync(join(place, 'wirewatch.desktop'), 'utf8')).toContain(
    '\nExec="/opt/Wirewatch/wirewatch" "--hidden"\nTryExec=/opt/Wirewatch/wirewatch\n',
  )
  entry.set(false)
  expect(entry.read()).toBe(false)
  expect(readdirSync(place)).toEqual([])
})

test('an entry counts as off where it runs another command, or a desktop has switched it off', () => {
  const place = folder()
  const entry = autostartEntry(place, ['/opt/wirewatch', '--hidden'])
  autostartEntry(place, ['/opt/wirewatch', '--data-dir=/press', '--hidden']).set(true)
  expect(entry.read()).toBe(false)
  entry.set(true)
  expect(entry.read()).toBe(true)
  const file = join(place, 'wirewatch.desktop')
  const written = readFileSync(file, 'utf8')
  for (const off of [
    `${written}Hidden=true\n`,
    written.replace('Autostart-enabled=true', 'Autostart-enabled=false'),
  ]) {
    writeFileSync(file, off)
    expect(entry.read()).toBe(false)
  }
  entry.set(true)
  expect(entry.read()).toBe(true)
})

test('an entry of the person’s own stays as it is', () => {
  const place = folder()
  const entry = autostartEntry(place, ['/opt/wirewatch'])
  entry.set(true)
  const file = join(place, 'wirewatch.desktop')
  writeFileSync(file, '[Desktop Entry]\nExec=wirewatch --sample\n')
  expect(entry.read()).toBe(false)
  expect(() => entry.set(true)).toThrow(`${file} is there already and was not written by Wirewatch`)
  entry.set(false)
  expect(readFileSync(file, 'utf8')).toBe('[Desktop Entry]\nExec=wirewatch --sample\n')
})

test('a folder that cannot be written is a sentence', () => {
  const place = folder()
  writeFileSync(place, 'a file in its place')
  const entry = autostartEntry(place, ['/opt/wirewatch'])
  expect(() => entry.set(true)).toThrow(/^The entry .*wirewatch\.desktop cannot be (read|changed): /)
})

test('a program with every character that an entry gives a meaning comes out as it is', () => {
  const place = folder()
  autostartEntry(place, [PROGRAM, '--data-dir=/a b/"c"', '--hidden']).set(true)
  const [, value = ''] = /^Exec=(.*)$/m.exec(readFileSync(join(place, 'wirewatch.desktop'), 'utf8')) ?? []
  expect(commandOf(value)).toEqual([PROGRAM, '--data-dir=/a b/"c"', '--hidden'])
})

/** Reads a command as the specification has it: the value's own escapes, the quotes, then the field codes. */
function commandOf(value: string): string[] {
  const plain = value.replace(/\\(.)/g, '$1')
  return [...plain.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, part = '']) =>
    part.replace(/\\(.)/g, '$1').replaceAll('%%', '%'),
  )
}
