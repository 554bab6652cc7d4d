import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queries } from '../../query/fixtures/generate.ts'
import { parseQuery } from '../../query/language/parse.ts'
import { printQuery } from '../../query/language/print.ts'
import { emptyArchive, fill, searchContext, story, streamed, vocabulary } from '../fixtures/agreement.ts'
import { createArchiveScan, type ScanStep } from './archiveScan.ts'

const parse = (text: string) => parseQuery(text, { use: 'search' }).query

function all(steps: Iterable<ScanStep | null>): { docids: number[]; last: ScanStep | undefined } {
  const scanned = [...steps].filter((step) => step !== null)
  return { docids: scanned.flatMap(({ docids }) => docids), last: scanned.at(-1) }
}

test('a scan comes to every story that matches, newest first, in stretches of any size', () => {
  const db = emptyArchive()
  const scans = [0, 1].map((storiesPerTerm) => createArchiveScan(db, () => searchContext(db), storiesPerTerm))
  fc.assert(
    fc.property(
      fc.array(story, { minLength: 1, maxLength: 12 }),
      fc.array(queries(vocabulary, 3), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 13 }),
      (stories, asked, first) => {
        const docids = fill(db, stories)
        const found = streamed(asked, stories, docids, true)
        for (const scan of scans) {
          for (const [i, query] of asked.entries()) {
            const scanned = all(scan.over([query], [], { first, longest: 40 }))
            expect(scanned.docids, printQuery(query)).toEqual(expect.arrayContaining(found[i] as number[]))
            expect(scanned.docids).toEqual([...new Set(scanned.docids)].sort((a, b) => b - a))
            expect(scanned.last).toMatchObject({ passed: stories.length, from: 0 })
          }
          expect(all(scan.over(asked, [], { first, longest: 4 })).docids).toEqual(
            expect.arrayContaining(found.flat()),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
  db.close()
})

test('a scan leaves out what cannot match, but not what has a tag', () => {
  const db = emptyArchive()
  const kept = (title: string, themes: readonly string[]) => ({
    subject: { title, summary: '', text: '', url: '', author: '', lang: '', published: 0, fetched: 0 },
    source: 1,
    themes,
    alerts: [],
  })
  const docids = fill(db, [
    kept('Oils and gas', []),
    kept('Oil paint', []),
    kept('Gas alone', ['war']),
    kept('Crude gases', []),
    kept('Paint', ['energy']),
  ])
  const scan = createArchiveScan(db, () => searchContext(db), 0)
  const over = (text: string, tagged: readonly number[]): number[] =>
    all(scan.over([parse(text)], tagged))
      .docids.map((docid) => docids.indexOf(docid))
      .sort()
  expect(over('oil* NEAR/3 gas*', [])).toEqual([0])
  expect(over('title:(@oil paint)', [])).toEqual([1])
  expect(over('@oil OR @gas', [])).toEqual([0, 1, 2, 3])
  expect(over('oil* gas*', [2])).toEqual([0, 2])
  expect(over('-oil', [])).toEqual([0, 1, 2, 3, 4])
  expect(all(scan.over([], [1])).docids).toEqual([docids[4]])
  db.close()
})
