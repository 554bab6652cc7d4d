import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFeed } from '../feeds/read/parse.ts'
import { atomOf, ENTRIES_MOST } from './atom.ts'

const START = Date.UTC(2026, 10, 29)
const entry = (title: string, link: string, at: number) => ({
  id: `msg_${at}`,
  at,
  words: '',
  content: 'link' as const,
  isTest: false,
  notice: {
    alert: 'Ships',
    trigger: 'each',
    priority: 3,
    event: null,
    hits: [{ story: 1, title, link, source: 'Harbour Post', published: null, evidence: [] }],
    more: 2,
  },
})
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<script>',
        ']]>',
        '&amp;',
        '&',
        '"',
        "'",
        '</title>',
        '\u0000',
        '\ufffe',
        '\ud800',
        '<!--',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

test('a file is an Atom feed whatever titles hold, with an entry a notice', () => {
  fc.assert(
    fc.property(hostile, fc.array(hostile, { maxLength: 5 }), (name, titles) => {
      const entries = titles.map((title, i) =>
        entry(title, 'https://post.example/?a=1&b="2"', START + 1000 * i),
      )
      const text = atomOf({ alert: { id: 3, name }, archive: 'a1', entries })
      const { format, items, warnings } = readFeed(Buffer.from(text), { contentType: '', base: '' })
      expect([format, warnings]).toEqual(['atom', titles.length === 0 ? expect.anything() : []])
      expect(items.map(({ id, link, published }) => [id, link, published])).toEqual(
        entries.map(({ id, at }) => [`urn:wirewatch:a1:${id}`, 'https://post.example/?a=1&b=%222%22', at]),
      )
      expect(text).not.toMatch(/<script/i)
    }),
  )
})

test('a title comes back as it was, and the content as a list with its link', () => {
  const text = atomOf({
    alert: { id: 3, name: 'Ships & ports' },
    archive: 'a1',
    entries: [entry('Fish & “chips”', 'https://post.example/1', START)],
  })
  const feed = readFeed(Buffer.from(text), { contentType: '', base: '' })
  expect(feed.title).toBe('Ships & ports')
  expect(feed.items[0]).toMatchObject({
    title: 'Fish & “chips” — Harbour Post',
    link: 'https://post.example/1',
    html: '<ul><li><a href="https://post.example/1">Fish &amp; “chips” — Harbour Post</a></li></ul><p>and 2 more</p>',
  })
})

test('the newest entries alone are kept', () => {
  const entries = Array.from({ length: ENTRIES_MOST + 7 }, (_, i) => entry('A', '', START + i))
  const text = atomOf({ alert: { id: 3, name: 'Ships' }, archive: 'a1', entries })
  expect(readFeed(Buffer.from(text), { contentType: '', base: '' }).items).toHaveLength(ENTRIES_MOST)
})
