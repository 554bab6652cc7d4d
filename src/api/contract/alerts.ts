import { z } from 'zod'
import { AlertFile, ImportedAlert, NewAlert } from './alertFile.ts'
import { AlertSettings } from './alertSettings.ts'
import {
  Backtest,
  BacktestInput,
  HitDays,
  HitDaysInput,
  Match,
  MatchInput,
  NarrowInput,
  Narrowing,
  Why,
} from './backtest.ts'
import { base, Id, Instant, Nothing } from './common.ts'

export const Alert = z.strictObject({
  id: Id,
  name: z.string(),
  query: z.string(),
  enabled: z.boolean(),
  created: Instant,
  hits: z.int(),
  unread: z.int(),
  lastHit: Instant.nullable(),
  settings: AlertSettings,
  /** '' for none. */
  folder: z.string(),
  colour: z.int().nullable(),
  note: z.string(),
})
export type Alert = z.infer<typeof Alert>

/** A new alert (no id), or what an alert is changed to; what is left out is as by default, or stays. */
export const AlertDraft = z.strictObject({
  id: Id.optional(),
  name: z.string().min(1).max(120),
  query: z.string().min(1),
  enabled: z.boolean(),
  settings: AlertSettings.partial().optional(),
  folder: z.string().max(120).optional(),
  colour: z.int().min(0).nullable().optional(),
  note: z.string().max(10_000).optional(),
})
export type AlertDraft = z.infer<typeof AlertDraft>

/** Switches alerts on or off, or puts them into a folder ('': none); what is left out stays. */
export const Arrangement = z.strictObject({
  ids: z.array(Id),
  enabled: z.boolean().optional(),
  folder: z.string().max(120).optional(),
})
export type Arrangement = z.infer<typeof Arrangement>

/** What an alert has to tell: about its newest story, and how many more there are. */
export const Notice = z.strictObject({
  /** The same whenever it is handed out again. */
  id: Id,
  alert: z.strictObject({ id: Id, name: z.string() }),
  story: z.strictObject({ id: Id, title: z.string() }),
  more: z.int(),
  /** How many alerts it speaks of: more than one where it tells what was missed. */
  alerts: z.int(),
})
export type Notice = z.infer<typeof Notice>

export const alerts = {
  list: base.input(Nothing).output(z.array(Alert)),
  /** Matches stories that arrive from now on; names are unique. */
  save: base.input(AlertDraft).output(Alert),
  /** With its hits and channels; `restore` brings it back with all of them, for an hour while the engine runs. */
  remove: base.input(z.strictObject({ id: Id })).output(Nothing),
  restore: base.input(z.strictObject({ id: Id })).output(Alert),
  /** The same alert once more, with its channels, under a name that is free. It is off. */
  duplicate: base.input(z.strictObject({ id: Id })).output(NewAlert),
  /** These alerts, or all, as a file has them. */
  export: base.input(z.strictObject({ ids: z.array(Id).optional() })).output(AlertFile),
  /** Adds the alerts of a file, all or none. They are off, and those whose name is taken get another. */
  import: base.input(AlertFile).output(z.strictObject({ added: z.array(ImportedAlert) })),
  arrange: base.input(Arrangement).output(Nothing),
  /** What an alert would have done, over the archive and by the engine that decides live. Ends with its signal. */
  backtest: base.input(BacktestInput).output(Backtest),
  /** The hits of a back-test by day, from the index: sooner than the whole of it. Ends with its signal. */
  hitDays: base.input(HitDaysInput).output(HitDays),
  /** How a query that finds too much could find less; the best first, nothing where it does not find too much. */
  narrow: base.input(NarrowInput).output(z.array(Narrowing)),
  /** Why an alert told of a story or did not, from what was decided when it arrived. */
  why: base.input(z.strictObject({ alert: Id, story: Id })).output(Why),
  /** Whether a query that is not saved yet matches a story, with its evidence. */
  matches: base.input(MatchInput).output(Match),
  /** Makes hits of what its query matches in the archive: seen, and never told. */
  backfill: base.input(z.strictObject({ id: Id })).output(z.strictObject({ added: z.int() })),
  /**
   * Takes what waits to be shown to the person, after a change of type `notices`. Of several windows one gets it; it counts as
   * told once that one acknowledges it, and is handed out again where it does not within half a minute.
   */
  takeNotices: base.input(Nothing).output(z.array(Notice)),
  acknowledge: base.input(z.strictObject({ ids: z.array(Id) })).output(Nothing),
}
