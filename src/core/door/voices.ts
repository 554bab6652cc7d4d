import type { Voice } from '../../api/contract/events.ts'
import { type SourceRecord, titleOf } from '../store/sources.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { Stores } from '../stores.ts'

/** How lists name an event and who tells it. */
export interface Voices {
  /** The most central story in a language; else of all; else the first of those given. Null where none is left. */
  headlineOf(
    headlines: Readonly<Record<string, number>>,
    facts: readonly { readonly id: number; readonly lang: string }[],
    language: string,
    sources: ReadonlyMap<number, SourceRecord>,
  ): Voice | null
  voiceOf(story: StoryRecord, sources: ReadonlyMap<number, SourceRecord>): Voice
}

/** Characters of a text that stand for a missing title. */
const TITLE = 120

export function voicesIn(stories: Stores['stories']): Voices {
  function voiceOf(story: StoryRecord, sources: ReadonlyMap<number, SourceRecord>): Voice {
    const source = sources.get(story.source_id)
    return {
      story: story.id,
      title: titleFrom(story),
      lang: story.lang,
      source: {
        id: story.source_id,
        title: source === undefined ? story.source_title : titleOf(source),
        bloc: story.source_bloc,
      },
      published: story.published,
    }
  }
  return {
    voiceOf,
    headlineOf(headlines, facts, language, sources) {
      const own = plainLanguage(language)
      const wanted = [
        headlines[own],
        facts.find(({ lang }) => plainLanguage(lang) === own)?.id,
        headlines[''],
        facts[0]?.id,
      ]
      const [story] = stories.many(wanted.filter((id) => id !== undefined))
      return story === undefined ? null : voiceOf(story, sources)
    },
  }
}

/** A story's title, or what stands for one that is missing. */
export const titleFrom = ({ title, summary, text }: StoryRecord): string =>
  title || summary || text.slice(0, TITLE)

/** A language without its region. */
export const plainLanguage = (language: string): string => language.toLowerCase().split('-')[0] ?? ''

/** When a story was first there: published, unless that is said to be later than it arrived. */
export const momentOf = ({ published, fetched }: { published: number; fetched: number }): number =>
  Math.min(published, fetched)
