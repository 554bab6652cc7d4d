/**
 * The labelled events of ../shared/events, and those of bench/learn/fixtures, which were written for the purpose: what the shared
 * ones lack (translations, English articles, Chinese beside Spanish), with near misses.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createStoryReader } from '../../src/core/events/clusters/readStory.ts'
import type { Reading } from '../../src/core/events/clusters/traits.ts'
import { readInstant } from '../../src/core/instant.ts'
import { builtInPack } from '../../src/core/offline/builtInPack.ts'
import { foldValue } from '../../src/core/query/words/words.ts'

/** Of our own happenings, one half is learnt from, the other reported on: by happening, decided before any result. */
export type Part = 'learn' | 'report' | 'both'

export interface EventItem {
  readonly id: string
  readonly lang: string
  readonly title: string
  readonly text: string
  readonly published: number | null
  /** null: in the stream, not scored. */
  readonly event: string | null
  readonly part: Part
}

export interface EventSet {
  readonly name: string
  /** Sets of one kind are left out together. */
  readonly kind: string
  /** What it counts when it is learnt from: news as it came counts twice what was written for the purpose. */
  readonly counts: number
  readonly items: readonly EventItem[]
}

export interface ReadItem extends EventItem {
  /** The label, but one for all labels that stand at the very same text: some sets label a sentence once for each thing it names. */
  readonly united: string | null
  readonly reading: Reading
}

const FOLDER = new URL('../../../shared/events/', import.meta.url)
export const hasEventSets = existsSync(FOLDER)

const SHARED = ['headlines', 'in-the-news', 'french-day', 'russian-pairs']
const OWN = ['translations', 'week', 'articles']

/** The open sets, each in order of time; headlines are two. */
export const eventSets = (): EventSet[] => [...SHARED.flatMap(sharedSet), ...OWN.map(ownSet)]

const linesOf = (file: URL): string[] => readFileSync(file, 'utf8').trim().split('\n')

const byTime = (items: readonly EventItem[]): EventItem[] =>
  items.toSorted((a, b) => (a.published ?? 0) - (b.published ?? 0))

function sharedSet(kind: string): EventSet[] {
  const parts = new Map<string, EventItem[]>()
  for (const line of linesOf(new URL(`${kind}.jsonl`, FOLDER))) {
    const item = JSON.parse(line)
    const name = item.set === undefined ? kind : `${kind} ${item.set}`
    const list = parts.get(name) ?? []
    parts.set(name, list)
    list.push({
      id: item.id,
      lang: item.lang,
      title: item.title ?? '',
      text: item.text ?? '',
      published: item.published == null ? null : readInstant(item.published, 'UTC'),
      event: item.event,
      part: 'both',
    })
  }
  return [...parts].map(([name, items]) => ({ name, kind, counts: 2, items: byTime(items) }))
}

const HOUR = 3_600_000

/** One happening a line: the stories follow each other by an hour or more. */
function ownSet(kind: string): EventSet {
  const items = linesOf(new URL(`fixtures/${kind}.jsonl`, import.meta.url)).flatMap((line, n) => {
    const { event, published, stories } = JSON.parse(line)
    return stories.map(
      ([lang, title, text]: string[], i: number): EventItem => ({
        id: `${event} ${i}`,
        lang: lang as string,
        title: title as string,
        text: text as string,
        published: Date.parse(published) + ((n * 5 + i * 7) % 12) * 1.3 * HOUR,
        event,
        part: n % 2 === 0 ? 'learn' : 'report',
      }),
    )
  })
  return { name: kind, kind, counts: 1, items: byTime(items) }
}

const read = createStoryReader(builtInPack().concepts)

/** A set's stories with their terms, which no setting changes. */
export function readSet({ items }: EventSet): ReadItem[] {
  const into = new Map<string, string>()
  const last = (label: string): string => {
    let at = label
    for (let to = into.get(at); to !== undefined; to = into.get(at)) at = to
    return at
  }
  const byText = new Map<string, string>()
  for (const { event, title, text } of items) {
    if (event === null) continue
    const key = foldValue(`${title} ${text}`)
    const other = byText.get(key)
    if (other === undefined) byText.set(key, event)
    else if (last(other) !== last(event)) into.set(last(event), last(other))
  }
  return items.map((item) => ({
    ...item,
    united: item.event === null ? null : last(item.event),
    reading: readItem(item),
  }))
}

export const readItem = ({ title, text, lang }: Pick<EventItem, 'title' | 'text' | 'lang'>): Reading =>
  read({ title, summary: '', text, lang })
