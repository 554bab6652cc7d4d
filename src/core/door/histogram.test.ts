import fc from 'fast-check'
import { expect } from 'vitest'
import { countBetween } from '../countBetween.ts'
import { type Desk, type Item, test, URL_A, URL_B } from '../fixtures/desk.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import { datesOf, setDates } from '../query/language/language.ts'

const QUERIES = ['', 'gas', 'gas OR oil', 'theme:russia-china', '-lang:zz "gas deal"']

/** The number of each stretch of a histogram's days is that of the lines of the list that it opens. */
async function barsOpenWhatTheyCount({ wirewatch }: Desk): Promise<void> {
  for (const query of QUERIES)
    for (const unit of ['events', 'stories'] as const) {
      const { days } = await wirewatch.stories.histogramInSlices({ query, events: unit === 'events' })
      for (const [first, { day: from }] of days.entries())
        for (const [last, { day: to }] of [...days.entries()].slice(first)) {
          const opened = setDates(query, datesOf(from, to))
          const { rows } = wirewatch.stories.list({ query: opened, limit: 500 })
          const lines = unit === 'events' ? new Set(rows.map(({ event }) => event?.id)).size : rows.length
          expect(countBetween(days, first, last), `${unit} of ${opened}`).toBe(lines)
        }
    }
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('feed' as const),
      url: fc.constantFrom(URL_A, URL_B),
      id: fc.constantFrom('1', '2', '3', '4', '5'),
      title: fc.constantFrom(
        'Russia and China sign gas deal in Saltmouth',
        'Saltmouth gas deal: Russia, China sign',
        'EU sanctions on Russian oil',
        'Xi Jinping calls Trump over tariffs',
      ),
      published: fc.constantFrom(
        'Thu, 08 May 2025 21:59:00 GMT',
        'Thu, 08 May 2025 22:01:00 GMT',
        'Wed, 07 May 2025 10:00:00 GMT',
        'Mon, 05 May 2025 10:00:00 GMT',
      ),
    }),
  },
  fc.record({ do: fc.constantFrom('merge', 'take out', 'theme', 'keep', 'remove', 'reopen') }),
)

test('a bar counts what it opens, after merges, deletes, retention and re-tags', async ({ desk }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      await desk.startOver()
      desk.feeds.clear()
      const items = new Map<string, Map<string, Item>>()
      for (const one of steps) {
        const { wirewatch } = desk
        const { rows } = wirewatch.stories.list({ query: '', limit: 9 })
        const [newest, oldest] = [rows[0]?.event, rows.at(-1)?.event]
        if (one.do === 'feed') {
          const mine = items.get(one.url) ?? new Map<string, Item>()
          items.set(one.url, mine.set(one.id, one))
          desk.feeds.set(one.url, [...mine.values()])
          if (wirewatch.sources.list().some(({ url }) => url === one.url)) await desk.refresh()
          else await wirewatch.sources.add({ url: one.url })
        } else if (one.do === 'merge') {
          if (newest && oldest && newest.id !== oldest.id) wirewatch.events.merge(newest.id, oldest.id)
        } else if (one.do === 'take out') {
          if (newest && newest.stories > 1) wirewatch.events.takeOut(rows[0]?.id ?? 0)
        } else if (one.do === 'theme') {
          wirewatch.themes.save({ ...themeDraft(wirewatch, 'russia-china'), query: 'tariffs', threshold: 0 })
          await desk.idle()
        } else if (one.do === 'keep') {
          wirewatch.app.saveSettings({ keepStories: 3 })
          await desk.idle()
        } else if (one.do === 'remove') {
          const [source] = wirewatch.sources.list()
          if (source === undefined) continue
          await wirewatch.sources.remove(source.id)
          items.delete(source.url)
        } else await desk.reopen()
      }
      await desk.wirewatch.eventsGathered()
      await barsOpenWhatTheyCount(desk)
    }),
    { numRuns: 4 },
  )
}, 600_000)
