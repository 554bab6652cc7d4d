import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { type ArchiveLine, type ArchiveOptions, readArchive } from './archiveFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirewatch-archive-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = Date.parse('2025-06-01T00:00:00Z')

async function read(
  lines: readonly unknown[],
  options: Partial<ArchiveOptions> = {},
  name = 'old papers.jsonl',
): Promise<ArchiveLine[]> {
  const path = join(folder, name)
  const bytes = Buffer.from(
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes)
  const read: ArchiveLine[] = []
  for await (const line of readArchive(path, { now, timeZone: 'UTC', ...options })) read.push(line)
  return read
}
const one = async (line: unknown, options: Partial<ArchiveOptions> = {}) => {
  const [read_] = await read([line], options)
  if (read_ === undefined || 'error' in read_) throw new Error(read_?.error ?? 'nothing')
  return read_
}

test('a line with everything becomes a story of the source it keys', async () => {
  const { source, draft, line, note } = await one({
    id: 'a1',
    url: 'https://harbour.example/a1',
    title: 'Port reopens',
    summary: 'After nine days.',
    text: 'The port of Saltmouth reopened on Tuesday.',
    lang: 'EN',
    source: 'Harbour Post',
    author: 'Ada Renfield',
    published: '2025-05-06T10:30:00+02:00',
  })
  expect({ source, line, note }).toEqual({ source: 'Harbour Post', line: 1, note: '' })
  expect(draft).toMatchObject({
    url: 'https://harbour.example/a1',
    title: 'Port reopens',
    summary: 'After nine days.',
    text: 'The port of Saltmouth reopened on Tuesday.',
    lang: 'en',
    author: 'Ada Renfield',
    published: Date.parse('2025-05-06T08:30:00Z'),
    publishedStated: null,
  })
})

test('text and a date are enough; the source is then named after the file', async () => {
  const lines = await read([{ text: 'The port reopened.', date: '2025-05-06' }], { timeZone: 'Asia/Tokyo' })
  expect(lines).toMatchObject([
    {
      source: 'old papers',
      draft: { title: '', text: 'The port reopened.', published: Date.parse('2025-05-05T15:00Z') },
    },
  ])
  const [gz] = await read([{ text: 'The port reopened.', date: '2025-05-06' }], {}, 'papers.jsonl.gz')
  expect(gz).toMatchObject({ source: 'papers' })
})

test('text is plain text: what looks like markup stays as it is', async () => {
  const { draft } = await one({
    title: 'Is a < b & c?',
    text: 'He wrote <b>this</b> &amp; that.',
    date: '2025-05-06',
  })
  expect(draft).toMatchObject({ title: 'Is a < b & c?', text: 'He wrote <b>this</b> &amp; that.', html: '' })
})

test('a story keeps its identity when the archive comes again, and two texts on one day are two stories', async () => {
  const lines = [
    { text: 'The port reopened.', date: '2025-05-06' },
    { text: 'The strike ended.', date: '2025-05-06' },
    { id: 7, text: 'The strike ended.', date: '2025-05-06' },
    { id: '7', text: 'The strike ended, changed.', date: '2025-05-07' },
  ]
  const identities = async () =>
    (await read(lines)).map((line) => ('draft' in line ? line.draft.identity : line.error))
  const [first, second, third, fourth] = await identities()
  expect(await identities()).toEqual([first, second, third, fourth])
  expect(new Set([first, second, third]).size).toBe(3)
  expect(third).toBe(fourth)
})

test('a story from the future counts as published now, and keeps what it stated', async () => {
  const { draft } = await one({ text: 'Tomorrow.', date: '2025-07-01' })
  expect(draft).toMatchObject({ published: now, publishedStated: Date.parse('2025-07-01T00:00:00Z') })
})

test('each line that is no story is reported with its number and the reason', async () => {
  const lines = await read([
    '{"text": "cut off',
    '[1]',
    { title: 'Only a title', date: '2025-05-06' },
    { text: '  ', date: '2025-05-06' },
    { text: 'No date.' },
    { text: 'Bad date.', published: 'last Tuesday' },
    { text: 12, date: '2025-05-06' },
    { text: 'Good.', date: '2025-05-06', url: null, extra: { ignored: true } },
  ])
  expect(lines.map((line) => ('error' in line ? `${line.line}: ${line.error}` : line.line))).toEqual([
    expect.stringMatching(/^1: This is not JSON: /),
    '2: This is not a JSON object: an archive holds one story, {"text": …}, on each line.',
    '3: The story has no "text".',
    '4: The story is empty: no title, summary or text.',
    '5: The story says neither "published" nor "date".',
    '6: "published" is no moment that can be read: "last Tuesday". Write ISO 8601 or an epoch.',
    '7: "text" must be text.',
    8,
  ])
})

test('fields of a line are kept to the lengths of those of feeds, with a note', async () => {
  const { draft, note, source } = await one({
    title: 'a'.repeat(3000),
    text: 'b '.repeat(200_000),
    id: 'c'.repeat(5000),
    url: `https://harbour.example/${'d'.repeat(9000)}`,
    source: 'e'.repeat(900),
    published: '2025-05-01',
  })
  expect([draft.title.length, draft.text.length, draft.url, source.length]).toEqual([1000, 200_000, '', 500])
  expect(draft.identity.length).toBeLessThan(200)
  expect(note).toContain('The title has 3000 characters; the first 1000 were kept.')
  expect(note).toContain('The text has 399999 characters')
})
