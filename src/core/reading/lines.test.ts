import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { type Line, readLines } from './lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirewatch-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function read(bytes: string | Uint8Array, longest?: number): Promise<Line[]> {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  const lines: Line[] = []
  for await (const batch of readLines(path, longest === undefined ? {} : { longest })) lines.push(...batch)
  return lines
}
const good = (line: number, text: string): Line => ({ line, text, damaged: false })

test('lines are numbered, empty ones left out, a mark at the start and carriage returns taken off', async () => {
  expect(await read('\ufeffone\r\n\n  \nфour\nfive')).toEqual([
    good(1, 'one'),
    good(4, 'фour'),
    good(5, 'five'),
  ])
  expect(await read('')).toEqual([])
})

test('gzip is known by its first bytes, whatever the name; several members are one file', async () => {
  const big = Array.from({ length: 100_000 }, (_, n) => `line ${n + 1}`)
  const bytes = Buffer.concat([
    gzipSync(big.slice(0, 60_000).join('\n')),
    gzipSync(`\n${big.slice(60_000).join('\n')}`),
  ])
  const lines = await read(bytes)
  expect(lines.length).toBe(100_000)
  expect(lines[99_999]).toEqual(good(100_000, 'line 100000'))
})

test('where compressed data breaks off, the lines before it are there, and the break is reported', async () => {
  const whole = gzipSync(Array.from({ length: 200_000 }, (_, n) => String(n * 7919)).join('\n'))
  const lines = await read(whole.subarray(0, whole.length / 2))
  const last = lines.pop()
  expect(lines.length).toBeGreaterThan(80_000)
  expect(lines.every((line, n) => 'text' in line && line.text === String(n * 7919))).toBe(true)
  expect(last).toEqual({
    line: lines.length + 1,
    error: expect.stringContaining('breaks off after this place'),
  })
})

test('a gzip file of nothing but line ends is read to an end, with turns for others between', async () => {
  const path = join(folder, 'bomb.gz')
  const empty = Buffer.alloc(1_000_000, 10)
  writeFileSync(path, gzipSync(Buffer.concat([Buffer.from('one\n'), empty, Buffer.from('two\n'), empty])))
  const lines: Line[] = []
  let turns = 0
  let isOver = false
  const counting = (async () => {
    for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve))
  })()
  for await (const batch of readLines(path, { mostEmpty: 900_000 })) lines.push(...batch)
  isOver = true
  await counting
  expect(lines).toEqual([
    good(1, 'one'),
    { line: 2, error: 'From here on there are 900000 empty lines; what may follow was not read.' },
  ])
  expect(turns).toBeGreaterThan(10)
  expect(
    (await read(gzipSync(Buffer.concat([Buffer.from('one\n'), empty, Buffer.from('two\n')])))).slice(1),
  ).toEqual([good(1_000_002, 'two')])
})

test('a line that is too long is reported, and the next ones are read', async () => {
  const lines = await read(`short\n${'x'.repeat(3_000_000)}\nafter`, 1024 * 1024)
  expect(lines).toEqual([
    good(1, 'short'),
    { line: 2, error: 'The line is longer than 1 MiB.' },
    good(3, 'after'),
  ])
})

test('bytes that are not UTF-8 are marked, a replacement character that was written is not', async () => {
  const lines = await read(Buffer.concat([Buffer.from('caf\ufffd\ncaf'), Buffer.from([0xe9])]))
  expect(lines).toEqual([good(1, 'caf\ufffd'), { line: 2, text: 'caf\ufffd', damaged: true }])
})

test('a missing file and a folder are plain sentences', async () => {
  const reading = (path: string) => readLines(path).next()
  await expect(reading(join(folder, 'none'))).rejects.toThrow(`There is no file ${join(folder, 'none')}.`)
  await expect(reading(folder)).rejects.toThrow(`${folder} is a folder, not a file.`)
})
