import { z } from 'zod'
import { Bloc, base, Id, Instant, Key, Nothing, Range } from './common.ts'
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
  /** Of the stories that were asked for, those of the last six hours. */
  grown: Door,
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

/**
 * Which stories count, and how events are named: `language` is that of headlines. `sort`: most stories first (as where it is left
 * out), the newest story first, or most stories of the last six hours first. `cursor` is the `next` of the page before.
 */
export const EventFilter = z.strictObject({
  query: z.string(),
  range: Range.optional(),
  limit: z.int().positive().max(200),
  sort: z.enum(['size', 'newest', 'growth']).optional(),
  cursor: z.string().optional(),
  language: Language.optional(),
})
export type EventFilter = z.infer<typeof EventFilter>

/** Something that was done to an event. */
export const EventChange = z.strictObject({
  seq: Id,
  at: Instant,
  kind: z.enum(['merge', 'split', 'take-out', 'put-in', 'rename']),
  by: z.enum(['engine', 'person']),
  /** A sentence: “12 stories of event 7 came in: both are one event.” */
  what: z.string(),
  undone: z.boolean(),
  /** `undo` takes it back. */
  undoable: z.boolean(),
})
export type EventChange = z.infer<typeof EventChange>

export const Event = EventRow.extend({
  /** How many stories are still on their way into it or out of it: its numbers are not final. 0: none. */
  moving: z.int(),
  /** Who was first: by the published moment where that is no later than arrival, else by arrival. */
  firstMover: Voice,
  /** The first story of each source, earliest first, with how many stories it has and how many of them are copies. */
  voices: z.array(Voice.extend({ stories: z.int(), copies: z.int() })),
  /** Most stories first; '' stands for sources without a bloc, or stories without a language. */
  byBloc: z.array(
    z.strictObject({ bloc: Bloc, sources: z.int(), stories: Door, copies: z.int(), first: Instant }),
  ),
  byLanguage: z.array(z.strictObject({ lang: Language, stories: Door })),
  byTheme: z.array(z.strictObject({ theme: Key, stories: Door })),
  /** Persons, organisations and places in its newest stories, by how many of those name them. */
  entities: z.array(
    z.strictObject({ name: z.string(), label: z.string(), type: z.string(), stories: z.int() }),
  ),
  /** Stories per local day (ISO), from its first to its last. */
  days: z.array(z.strictObject({ day: z.string(), stories: z.int() })),
  /** How likely its stories belong together, 0–1, by comparing some of them; null for a story alone. */
  confidence: z.number().nullable(),
  /** Of the stories compared, those that may not belong to it, least likely (0–1) first. */
  doubtful: z.array(Voice.extend({ likely: z.number() })),
  /** Whether stories that come now can still join it. */
  open: z.boolean(),
  /** Blocs that have no story of it although two others have, and `sources` of theirs are healthy; most sources first. */
  silent: z.array(z.strictObject({ bloc: Bloc, sources: z.int() })),
  /** The stories that its copies repeat, most repeated first: by whom, and when the first and last copy was published. */
  copied: z.array(
    z.strictObject({
      original: Voice,
      copies: z.int(),
      first: Instant,
      last: Instant,
      sources: z.array(z.string()),
    }),
  ),
  /** Newest first. */
  changes: z.array(EventChange),
})
export type Event = z.infer<typeof Event>

/** Why two stories are taken to be of one event, or not. */
export const EventWhy = z.strictObject({
  /** How likely they are of one event by this comparison alone, 0–1. */
  likely: z.number(),
  /** One plain sentence a kind of evidence, strongest first. */
  why: z.array(z.string()),
  shared: z.array(
    z.strictObject({
      kind: z.enum(['words', 'names', 'numbers', 'topics', 'places', 'time']),
      /** What both have, as the first of them writes it. */
      terms: z.array(z.string()),
      /** The log-odds that it adds; below 0 it speaks against. */
      logOdds: z.number(),
    }),
  ),
})
export type EventWhy = z.infer<typeof EventWhy>

/** Blocs side by side, most stories first. */
export const Sides = z.strictObject({
  /** All stories, of sources without a bloc too. */
  stories: z.int(),
  blocs: z.array(
    z.strictObject({
      bloc: Bloc,
      sources: z.int(),
      stories: Door,
      /** Its first story, and by how many milliseconds it came after the first of all blocs. */
      first: Voice,
      laterBy: z.int(),
      /** Of the events that it and another bloc tell: how many, and on how many of them it was the first. */
      shared: z.int(),
      ahead: z.int(),
      /** Lists the stories of the events that it was first on; null where it was on none, or on too many to name. */
      aheadQuery: z.string().nullable(),
      /** How long it usually is behind the first on those events: the median, in milliseconds; null where it shares none. */
      lag: z.number().nullable(),
      /**
       * The words that it uses more than the other blocs do in the same language: log-odds with a prior, in standard deviations.
       * `query` lists its stories with the word.
       */
      words: z.array(z.strictObject({ word: z.string(), z: z.number(), lang: Language, query: z.string() })),
    }),
  ),
})
export type Sides = z.infer<typeof Sides>

/** Events that two blocs tell and another, whose sources are fetched well and not silent, does not: most stories first. */
export const BlindSpots = z.strictObject({
  rows: z.array(
    z.strictObject({
      event: EventRow,
      /** `query` lists the bloc's stories of the event. */
      covered: z.array(z.strictObject({ bloc: Bloc, sources: z.int(), query: z.string() })),
      /** With how many healthy sources each has. */
      missing: z.array(z.strictObject({ bloc: Bloc, sources: z.int() })),
    }),
  ),
  /** Blocs that nothing can be said of: none of their sources is healthy. */
  unheard: z.array(Bloc),
})
export type BlindSpots = z.infer<typeof BlindSpots>

/** How many stories and events each bloc has, per local day (ISO), from the first that has any to the last. */
export const ShareOfVoice = z.strictObject({
  /** Most stories first. */
  blocs: z.array(Bloc),
  /** One cell a bloc. */
  days: z.array(z.strictObject({ day: z.string(), cells: z.array(Door) })),
})
export type ShareOfVoice = z.infer<typeof ShareOfVoice>

/** The event that the stories are of now, and the change's number, for `undo`. */
export const Corrected = z.strictObject({ event: Id, change: Id })
export type Corrected = z.infer<typeof Corrected>

export const events = {
  /** As `sort` says, then the newest. */
  list: base.input(EventFilter).output(EventPage),
  /** How many stories still wait for their event, about. */
  waiting: base.input(Nothing).output(z.strictObject({ stories: z.int() })),
  /** Of an event that went into another, that other one: `id` says which. */
  get: base.input(z.strictObject({ id: Id, language: Language.optional() })).output(Event),
  why: base.input(z.strictObject({ a: Id, b: Id })).output(EventWhy),
  /** "event:12" as the query compares the blocs of an event. */
  sides: base.input(z.strictObject({ query: z.string(), range: Range.optional() })).output(Sides),
  blindSpots: base
    .input(z.strictObject({ query: z.string(), range: Range.optional(), language: Language.optional() }))
    .output(BlindSpots),
  voice: base.input(z.strictObject({ query: z.string(), range: Range.optional() })).output(ShareOfVoice),
  /** The story is of an event of its own from now on. */
  takeOut: base.input(z.strictObject({ story: Id })).output(Corrected),
  putIn: base.input(z.strictObject({ story: Id, event: Id })).output(Corrected),
  /** Two events are one; the earlier number goes on. */
  merge: base.input(z.strictObject({ event: Id, other: Id })).output(Corrected),
  /** These stories are another event. */
  split: base.input(z.strictObject({ event: Id, stories: z.array(Id).min(1).max(500) })).output(Corrected),
  /** '' takes the name away. */
  rename: base.input(z.strictObject({ event: Id, name: z.string().max(200) })).output(Corrected),
  undo: base.input(z.strictObject({ change: Id })).output(Nothing),
}
