import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDatabase } from '../../store/open.ts'
import { queries } from '../fixtures/generate.ts'
import { parseQuery, parseTerm } from '../language/parse.ts'
import { printQuery } from '../language/print.ts'
import { createMatcher } from '../match/matcher.ts'
import type { ConceptBook, Subject } from '../match/subject.ts'
import { tokenise } from '../match/tokenise.ts'
import { indexEntry } from './indexEntry.ts'
import { toFts } from './toFts.ts'

const concepts: ConceptBook = new Map([
  [
    'oil',
    {
      name: 'oil',
      forms: ['oil', '"crude ga*"', 'neft*'].map(parseTerm),
      except: ['"oil paint"'].map(parseTerm),
    },
  ],
])
const context = { concepts, sources: (_f: string, value: string) => (value === 'EU' ? [1, 2] : []) }
const word = fc.constantFrom('oil', 'gas', 'paint', 'crude', 'neft', 'нефть', '普', 'US', 'us', 'é')
const field = fc.array(word, { maxLength: 6 }).map((list) => list.join(' '))
const subject: fc.Arbitrary<Subject> = fc
  .record({
    title: field,
    summary: field,
    text: field,
    lang: fc.constantFrom('zh-cn', 'ru'),
    eu: fc.boolean(),
  })
  .map(({ eu, ...s }) => ({ ...s, published: null, source: { title: 'x', bloc: eu ? 'EU' : 'US' } }))
const filters = ['lang:zh', 'bloc:EU', 'bloc:RU', 'is:copy'].map(
  (q) => parseQuery(q, { use: 'search' }).query,
)
const vocabulary = {
  words: ['oil', 'gas', 'paint', 'neft', '普', 'us', 'e'],
  exact: ['US', 'é'],
  concepts: ['oil'],
  filters,
}

test('full text finds every story that matches, and no other where it is exact', () => {
  const db = openDatabase(':memory:')
  const insert = db.prepare(
    'INSERT INTO story_words (rowid, title, summary, text, facets, spelling) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const clear = db.prepare('DELETE FROM story_words')
  const find = db.prepare('SELECT rowid FROM story_words WHERE story_words MATCH ? ORDER BY rowid').pluck()
  let narrowed = 0
  fc.assert(
    fc.property(
      fc.array(subject, { minLength: 1, maxLength: 8 }),
      fc.array(queries(vocabulary, 3), { minLength: 1, maxLength: 8 }),
      (stories, asked) => {
        clear.run()
        stories.forEach((s, i) => {
          const e = indexEntry(s, s.source?.bloc === 'EU' ? 1 : 3)
          insert.run(i + 1, e.title, e.summary, e.text, e.keywords, e.spelling)
        })
        for (const query of asked) {
          const matcher = createMatcher({ concepts, timeZone: 'UTC' })
          matcher.set('q', query)
          const expected = stories.flatMap((s, i) =>
            matcher.match(tokenise(s), 0).length > 0 ? [i + 1] : [],
          )
          const { match, exact } = toFts(query, context)
          if (match === null) continue
          narrowed++
          const found = find.all(match)
          if (exact) expect(found, printQuery(query)).toEqual(expected)
          else expect(found, printQuery(query)).toEqual(expect.arrayContaining(expected))
        }
      },
    ),
    { numRuns: 300 },
  )
  db.close()
  expect(narrowed).toBeGreaterThan(300)
})
