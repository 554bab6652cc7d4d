import { z } from 'zod'
import { Bloc, base, EvidenceSpan, Id, Instant } from './common.ts'
import { StoryRow } from './stories.ts'

export const HitState = z.enum(['new', 'seen', 'snoozed', 'dismissed'])
export type HitState = z.infer<typeof HitState>

/** Which hits are listed: `all` is all but what was dismissed, `starred` wherever they stand. */
export const HitView = z.enum(['new', 'all', 'starred', 'snoozed', 'dismissed'])
export type HitView = z.infer<typeof HitView>

/** What was decided of a hit when it arrived (core/alerts/decide/decision.ts). */
const HitOutcome = z.enum([
  'told',
  'held',
  'collapsed',
  'snoozed',
  'old',
  'counted',
  'seen',
  'unannounced',
  'backfilled',
])

export const Hit = z.strictObject({
  alert: z.strictObject({ id: Id, name: z.string() }),
  at: Instant,
  state: HitState,
  /** Until when it is snoozed; null: until its event grows. */
  until: Instant.nullable(),
  starred: z.boolean(),
  /** False: the alert's query was changed since and no longer matches. */
  fits: z.boolean(),
  /** Null while it is not decided, and for hits from before decisions were kept. */
  outcome: HitOutcome.nullable(),
  /** When its notice was told, or, where it is held, until when. */
  told: Instant.nullable(),
  held: Instant.nullable(),
  story: StoryRow,
  evidence: z.array(EvidenceSpan),
  /** The part of its summary or text around the first evidence there, which begins at `start`; null where there is none. */
  passage: z
    .strictObject({ field: z.enum(['summary', 'text']), start: z.int(), text: z.string() })
    .nullable(),
})
export type Hit = z.infer<typeof Hit>

/** Hits named one by one: alert × stories. */
export const HitRefs = z.array(z.strictObject({ alert: Id, stories: z.array(Id) }))
export type HitRefs = z.infer<typeof HitRefs>

/** The hits of one event that a filter lists; where they are not grouped, one hit. */
export const HitGroup = z.strictObject({
  event: z
    .strictObject({
      id: Id,
      stories: z.int(),
      sources: z.int(),
      /** Of its stories, the bloc with most first; and who has none although their sources work. */
      blocs: z.array(Bloc),
      silent: z.array(Bloc),
    })
    .nullable(),
  /** The hit that stands for it. */
  lead: Hit,
  /** How many hits there are, how many of them are new, and how many repeat another's text. */
  hits: z.int(),
  unseen: z.int(),
  copies: z.int(),
  /** The alerts that hit it. */
  alerts: z.array(z.strictObject({ id: Id, name: z.string() })),
  /** All of its hits. */
  refs: HitRefs,
  /** When the newest of them arrived. */
  at: Instant,
})
export type HitGroup = z.infer<typeof HitGroup>

export const HitFilter = z.strictObject({
  show: HitView,
  alert: Id.optional(),
  /** The alerts of a folder; '' are those in none. */
  folder: z.string().optional(),
  event: Id.optional(),
  /** Query text that their stories match; '' for all. */
  query: z.string(),
})
export type HitFilter = z.infer<typeof HitFilter>

export const HitPage = z.strictObject({
  groups: z.array(HitGroup),
  next: z.string().nullable(),
  /** Why it may lack hits, as a sentence. */
  incomplete: z.string().optional(),
})
export type HitPage = z.infer<typeof HitPage>

export const InboxAlert = z.strictObject({
  id: Id,
  name: z.string(),
  query: z.string(),
  enabled: z.boolean(),
  folder: z.string(),
  colour: z.int().nullable(),
  /** Its hits, as each view lists them. */
  hits: z.record(HitView, z.int()),
  /** Its hits by the day on which their stories came out: fourteen local days, today last. */
  days: z.array(z.int()),
})
export type InboxAlert = z.infer<typeof InboxAlert>

export const Inbox = z.strictObject({ alerts: z.array(InboxAlert), hits: z.record(HitView, z.int()) })
export type Inbox = z.infer<typeof Inbox>

/** What is done to hits. */
export const HitAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal(['new', 'seen', 'dismiss', 'star', 'unstar']) }),
  /** With all that is new of their events; nothing is told of those meanwhile. */
  z.strictObject({ act: z.literal('snooze'), for: z.enum(['hour', 'day', 'growth']) }),
])
export type HitAct = z.infer<typeof HitAct>

/** Hits named one by one, or all that a filter lists. */
export const HitSelection = z.union([
  z.strictObject({ hits: HitRefs }),
  z.strictObject({ filter: HitFilter }),
])
export type HitSelection = z.infer<typeof HitSelection>

const Standing = z.strictObject({ state: HitState, until: Instant.nullable(), starred: z.boolean() })

/** What takes an act back: where hits stood, and how their events were snoozed (null: not). */
export const HitUndo = z.strictObject({
  hits: z.array(z.strictObject({ alert: Id, stories: z.array(Id), was: Standing, is: Standing })),
  snoozes: z.array(
    z.strictObject({
      alert: Id,
      event: Id,
      was: z.strictObject({ until: Instant.nullable() }).nullable(),
    }),
  ),
})
export type HitUndo = z.infer<typeof HitUndo>

export const inbox = {
  /** The alerts by name, with what each has. */
  overview: base.input(z.strictObject({})).output(Inbox),
  /** Newest hit first; `cursor` is the `next` of the page before. */
  list: base
    .input(
      HitFilter.extend({
        grouped: z.boolean(),
        limit: z.int().positive().max(200),
        cursor: z.string().optional(),
      }),
    )
    .output(HitPage),
  /** What of the selection is not so already; with what takes it back. */
  mark: base
    .input(z.strictObject({ of: HitSelection, act: HitAct }))
    .output(z.strictObject({ hits: z.int(), undo: HitUndo })),
  /** Hits that were changed again since stay as they are. */
  undo: base.input(z.strictObject({ undo: HitUndo })).output(z.strictObject({ hits: z.int() })),
}
