import { z } from 'zod'
import { AlertSettings } from './alertSettings.ts'
import { EvidenceSpan, Id, Instant, Range } from './common.ts'

const TitledStory = z.strictObject({ id: Id, title: z.string(), published: Instant, lang: z.string() })

/** A story that an edit adds or takes out, and why. */
const EditedStory = TitledStory.extend({
  /** Words of the story: what the one version found it by, or, where `excluded`, what the other excludes it by. */
  words: z.array(z.string()),
  excluded: z.boolean(),
  /** The part of the version that does not find it which it does not fulfil. */
  part: z.string().nullable(),
})
export type EditedStory = z.infer<typeof EditedStory>

/** What would an alert have done? All of time where no range is given. */
export const BacktestInput = z.strictObject({
  query: z.string().min(1),
  settings: AlertSettings.partial().optional(),
  range: Range.optional(),
  /** An alert: what its saved query finds is compared with this one. */
  against: Id.optional(),
})
export type BacktestInput = z.infer<typeof BacktestInput>

export const Backtest = z.strictObject({
  /** How many stories there are on the local days of the range, whether they match or not. */
  stories: z.int(),
  hits: z.int(),
  /** Notices that it would have sent, after collapse, cooldown, quiet hours and cap. */
  notices: z.int(),
  /** Local days, ascending, days without any left out. */
  days: z.array(z.strictObject({ day: z.string(), hits: z.int(), notices: z.int() })),
  /** Newest first, at most 20. */
  newest: z.array(
    z.strictObject({
      id: Id,
      title: z.string(),
      source: z.string(),
      lang: z.string(),
      published: Instant,
      evidence: z.array(EvidenceSpan),
      /** What would have been decided of it, and when it would have been told. */
      outcome: z.string(),
      told: Instant.nullable(),
    }),
  ),
  /** Why the answer may lack stories, as a sentence. */
  incomplete: z.string().nullable(),
  edit: z
    .strictObject({
      saved: z.int(),
      added: z.int(),
      removed: z.int(),
      newestAdded: z.array(EditedStory),
      newestRemoved: z.array(EditedStory),
    })
    .optional(),
})
export type Backtest = z.infer<typeof Backtest>

/** What a back-test will count, before it has decided anything: told first, while the person types. */
export const HitDaysInput = z.strictObject({ query: z.string().min(1), range: Range.optional() })
export type HitDaysInput = z.infer<typeof HitDaysInput>

export const HitDays = z.strictObject({
  hits: z.int(),
  /** Local days, ascending, days without any left out. */
  days: z.array(z.strictObject({ day: z.string(), hits: z.int() })),
  /** Why the answer may lack stories, as a sentence. */
  incomplete: z.string().nullable(),
})
export type HitDays = z.infer<typeof HitDays>

/** How a query that finds too much could find less, measured over the last days. */
export const NarrowInput = z.strictObject({ query: z.string().min(1), days: z.int().min(1).max(366) })
export type NarrowInput = z.infer<typeof NarrowInput>

export const Narrowing = z.strictObject({
  /** How it differs: "NEAR/10 in place of AND". */
  words: z.string(),
  query: z.string(),
  /** Hits a day. */
  before: z.number(),
  after: z.number(),
  lost: z.int(),
  examples: z.array(TitledStory),
})
export type Narrowing = z.infer<typeof Narrowing>

export const WhyStep = z.strictObject({
  step: z.enum(['query', 'horizon', 'collapse', 'cooldown', 'quiet', 'cap', 'channel']),
  /** null: not reached, or not known yet. */
  passed: z.boolean().nullable(),
  words: z.string(),
})
export type WhyStep = z.infer<typeof WhyStep>

/** Whether a query, as an alert would have it, matches a story. */
export const MatchInput = z.strictObject({ query: z.string().min(1), story: Id })
export const Match = z.strictObject({ matches: z.boolean(), evidence: z.array(EvidenceSpan) })
export type Match = z.infer<typeof Match>

/** Why an alert told of a story, or did not. */
export const Why = z.strictObject({
  alert: z.string(),
  story: Id,
  fired: z.boolean(),
  steps: z.array(WhyStep),
  evidence: z.array(EvidenceSpan),
})
export type Why = z.infer<typeof Why>
