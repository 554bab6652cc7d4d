import { z } from 'zod'
import { Bloc, base, Id, Instant, Job, Kind, Nothing } from './common.ts'

/**
 * ok: last fetch went well; new: never fetched; failing: the last fetches failed; ended: the server says it is gone;
 * paused: by the person; silent: fetched well, but no story for unusually long.
 */
export const SourceState = z.enum(['new', 'ok', 'failing', 'silent', 'paused', 'ended', 'fetching'])
export type SourceState = z.infer<typeof SourceState>

export const Source = z.strictObject({
  id: Id,
  url: z.string(),
  title: z.string(),
  /** The title the person gave, if any: wins over the feed's. */
  customTitle: z.string(),
  link: z.string(),
  language: z.string(),
  country: z.string(),
  bloc: Bloc,
  kind: Kind,
  added: Instant,
  stories: z.int(),
  lastStory: Instant.nullable(),
  state: SourceState,
  lastFetch: Instant.nullable(),
  lastSuccess: Instant.nullable(),
  nextPoll: Instant.nullable(),
  /** Why then, in words ("every 30 min: the feed's own ttl"). */
  nextPollWhy: z.string(),
  failures: z.int(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** Its own retention, in days; null = as in general. */
  keepDays: z.int().positive().nullable(),
  /** Its own retention, as the number of its newest stories; null = as in general. */
  keepStories: z.int().positive().nullable(),
  /** A secret is stored; the secret itself is never returned. */
  hasSecret: z.boolean(),
  /** Where it is silent: "no story for 19 h, usually every 14 min". */
  silence: z.string(),
})
export type Source = z.infer<typeof Source>

export const FetchRecord = z.strictObject({
  id: Id,
  at: Instant,
  ms: z.int(),
  status: z.int().nullable(),
  bytes: z.int(),
  added: z.int(),
  updated: z.int(),
  skipped: z.int(),
  /** Plain sentences: repairs, skipped items, error. */
  notes: z.array(z.string()),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
})
export type FetchRecord = z.infer<typeof FetchRecord>

export const SourceEdit = z.strictObject({
  customTitle: z.string().max(200).optional(),
  url: z.string().max(2000).optional(),
  language: z.string().max(35).optional(),
  country: z.string().max(2).optional(),
  bloc: Bloc.optional(),
  kind: Kind.optional(),
  paused: z.boolean().optional(),
  /** Retention of this source; null = as in general. */
  keepDays: z.int().positive().nullable().optional(),
  keepStories: z.int().positive().nullable().optional(),
  /** Secret: "user:password" or a header line; never returned. '' removes it. */
  secret: z.string().max(4000).optional(),
})
export type SourceEdit = z.infer<typeof SourceEdit>

export const SourceDraft = z.strictObject({
  url: z.string().min(1).max(2000),
  title: z.string().max(200).optional(),
  language: z.string().max(35).optional(),
  country: z.string().max(2).optional(),
  bloc: Bloc.optional(),
  kind: Kind.optional(),
})
export type SourceDraft = z.infer<typeof SourceDraft>

/** What the starter list or the domain knows of a source. */
export const Suggestion = z.strictObject({
  id: Id,
  bloc: Bloc,
  country: z.string(),
  kind: Kind,
  language: z.string(),
})
export type Suggestion = z.infer<typeof Suggestion>

/** A feed that was found, and can be added by its address. */
export const FeedCandidate = z.strictObject({
  url: z.string(),
  title: z.string(),
  items: z.int(),
  /** When its newest item was published; null where none has a date. */
  newest: Instant.nullable(),
  /** How it was found: "named by the page", "GitHub: releases", "a usual place". */
  how: z.string(),
  /** True if it is among the sources already. */
  known: z.boolean(),
})
export type FeedCandidate = z.infer<typeof FeedCandidate>

/** The feeds of an address; `tried` lists the addresses that were fetched to find them. */
export const Discovery = z.strictObject({ feeds: z.array(FeedCandidate), tried: z.array(z.string()) })
export type Discovery = z.infer<typeof Discovery>

export const StarterSource = z.strictObject({
  url: z.string(),
  title: z.string(),
  language: z.string(),
  country: z.string(),
  bloc: Bloc,
  kind: Kind,
  /** Already among the sources. */
  added: z.boolean(),
})
export type StarterSource = z.infer<typeof StarterSource>

export const ImportRow = z.strictObject({
  line: z.int(),
  title: z.string(),
  url: z.string(),
  result: z.enum(['added', 'duplicate', 'refused']),
  message: z.string(),
})
export type ImportRow = z.infer<typeof ImportRow>

export const OpmlImport = z.strictObject({ rows: z.array(ImportRow), job: Job.nullable() })
export type OpmlImport = z.infer<typeof OpmlImport>

export const sources = {
  list: base.input(Nothing).output(z.array(Source)),
  get: base.input(z.strictObject({ id: Id })).output(Source),
  /** Adds and fetches once; CONFLICT where the source is there already, FETCH where it cannot be read. */
  add: base.input(SourceDraft).output(Source),
  edit: base
    .input(z.strictObject({ ids: z.array(Id).min(1).max(5000), edit: SourceEdit }))
    .output(z.array(Source)),
  /** For those of the sources about which something is known. */
  suggest: base.input(z.strictObject({ ids: z.array(Id).max(5000) })).output(z.array(Suggestion)),
  /** Removes the source and its stories; `stories` is their number. */
  remove: base.input(z.strictObject({ id: Id })).output(z.strictObject({ stories: z.int() })),
  /** All, or one. Goes even when the next poll is not due. Returns at once; progress comes as `changes`. */
  refresh: base.input(z.strictObject({ id: Id.optional() })).output(Job),
  log: base
    .input(z.strictObject({ id: Id, limit: z.int().positive().max(200) }))
    .output(z.array(FetchRecord)),
  /** What a person typed: a feed, a page, a bare host. */
  discover: base.input(z.strictObject({ address: z.string().min(1).max(2000) })).output(Discovery),
  starter: base.input(Nothing).output(z.array(StarterSource)),
  addStarter: base.input(z.strictObject({ urls: z.array(z.string()).max(1000) })).output(Job),
  importOpml: base.input(z.strictObject({ opml: z.string().max(20_000_000) })).output(OpmlImport),
  exportOpml: base.input(Nothing).output(z.strictObject({ opml: z.string() })),
}
