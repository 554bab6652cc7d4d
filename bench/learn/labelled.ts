import { existsSync, readFileSync } from 'node:fs'

/** An item with the themes that a person gave it. */
export interface LabelledItem {
  readonly id: string
  readonly set: string
  readonly lang: string
  /** Day, month or year; '' where unknown. */
  readonly date: string
  readonly source: string
  readonly title: string
  readonly text: string
  readonly themes: ReadonlySet<string>
  /** Themes that only one of two readings gave it: they count neither way. */
  readonly disputed: ReadonlySet<string>
  /** Of items written for the purpose: whether they may be learnt from (`tune`) or are only counted (`held`). */
  readonly part: 'tune' | 'held' | ''
  readonly readers?: readonly [readonly string[], readonly string[]]
}

const files: Record<string, URL> = {
  news: new URL('../../../shared/gold/news.jsonl', import.meta.url),
  'news-more': new URL('../../../shared/gold/news-more.jsonl', import.meta.url),
  items: new URL('../../../shared/gold/items.jsonl', import.meta.url),
  examples: new URL('../../src/core/themes/fixtures/examples.jsonl', import.meta.url),
  independent: new URL('../../src/core/themes/fixtures/independent.jsonl', import.meta.url),
}

/** A set of labelled items by its name; [] where it is not on this machine. */
export function labelled(set: keyof typeof files | string): LabelledItem[] {
  const file = files[set] as URL
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const item = JSON.parse(line)
      return {
        id: item.id,
        set,
        lang: item.lang,
        date: item.date ?? '',
        source: item.source ?? '',
        title: item.title ?? '',
        text: item.text ?? '',
        themes: new Set(item.themes),
        part: item.set ?? '',
        disputed: new Set(item.disputed ?? []),
        ...(item.readers && { readers: item.readers }),
      }
    })
}

const FOLDS = 5

/**
 * The fold of an item in cross-validation. Items of one day, so of one source and day too, are in one fold: reports of one
 * happening never stand on both sides. Items without a day go by their id.
 */
export function foldOf({ id, date }: Pick<LabelledItem, 'id' | 'date'>): number {
  let hash = 2166136261
  for (const unit of date.length > 6 ? date : id) hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619)
  return ((hash >>> 0) >>> 8) % FOLDS
}

export const folds: readonly number[] = Array.from({ length: FOLDS }, (_, i) => i)
