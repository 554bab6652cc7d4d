import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { type ClusteredStory, clusterStories } from './clusterStories.ts'
import { type LineWarning, type Matched, matchQueries } from './matchQueries.ts'
import type { LineProblem } from './storyLines.ts'
import { type TaggedStory, tagStories } from './tagStories.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirewatch-offline-'))
afterAll(() => rmSync(folder, { recursive: true }))
const moment = { now: Date.parse('2025-05-09T18:00:00Z'), timeZone: 'Europe/Brussels' }

function file(name: string, lines: readonly unknown[]): string {
  const path = join(folder, name)
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  return path
}
async function match(queries: readonly unknown[], stories: readonly unknown[]) {
  const problems: LineProblem[] = []
  const matched: Matched[] = []
  const files = { queries: file('q.jsonl', queries), stories: file('s.jsonl.gz', stories) }
  for await (const batch of matchQueries(files, moment, (p) => problems.push(p))) matched.push(...batch)
  return { matched, problems: problems.map(({ file: _, ...rest }) => rest) }
}

test('every story gets its queries, in the order of the queries’ file, ids as they were written', async () => {
  const { matched, problems } = await match(
    [
      { id: 'z', query: 'sanction* AND russia' },
      { id: 10, query: '@china' },
      { id: 9, query: 'source:"Harbour Post" on:2025-05-01' },
      { id: '9', query: 'lang:fr author:"Ada Renfield" -gaz' },
    ],
    [
      { id: 1, title: 'Sanctions on Russia', text: 'Beijing protests' },
      { id: 's2', title: 'Other', source: 'HARBOUR POST', published: '2025-05-01' },
      {
        id: 's3',
        summary: 'Sanctions contre la Russie',
        lang: 'FR-fr',
        author: 'ada renfield',
        published: 1746100000,
      },
      { id: 's4' },
    ],
  )
  expect(problems).toEqual([])
  expect(matched).toEqual([
    { story: 1, queries: ['z', 10] },
    { story: 's2', queries: [9] },
    { story: 's3', queries: ['9'] },
    { story: 's4', queries: [] },
  ])
})

test('a line that cannot be used is reported with the place, and the others are used', async () => {
  const { matched, problems } = await match(
    [
      { id: 'open', query: 'a AND "b' },
      { id: 'nobody', query: '@nobody' },
      { id: 'ok', query: 'port' },
      { id: 'ok', query: 'other' },
      { id: 'none' },
      'not json',
    ],
    [{ title: 'port' }, { id: 1, title: 7 }, { id: 2, title: 'port', published: 'soon' }, ['port']],
  )
  expect(matched).toEqual([{ story: 2, queries: ['ok'] }])
  expect(problems).toEqual([
    { line: 1, id: 'open', message: expect.any(String), at: { start: 6, end: 8 } },
    { line: 2, id: 'nobody', message: expect.stringContaining('nobody'), at: { start: 0, end: 7 } },
    { line: 4, id: 'ok', message: 'The id is that of line 3 already: each query has its own.' },
    { line: 5, id: 'none', message: 'The line has no "query" text.' },
    { line: 6, message: expect.stringMatching(/^This is not JSON: /) },
    { line: 1, message: 'The line has no "id", text or a number.' },
    { line: 2, id: 1, message: '"title" must be text.' },
    {
      line: 3,
      id: 2,
      message: '"published" is no moment that can be read, so the story has no date: "soon".',
    },
    { line: 4, message: 'This is not a JSON object.' },
  ])
})

test('stories are tagged with the built-in themes; evidence slices back to what made the theme', async () => {
  const stories = [
    { id: 'a', title: 'Xi and Putin meet in Moscow', text: 'China and Russia sign a partnership statement.' },
    { id: 'b', lang: 'en', title: 'A warm weekend ahead' },
  ]
  const tagged: TaggedStory[] = []
  for await (const batch of tagStories(file('t.jsonl', stories), moment, () => expect.fail()))
    tagged.push(...batch)
  expect(tagged.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(tagged[1]?.themes).toEqual([])
  const tag = tagged[0]?.themes.find(({ id }) => id === 'russia-china')
  expect(tag?.score).toBeGreaterThan(0.5)
  expect(tag?.score).toBeLessThanOrEqual(1)
  const words = tag?.evidence.map(({ field, start, end }) =>
    stories[0]?.[field as 'title' | 'text']?.slice(start, end),
  )
  expect(words).toEqual(expect.arrayContaining(['Xi and Putin', 'China and Russia']))
})

test('stories of a file are gathered into events; copies name the first with their text; bad lines are reported', async () => {
  const wire =
    'The port of Saltmouth reopened on Tuesday after a nine-day strike by crane drivers that had left forty ships waiting in the roads.'
  const problems: LineProblem[] = []
  const found: ClusteredStory[] = []
  const path = file('c.jsonl', [
    {
      id: 'a',
      lang: 'en',
      title: 'Saltmouth port reopens',
      text: wire,
      source: 'Meridian',
      published: '2025-05-08',
    },
    { id: 7, lang: 'en', title: 'A warm weekend ahead', published: '2025-05-08' },
    'not json',
    { id: 'b', lang: 'en', title: 'Cranes move again', text: wire, source: 'Harbour Post', published: null },
    {
      id: 'c',
      lang: 'en',
      title: 'Cranes in the port',
      text: wire,
      source: 'Other Post',
      published: '2025-05-09',
    },
  ])
  for await (const story of clusterStories(path, moment, (problem) => problems.push(problem)))
    found.push(story)
  expect(problems.map(({ line }) => line)).toEqual([3])
  expect(found.map(({ id, copyOf }) => [id, copyOf])).toEqual([
    ['a', null],
    ['7', null],
    ['b', 'a'],
    ['c', 'a'],
  ])
  const [a, other, b, c] = found.map(({ event }) => event)
  expect([b, c]).toEqual([a, a])
  expect(other).not.toBe(a)
})

test('a query that may not be read as meant runs, and is warned of with its repair', async () => {
  const files = {
    queries: file('warned.jsonl', [
      { id: 'and', query: 'oil and gas' },
      { id: 'lang', query: 'lang:english' },
      { id: 'fine', query: 'oil' },
    ]),
    stories: file('warned-stories.jsonl', [{ id: 1, title: 'Oil and gas' }]),
  }
  const warnings: LineWarning[] = []
  const matched: Matched[] = []
  const never = (): never => expect.unreachable()
  for await (const batch of matchQueries(files, moment, never, (warning) => warnings.push(warning)))
    matched.push(...batch)
  expect(matched).toEqual([{ story: 1, queries: ['and', 'fine'] }])
  expect(warnings.map(({ id, at, repair }) => [id, at, repair])).toEqual([
    ['and', { start: 4, end: 7 }, 'oil AND gas'],
    ['lang', { start: 0, end: 12 }, 'lang:en'],
  ])
})
