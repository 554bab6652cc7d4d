import { z } from 'zod'
import { base, Id, Instant, Job, Nothing } from './common.ts'

export const AppInfo = z.strictObject({
  version: z.string(),
  /** The engine's clock: pinned in the sample. */
  now: Instant,
  timeZone: z.string(),
  sample: z.boolean(),
  dataDir: z.string(),
  /** What the person must know of the archive's file (gone, locked, begun anew), as a sentence; null where all is well. */
  trouble: z.string().nullable(),
  stories: z.int(),
  sources: z.int(),
  failingSources: z.int(),
  pausedSources: z.int(),
  nextPoll: Instant.nullable(),
  unreadHits: z.int(),
  visitedAt: Instant.nullable(),
  jobs: z.array(Job),
})
export type AppInfo = z.infer<typeof AppInfo>

export const Settings = z.strictObject({
  /** Retention in general: stories older than this many days, or beyond this many, are removed; null keeps all. */
  keepDays: z.int().positive().nullable(),
  keepStories: z.int().positive().nullable(),
  /** Poll in the background. */
  polling: z.boolean(),
  /** BCP 47: the language of events' headlines, where an event has a story in it; null: the interface's. */
  headlineLanguage: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .nullable(),
})
export type Settings = z.infer<typeof Settings>

/** What is named is changed, the rest stays. */
export const SettingsChange = Settings.partial()
export type SettingsChange = z.infer<typeof SettingsChange>

export const app = {
  info: base.input(Nothing).output(AppInfo),
  /** Moves the visit mark to now. */
  markVisit: base.input(Nothing).output(z.strictObject({ visitedAt: Instant })),
  settings: base.input(Nothing).output(Settings),
  saveSettings: base.input(SettingsChange).output(Settings),
  cancelJob: base.input(z.strictObject({ id: Id })).output(Nothing),
}
