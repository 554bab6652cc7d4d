import { oc } from '@orpc/contract'
import { z } from 'zod'

/** Row ids are positive integers; themes, groups and concepts have short text ids ("russia-china"). */
export const Id = z.int().positive()
export const Key = z.string().min(1).max(80)
/** Epoch milliseconds. */
export const Instant = z.int()
export const Bloc = z.string().max(12)
export const Kind = z.enum(['state', 'public', 'independent', 'wire', 'institution', 'unknown'])
export type Kind = z.infer<typeof Kind>

/** A place in query text: UTF-16 offsets, end exclusive. */
export const At = z.strictObject({ start: z.int(), end: z.int() })
/** A span in a story's field that made a query match. */
export const EvidenceSpan = z.strictObject({
  field: z.enum(['title', 'summary', 'text']),
  start: z.int(),
  end: z.int(),
})
export type EvidenceSpan = z.infer<typeof EvidenceSpan>

/** Every procedure may answer with these. `message` is always a plain sentence for the person. */
export const base = oc.errors({
  QUERY: { status: 400, data: z.strictObject({ at: At, repair: z.string().optional() }) },
  INVALID: { status: 400 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  /** The archive's file cannot be used: full, damaged, locked, gone. */
  STORE: { status: 503 },
  FETCH: { status: 502, data: z.strictObject({ code: z.string() }) },
})

export const Nothing = z.strictObject({})

/** The time range of the dashboard and of lists. */
export const Range = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('visit') }),
  z.strictObject({
    kind: z.literal('last'),
    hours: z
      .int()
      .positive()
      .max(24 * 366 * 30),
  }),
  z.strictObject({ kind: z.literal('custom'), from: Instant, to: Instant }),
])
export type Range = z.infer<typeof Range>

/** A long job (refresh, import, re-tag): shown with progress, cancellable by id. */
export const Job = z.strictObject({
  id: Id,
  kind: z.enum(['refresh', 'import', 'retag', 'reindex', 'retention', 'events', 'mentions']),
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int().nullable(),
  message: z.string(),
})
export type Job = z.infer<typeof Job>
