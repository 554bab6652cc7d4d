import { z } from 'zod'
import { base, EvidenceSpan, Id, Instant, Job, Key, Nothing } from './common.ts'

/** A theme's colour and shape as one number: colour (1–16) + 16 × shape (0–5); 0 = none. */
const Sign = z.int().min(0).max(96)

export const ThemeGroup = z.strictObject({ id: Key, name: z.string(), colour: z.int(), order: z.int() })
export type ThemeGroup = z.infer<typeof ThemeGroup>
export const Theme = z.strictObject({
  id: Key,
  name: z.string(),
  description: z.string(),
  group: Key,
  query: z.string(),
  /** A tag needs at least this score, 0–1. */
  threshold: z.number().min(0).max(1),
  colour: Sign,
  order: z.int(),
  enabled: z.boolean(),
  stories: z.int(),
})
export type Theme = z.infer<typeof Theme>

export const ThemeDraft = z.strictObject({
  id: Key.optional(),
  name: z.string().min(1).max(80),
  description: z.string().max(1000),
  group: Key,
  /** Makes a group of this name and puts the theme into it instead. */
  newGroup: z.string().max(80).optional(),
  query: z.string().min(1),
  threshold: z.number().min(0).max(1),
  colour: Sign,
  enabled: z.boolean(),
})
export type ThemeDraft = z.infer<typeof ThemeDraft>

export const PreviewStory = z.strictObject({
  id: Id,
  title: z.string(),
  excerpt: z.string(),
  source: z.string(),
  lang: z.string(),
  published: Instant,
  score: z.number(),
  evidence: z.array(EvidenceSpan),
})
export type PreviewStory = z.infer<typeof PreviewStory>

/** What a theme would be over the archive, against what its tags are now. */
export const ThemePreview = z.strictObject({
  /** How many of the newest stories were read, and whether that is the whole archive. */
  examined: z.int(),
  whole: z.boolean(),
  /** What it may lack for now, as a sentence. */
  incomplete: z.string().optional(),
  matches: z.int(),
  perDay: z.array(z.strictObject({ day: z.string(), stories: z.int() })),
  newest: z.array(PreviewStory),
  added: z.array(PreviewStory),
  addedCount: z.int(),
  removed: z.array(PreviewStory),
  removedCount: z.int(),
  overlap: z.array(z.strictObject({ theme: Key, name: z.string(), stories: z.int() })),
  tellingWords: z.array(z.strictObject({ word: z.string(), stories: z.int(), lift: z.number() })),
  /** Against the person's corrections; null where there are none. */
  examples: z
    .strictObject({
      right: z.int(),
      wrong: z.int(),
      precision: z.number(),
      recall: z.number(),
      /** A threshold that gets more of them right; null where none does. */
      suggestion: z.strictObject({ threshold: z.number(), right: z.int(), wrong: z.int() }).nullable(),
    })
    .nullable(),
})
export type ThemePreview = z.infer<typeof ThemePreview>

export const Concept = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.enum(['person', 'organisation', 'place', 'topic']),
  forms: z.array(z.string()),
  except: z.array(z.string()),
  asOf: z.string(),
  notes: z.string(),
})
export type Concept = z.infer<typeof Concept>

const ConceptName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)
export const ConceptDraft = Concept.extend({
  /** None for a new concept. */
  name: ConceptName.optional(),
  label: z.string().max(80),
  forms: z.array(z.string().max(200)).max(5000),
  except: z.array(z.string().max(200)).max(5000),
  /** A day (2026-03-28) or empty. */
  asOf: z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/),
  notes: z.string().max(2000),
})
export type ConceptDraft = z.infer<typeof ConceptDraft>

/** What uses a concept directly: it can be removed where nothing does. */
export const ConceptUse = z.strictObject({
  themes: z.array(z.strictObject({ id: Key, name: z.string() })),
  concepts: z.array(z.strictObject({ name: z.string(), label: z.string() })),
  alerts: z.array(z.strictObject({ id: Id, name: z.string() })),
  searches: z.array(z.strictObject({ name: z.string(), query: z.string() })),
})
export type ConceptUse = z.infer<typeof ConceptUse>

export const ThemeList = z.strictObject({ groups: z.array(ThemeGroup), themes: z.array(Theme) })
export type ThemeList = z.infer<typeof ThemeList>

/** `job` re-tags the archive; null where nothing has to be. */
export const SavedConcept = z.strictObject({ concept: Concept, job: Job.nullable() })
export type SavedConcept = z.infer<typeof SavedConcept>
export const SavedTheme = z.strictObject({ theme: Theme, job: Job.nullable() })
export type SavedTheme = z.infer<typeof SavedTheme>

/** How many themes and concepts the pack brought. */
export const PackImport = z.strictObject({ themes: z.int(), concepts: z.int(), job: Job.nullable() })
export type PackImport = z.infer<typeof PackImport>

export const themes = {
  list: base.input(Nothing).output(ThemeList),
  concepts: base.input(Nothing).output(z.array(Concept)),
  conceptUse: base.input(z.strictObject({ name: ConceptName })).output(ConceptUse),
  /** Adds a concept (named after its label) or changes the named one, and re-tags in the background what reaches it. */
  saveConcept: base.input(ConceptDraft).output(SavedConcept),
  removeConcept: base.input(z.strictObject({ name: ConceptName })).output(Nothing),
  /** From the newest stories, within a second. */
  preview: base.input(ThemeDraft).output(ThemePreview),
  /** The same from all of them, which may take a minute; others are let in between, and who goes away ends it. */
  previewWhole: base.input(ThemeDraft).output(ThemePreview),
  /** Saves and re-tags the archive in the background. */
  save: base.input(ThemeDraft).output(SavedTheme),
  remove: base.input(z.strictObject({ id: Key })).output(Nothing),
  /** Takes back the last removal of this theme. */
  restore: base.input(z.strictObject({ id: Key })).output(z.strictObject({ job: Job.nullable() })),
  reorder: base.input(z.strictObject({ ids: z.array(Key) })).output(Nothing),
  exportPack: base.input(Nothing).output(z.strictObject({ json: z.string() })),
  importPack: base.input(z.strictObject({ json: z.string().max(20_000_000) })).output(PackImport),
}
