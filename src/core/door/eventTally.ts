import type { StoryFacts } from '../store/events.ts'
import { momentOf, plainLanguage } from './voices.ts'

/** What the stories of one source come to. */
export interface SourceTally {
  stories: number
  copies: number
  /** The one that was there first. */
  first: StoryFacts
}

/** What stories of an event come to. They are added one by one, oldest first: an event may have more than are kept in memory. */
export class EventTally {
  readonly #grownSince: number
  readonly #byLanguage = new Map<string, { stories: number; first: StoryFacts }>()
  readonly bySource = new Map<number, SourceTally>()
  /** By the row id of the theme. */
  readonly byTheme = new Map<number, number>()
  /** The ids of those that are copies. */
  readonly copies: number[] = []
  stories = 0
  grown = 0
  /** Published, epoch ms. */
  first = Infinity
  last = -Infinity

  /** @param grownSince stories published at this moment (epoch ms) or later count as grown */
  constructor(grownSince: number) {
    this.#grownSince = grownSince
  }

  add(story: StoryFacts): void {
    const { id, sourceId, lang, published } = story
    this.stories++
    if (published >= this.#grownSince) this.grown++
    this.first = Math.min(this.first, published)
    this.last = Math.max(this.last, published)
    if (story.copy === 1) this.copies.push(id)
    const source = this.bySource.get(sourceId)
    if (source === undefined) this.bySource.set(sourceId, { stories: 1, copies: story.copy, first: story })
    else {
      source.stories++
      source.copies += story.copy
      if (momentOf(story) < momentOf(source.first)) source.first = story
    }
    const language = this.#byLanguage.get(lang)
    if (language === undefined) this.#byLanguage.set(lang, { stories: 1, first: story })
    else language.stories++
  }

  /** @param stories how many more of the stories have the theme */
  addTheme(theme: number, stories: number): void {
    this.byTheme.set(theme, (this.byTheme.get(theme) ?? 0) + stories)
  }

  /** The stories of each language without its region; '' where none is known. */
  byLanguage(): Map<string, number> {
    return summed(
      this.#byLanguage,
      (lang) => plainLanguage(lang),
      ({ stories }) => stories,
    )
  }

  /** The oldest story of each language, the oldest first. */
  firstOfLanguages(): StoryFacts[] {
    return [...this.#byLanguage.values()].map(({ first }) => first).sort((a, b) => a.docid - b.docid)
  }
}

/** Sums by another key than the one that they are kept by. */
export function summed<K, V>(
  list: ReadonlyMap<K, V>,
  keyOf: (key: K) => string,
  numberOf: (value: V) => number,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [key, value] of list) sums.set(keyOf(key), (sums.get(keyOf(key)) ?? 0) + numberOf(value))
  return sums
}

/** What has a name, most first. */
export const mostFirst = (sums: ReadonlyMap<string, number>): [name: string, number][] =>
  [...sums].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
