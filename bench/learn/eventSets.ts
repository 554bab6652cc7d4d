/** The labelled events of ../shared/events, and checks built from other shared data. */
import { existsSync, readFileSync } from 'node:fs'
import { createStoryReader } from '../../src/core/events/clusters/readStory.ts'
import type { Reading } from '../../src/core/events/clusters/traits.ts'
import { readInstant } from '../../src/core/instant.ts'
import { builtInPack } from '../../src/core/offline/builtInPack.ts'
import { foldValue } from '../../src/core/query/words/words.ts'

export interface EventItem {
  readonly id: string
  readonly lang: string
  readonly title: string
  readonly text: string
  readonly published: number | null
  /** null: in the stream, not scored. */
  readonly event: string | null
}

export interface EventSet {
  readonly name: string
  readonly items: readonly EventItem[]
}

export interface ReadItem extends EventItem {
  /** The label, but one for all labels that stand at the very same text: some sets label a sentence once for each thing it names. */
  readonly united: string | null
  readonly reading: Reading
}

const FOLDER = new URL('../../../shared/events/', import.meta.url)
export const hasEventSets = existsSync(FOLDER)

const FILES = ['headlines', 'in-the-news', 'french-day', 'russian-pairs']

/** The open sets, in order of time; headlines are two. */
export function eventSets(): EventSet[] {
  return FILES.flatMap((name): EventSet[] => {
    const lines = readFileSync(new URL(`${name}.jsonl`, FOLDER), 'utf8')
      .trim()
      .split('\n')
    const parts = new Map<string, EventItem[]>()
    for (const line of lines) {
      const item = JSON.parse(line)
      const part = item.set === undefined ? name : `${name} ${item.set}`
      const list = parts.get(part) ?? []
      parts.set(part, list)
      list.push({
        id: item.id,
        lang: item.lang,
        title: item.title ?? '',
        text: item.text ?? '',
        published: item.published == null ? null : readInstant(item.published, 'UTC'),
        event: item.event,
      })
    }
    return [...parts].map(([part, items]) => ({
      name: part,
      items: items.sort((a, b) => (a.published ?? 0) - (b.published ?? 0)),
    }))
  })
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
    reading: read({ title: item.title, summary: '', text: item.text, lang: item.lang }),
  }))
}
