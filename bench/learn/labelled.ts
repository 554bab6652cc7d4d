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
  /** Themes that only one of two readings gave it: they count neither way, and nothing is learnt from them. */
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
  const second = set === 'news-more' ? secondReading() : new Map<string, Reading>()
  return linesOf(files[set] as URL).map((item) => {
    const { themes, disputed = [] } = readTwice(item, second.get(item.id))
    return {
      id: item.id,
      set,
      lang: item.lang,
      date: item.date ?? '',
      source: item.source ?? '',
      title: item.title ?? '',
      text: item.text ?? '',
      themes: new Set(themes),
      part: item.set ?? '',
      disputed: new Set(disputed),
      ...(item.readers && { readers: item.readers }),
    }
  })
}

function linesOf(file: URL) {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

interface Reading {
  readonly id: string
  readonly themes: readonly string[]
  /** Themes that the reader hesitated about. */
  readonly doubtful: readonly string[]
}

/** A second, blind reading of the news that had a label or a candidate, by item. */
const secondReading = (): Map<string, Reading> =>
  new Map(
    linesOf(new URL('fixtures/second-reading.jsonl', import.meta.url)).map((reading: Reading) => [
      reading.id,
      reading,
    ]),
  )

interface Labels {
  readonly themes: readonly string[]
  readonly disputed?: readonly string[]
}

/** What two readings come to; a doubt of the second goes with the first. */
function readTwice(first: Labels, second: Reading | undefined): Labels {
  if (second === undefined) return first
  const is = new Set(first.themes)
  const has = new Set([...second.themes, ...second.doubtful.filter((theme) => is.has(theme))])
  return {
    themes: [...is].filter((theme) => has.has(theme)),
    disputed: [...new Set([...is, ...has])].filter((theme) => is.has(theme) !== has.has(theme)),
  }
}

const FOLDS = 5

/**
 * The fold of an item in cross-validation by day. Items of one day, so of one source and day too, are in one fold: reports of one
 * happening never stand on both sides. Items without a day go by their id.
 */
export const foldOf = ({ id, date }: Pick<LabelledItem, 'id' | 'date'>): number =>
  fold(date.length > 6 ? date : id)

/** The same by source: a source's items, which are alike in their make, never stand on both sides. */
export const foldOfSource = ({ source }: Pick<LabelledItem, 'source'>): number => fold(source)

function fold(key: string): number {
  let hash = 2166136261
  for (const unit of key) hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619)
  return ((hash >>> 0) >>> 8) % FOLDS
}

export const folds: readonly number[] = Array.from({ length: FOLDS }, (_, i) => i)
