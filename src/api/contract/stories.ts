import { z } from 'zod'
import { Bloc, base, EvidenceSpan, Id, Instant, Key, Kind, Nothing } from './common.ts'

export const StoryRow = z.strictObject({
  id: Id,
  title: z.string(),
  /** The first words of the summary or text, for stories without a title and for the second line. */
  excerpt: z.string(),
  url: z.string(),
  source: z.strictObject({ id: Id, title: z.string(), bloc: Bloc, kind: Kind, country: z.string() }),
  lang: z.string(),
  published: Instant,
  fetched: Instant,
  read: z.boolean(),
  starred: z.boolean(),
  /** This story is a near-duplicate of an earlier one. */
  copy: z.boolean(),
  /** How many later copies this story has. */
  copies: z.int(),
  /**
   * Its event, what the person calls it ('': nothing), how many stories and sources it has, and its most central story, in the
   * interface's language where there is one (null: not known yet). Null while the story waits for its event.
   */
  event: z
    .strictObject({ id: Id, name: z.string(), stories: z.int(), sources: z.int(), headline: Id.nullable() })
    .nullable(),
  edited: z.boolean(),
  themes: z.array(z.strictObject({ id: Key, score: z.number() })),
  /** For a title in another language than the interface's: who and what it names, in the interface's. */
  names: z.array(z.string()),
})
export type StoryRow = z.infer<typeof StoryRow>

export const ThemeTag = z.strictObject({
  theme: Key,
  name: z.string(),
  colour: z.int(),
  score: z.number(),
  /** 'automatic', or a person's correction ("also this theme"). */
  by: z.enum(['automatic', 'person']),
  evidence: z.array(EvidenceSpan),
  /** Why, in one or two plain sentences. */
  why: z.string(),
})
export type ThemeTag = z.infer<typeof ThemeTag>

export const StoryVersion = z.strictObject({
  at: Instant,
  title: z.string(),
  summary: z.string(),
  text: z.string(),
})
export type StoryVersion = z.infer<typeof StoryVersion>

export const Story = StoryRow.extend({
  summary: z.string(),
  text: z.string(),
  author: z.string(),
  /** Whether the body has mark-up beyond paragraphs (links, lists, pictures); `html` returns it. */
  hasHtml: z.boolean(),
  /** The time as the feed stated it, where it was missing or lay in the future. */
  publishedStated: Instant.nullable(),
  note: z.string(),
  tags: z.array(ThemeTag),
  /** Themes that a person took off the story ("not this theme"). */
  rejected: z.array(Key),
  /** Entities and concepts found in the text, in the interface's language. */
  concepts: z.array(
    z.strictObject({ name: z.string(), label: z.string(), type: z.string(), count: z.int() }),
  ),
  /** Spans that made the given query match; what the reader did with the story since it was listed does not take them away. */
  queryEvidence: z.array(EvidenceSpan),
  /** Earlier versions, oldest first. */
  versions: z.array(StoryVersion),
  /** Other stories with (nearly) the same text, first published first. */
  sameText: z.array(
    z.strictObject({ id: Id, title: z.string(), source: z.string(), bloc: Bloc, published: Instant }),
  ),
})
export type Story = z.infer<typeof Story>

/** Which stories of a list; `cursor` is the `next` of the page before. */
export const StoryFilter = z.strictObject({
  query: z.string(),
  limit: z.int().positive().max(500),
  cursor: z.string().optional(),
})
export type StoryFilter = z.infer<typeof StoryFilter>

/** Why an answer may lack stories, as a sentence; left out where it lacks none. */
const incomplete = z.string().optional()

export const StoryPage = z.strictObject({ rows: z.array(StoryRow), next: z.string().nullable(), incomplete })
export type StoryPage = z.infer<typeof StoryPage>

/**
 * How many stories, and where that was asked for, of how many events they are; where it is not exact, there are at least so many
 * ("200,000+"). A story that waits for its event counts as one of its own.
 */
export const StoryCount = z.strictObject({
  stories: z.int(),
  events: z.int().optional(),
  exact: z.boolean(),
  incomplete,
})
export type StoryCount = z.infer<typeof StoryCount>

export const Histogram = z.strictObject({
  days: z.array(
    z.strictObject({
      day: z.string(),
      stories: z.int(),
      /** Where events were asked for: those that the stories are of … */
      events: z.int().optional(),
      /** … and how many of them had stories so many days before too, the last time: so those of several days can be told (core/countBetween.ts). */
      again: z.array(z.tuple([z.int(), z.int()])).optional(),
    }),
  ),
  incomplete,
})
export type Histogram = z.infer<typeof Histogram>

/** "not this theme" (-1), "also this theme" (1), or no correction (0). */
export const Verdict = z.literal([-1, 0, 1])
export type Verdict = z.infer<typeof Verdict>

export const stories = {
  /** Newest published first. */
  list: base.input(StoryFilter).output(StoryPage),
  /** Exact where that takes under a second, or where it must be. */
  count: base
    .input(
      z.strictObject({ query: z.string(), exact: z.boolean().optional(), events: z.boolean().optional() }),
    )
    .output(StoryCount),
  /** Matches per local day, oldest first, without gaps. */
  histogram: base
    .input(z.strictObject({ query: z.string(), events: z.boolean().optional() }))
    .output(Histogram),
  get: base.input(z.strictObject({ id: Id, query: z.string().optional() })).output(Story),
  /** The body's mark-up as the source published it, with absolute addresses; '' for none. Not safe to show as it is. */
  html: base.input(z.strictObject({ id: Id })).output(z.strictObject({ html: z.string() })),
  setRead: base.input(z.strictObject({ ids: z.array(Id).max(1000), read: z.boolean() })).output(Nothing),
  setStarred: base.input(z.strictObject({ id: Id, starred: z.boolean() })).output(Nothing),
  setNote: base.input(z.strictObject({ id: Id, note: z.string().max(20_000) })).output(Nothing),
  correct: base.input(z.strictObject({ id: Id, theme: Key, verdict: Verdict })).output(Nothing),
  /** Why a theme does not hold for a story, in plain sentences. */
  whyNot: base.input(z.strictObject({ id: Id, theme: Key })).output(z.strictObject({ why: z.string() })),
}
