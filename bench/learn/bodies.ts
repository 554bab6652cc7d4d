/**
 * Reports with long bodies, made of the shared archive: an item's sentences are dealt to two reports, and each goes on with
 * background, first sentences of earlier items under the same heading. So two reports of one theme share much of their bodies,
 * whether they are on one happening or on two, and only what stands first tells. Items of one sentence make one report: near misses.
 */
import { picker, seeded } from '../../src/core/fixtures/random.ts'
import { sharedItems } from '../../src/core/fixtures/sharedArchive.ts'
import type { EventItem, EventSet, Part } from './eventSets.ts'

/** Months that are learnt from, and one of other years that is reported on. */
const MONTHS: readonly (readonly [month: string, part: Part])[] = [
  ['2019-03', 'learn'],
  ['2019-04', 'learn'],
  ['2023-03', 'report'],
]
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Background is no older than this, in days, and needs so many items. */
const OLD = 120
const BACKGROUND = 3
const MOST_BACKGROUND = 7
/** Characters that the second report must have of its own. */
const OWN = 60

/** It counts little beside news as it came: see bench/learn/events.ts. */
export function bodiesSet(): EventSet {
  const random = seeded(5)
  const pick = picker(random)
  const earlier = new Map<string, { readonly at: number; readonly first: string }[]>()
  const items: EventItem[] = []
  for (const [n, { date, headings, text }] of sharedItems().entries()) {
    const heading = headings[0]
    if (heading === undefined) continue
    const at = Date.parse(date)
    const sentences = text.split(/(?<=[a-z]{3}\.)\s+/)
    const known = earlier.get(heading) ?? []
    earlier.set(heading, [...known, { at, first: sentences[0] ?? '' }].slice(-200))
    const part = MONTHS.find(([month]) => date.startsWith(month))?.[1]
    if (part === undefined) continue
    const background = known.filter((one) => one.at < at && at - one.at < OLD * DAY)
    if (background.length < BACKGROUND) continue
    const report = (own: readonly string[], within: number): void => {
      const length = BACKGROUND + Math.floor(random() * (MOST_BACKGROUND - BACKGROUND + 1))
      const rest = new Set(Array.from({ length }, () => pick(background).first))
      items.push({
        id: `bodies ${items.length}`,
        lang: 'en',
        title: '',
        text: [...own, ...rest].join(' '),
        published: at + Math.round(random() * within),
        event: `${n}`,
        part,
      })
    }
    const [odd, even] = [0, 1].map((rest) => sentences.filter((_, i) => i % 2 === rest)) as [
      string[],
      string[],
    ]
    if (even.join(' ').length < OWN) report(sentences, 12 * HOUR)
    else {
      report(odd, 12 * HOUR)
      report(even, DAY)
    }
  }
  return {
    name: 'bodies',
    kind: 'bodies',
    counts: COUNTS,
    items: items.sort((a, b) => (a.published as number) - (b.published as number)),
  }
}

const COUNTS = 0.3
