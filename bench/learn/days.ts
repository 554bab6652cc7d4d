/**
 * A stream of real days: news in Chinese, Spanish and English (../shared/gold) among the summaries of the same days in the archive.
 * bench/learn/fixtures/days.jsonl names the pairs that were read and found to be on one happening, and those that are in doubt; any
 * other pair of a piece of news with a story of another kind is taken to be of two. Most of it is near misses.
 */
import { existsSync, readFileSync } from 'node:fs'
import { hasSharedArchive, sharedItems } from '../../src/core/fixtures/sharedArchive.ts'
import { type EventItem, type ReadItem, readItem } from './eventSets.ts'

const GOLD = new URL('../../../shared/gold/', import.meta.url)
export const hasDays = hasSharedArchive && existsSync(GOLD)

export interface DaysItem extends ReadItem {
  /** News of ../shared/gold; else a summary of the archive, in English. */
  readonly isNews: boolean
}

export interface Days {
  /** In order of time. */
  readonly items: readonly DaysItem[]
  /** What two of them are; undefined: nobody knows. */
  verdict(a: DaysItem, b: DaysItem): boolean | undefined
}

const FIRST = '2022-01-01'
/** Midday: the data has days. */
const NOON = 43_200_000

interface Label {
  readonly id: string
  readonly same: readonly string[]
  readonly unsure: readonly string[]
}

const linesOf = <T>(file: URL): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

export function readDays(): Days {
  const items: Omit<DaysItem, 'reading'>[] = []
  const add = (
    id: string,
    date: string,
    isNews: boolean,
    story: Pick<EventItem, 'lang' | 'title' | 'text'>,
  ) =>
    items.push({
      ...story,
      id,
      isNews,
      published: Date.parse(date) + NOON,
      event: null,
      united: null,
      // By month.
      part: Number(date.slice(5, 7)) % 2 === 0 ? 'learn' : 'report',
    })
  for (const name of ['news-more', 'news'])
    for (const { id, date, source, lang, title, text } of linesOf<Record<string, string>>(
      new URL(`${name}.jsonl`, GOLD),
    ) as { id: string; date: string; source: string; lang: string; title: string; text: string }[])
      if (
        /^\d{4}-\d\d-\d\d$/.test(date) &&
        date >= FIRST &&
        !source.startsWith('Wikipedia') &&
        !title.includes('快讯')
      )
        add(id, date, true, { lang, title, text })
  for (const [n, { date, text }] of sharedItems().entries())
    if (date >= FIRST) add(`a${n}`, date, false, { lang: 'en', title: '', text })
  items.sort((a, b) => (a.published as number) - (b.published as number))

  const verdicts = new Map<string, boolean | undefined>()
  for (const { id, same, unsure } of linesOf<Label>(new URL('fixtures/days.jsonl', import.meta.url))) {
    for (const other of unsure) verdicts.set([id, other].sort().join(), undefined)
    for (const other of same) verdicts.set([id, other].sort().join(), true)
  }
  return {
    items: items.map((item) => ({ ...item, reading: readItem(item) })),
    verdict(a, b) {
      // Two pieces of news in one language, and two summaries, were not read against each other.
      if (a.isNews === b.isNews && (!a.isNews || a.lang === b.lang)) return undefined
      const key = [a.id, b.id].sort().join()
      return verdicts.has(key) ? verdicts.get(key) : false
    },
  }
}
