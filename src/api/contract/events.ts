import { z } from 'zod'
import { Bloc, base, Id, Instant, Key, Range } from './common.ts'
import { Door } from './door.ts'

/** BCP 47; '' where it is not known. */
const Language = z.string().max(35)

/** A story of an event, as lists name it. */
export const Voice = z.strictObject({
  story: Id,
  title: z.string(),
  lang: Language,
  source: z.strictObject({ id: Id, title: z.string(), bloc: Bloc }),
  published: Instant,
})
export type Voice = z.infer<typeof Voice>

export const EventRow = z.strictObject({
  id: Id,
  /** The person's name for it; '' where it has none. */
  name: z.string(),
  /** Its most central story, in the language asked for where it has one. */
  headline: Voice,
  /** Published: the first and the last of the stories that were asked for. */
  first: Instant,
  last: Instant,
  /** Those of its stories that were asked for. */
  stories: Door,
  /** All of its stories. */
  all: Door,
  /** Of the stories that were asked for: sources, and blocs, languages and themes, most stories first. */
  sources: z.int(),
  blocs: z.array(Bloc),
  languages: z.array(Language),
  themes: z.array(Key),
  /** How many of them are copies. */
  copies: z.int(),
})
export type EventRow = z.infer<typeof EventRow>

/** `incomplete`: why events may be missing or in parts, as a sentence. */
export const EventPage = z.strictObject({
  rows: z.array(EventRow),
  next: z.string().nullable(),
  incomplete: z.string().optional(),
})
export type EventPage = z.infer<typeof EventPage>

/** Which stories count, and how events are named: `language` is that of headlines. `cursor` is the `next` of the page before. */
export const EventFilter = z.strictObject({
  query: z.string(),
  range: Range.optional(),
  limit: z.int().positive().max(200),
  cursor: z.string().optional(),
  language: Language.optional(),
})
export type EventFilter = z.infer<typeof EventFilter>

export const events = {
  /** Most stories first, then the newest. */
  list: base.input(EventFilter).output(EventPage),
}
