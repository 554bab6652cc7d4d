import { z } from 'zod'
import { At, base, Id, Instant, Nothing } from './common.ts'

/** What to colour in the query bar. */
export const QueryToken = z.strictObject({
  start: z.int(),
  end: z.int(),
  kind: z.enum(['word', 'phrase', 'operator', 'field', 'value', 'concept', 'bracket', 'error']),
})
export type QueryToken = z.infer<typeof QueryToken>

export const QueryCheck = z.strictObject({
  /** Absent when there is an error. */
  canonical: z.string().optional(),
  tokens: z.array(QueryToken),
  /** With the whole query as it was most likely meant, where that is near. */
  warnings: z.array(z.strictObject({ message: z.string(), at: At, repair: z.string().optional() })),
  error: z.strictObject({ message: z.string(), at: At, repair: z.string().optional() }).optional(),
})
export type QueryCheck = z.infer<typeof QueryCheck>

export const Completion = z.strictObject({
  /** What replaces query.slice(start, end). */
  insert: z.string(),
  start: z.int(),
  end: z.int(),
  label: z.string(),
  detail: z.string(),
  kind: z.enum(['field', 'concept', 'theme', 'source', 'value', 'operator', 'saved']),
})
export type Completion = z.infer<typeof Completion>

export const SavedSearch = z.strictObject({ id: Id, name: z.string(), query: z.string(), created: Instant })
export type SavedSearch = z.infer<typeof SavedSearch>

/** A new saved search (no id), or what one is changed to. */
export const SearchDraft = z.strictObject({
  id: Id.optional(),
  name: z.string().min(1).max(120),
  query: z.string().min(1),
})
export type SearchDraft = z.infer<typeof SearchDraft>

export const PastSearch = z.strictObject({ query: z.string(), at: Instant })
export type PastSearch = z.infer<typeof PastSearch>

/** What a query is written for: a theme and an alert may not use every field. */
export const QueryUse = z.enum(['search', 'theme', 'alert'])
export type QueryUse = z.infer<typeof QueryUse>

export const query = {
  /** Never fails: an error in the query is part of the answer. */
  check: base.input(z.strictObject({ query: z.string(), use: QueryUse })).output(QueryCheck),
  complete: base
    .input(z.strictObject({ query: z.string(), caret: z.int().nonnegative() }))
    .output(z.array(Completion)),
  /** Newest first, at most 50; a search is remembered when its list was opened. */
  history: base.input(Nothing).output(z.array(PastSearch)),
  remember: base.input(z.strictObject({ query: z.string() })).output(Nothing),
  forgetHistory: base.input(Nothing).output(Nothing),
  saved: base.input(Nothing).output(z.array(SavedSearch)),
  save: base.input(SearchDraft).output(SavedSearch),
  removeSaved: base.input(z.strictObject({ id: Id })).output(Nothing),
}
