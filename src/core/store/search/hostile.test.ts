import { expect, test } from 'vitest'
import { HOSTILE_QUERIES, repeatedTexts } from '../../query/fixtures/hostile.ts'
import { parseQuery } from '../../query/language/parse.ts'
import { printQuery } from '../../query/language/print.ts'
import { emptyArchive, fill, type Kept, listed, searchOf, streamed } from '../fixtures/agreement.ts'

/** Stories of repeated words. */
function repeated(words: number): Kept[] {
  return repeatedTexts(words).map((text, i) => ({
    subject: {
      title: text.slice(0, 60),
      summary: '',
      text,
      url: '',
      author: '',
      lang: '',
      published: Date.UTC(2025, 4, 1 + i),
      fetched: Date.UTC(2025, 4, 1 + i),
      copy: false,
      read: i === 1,
      starred: false,
      note: false,
      themes: new Set(),
      alerts: new Set(),
    },
    source: 1,
    themes: [],
    alerts: [],
  }))
}

test.each(Object.entries(HOSTILE_QUERIES))('both back-ends run %s, of any length', (_name, make) => {
  const db = emptyArchive()
  for (const [n, words] of [
    [3, 30],
    [40, 90],
    [300, 120],
    [1900, 30],
  ] as const) {
    const text = make(n)
    if (text.length > 65_536) continue
    const { query } = parseQuery(text, { use: 'search' })
    expect(printQuery(parseQuery(printQuery(query), { use: 'search' }).query)).toBe(printQuery(query))
    const stories = repeated(words)
    const docids = fill(db, stories)
    const [expected] = streamed([query], stories, docids, true)
    expect(streamed([query], stories, docids, false)).toEqual([expected])
    for (const search of [searchOf(db), searchOf(db, 'always'), searchOf(db, 'never')]) {
      expect(listed(search, query, 2), `${n}`).toEqual(expected)
      expect(search.count(query)).toEqual({ stories: expected?.length, exact: true })
      expect([...search.histogram(query).values()].reduce((sum, one) => sum + one, 0)).toBe(expected?.length)
    }
  }
  db.close()
})
