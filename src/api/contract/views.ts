import { z } from 'zod'
import { base, Id, Key, Nothing, Range } from './common.ts'

/** How the person arranged the dashboard's panels, by their ids. What it does not name stands where it does by itself. */
export const Arrangement = z.strictObject({
  order: z.array(Key).max(100),
  /** Not drawn, and not asked for. */
  hidden: z.array(Key).max(100),
})
export type Arrangement = z.infer<typeof Arrangement>

/** A new view (no id), or what one is changed to. */
export const ViewDraft = z.strictObject({
  id: Id.optional(),
  name: z.string().max(120),
  range: Range,
  /** Query text; '' for all stories. */
  filter: z.string().max(10_000),
  unit: z.enum(['events', 'stories']),
  panels: Arrangement,
  /** Stands in the navigation; the first nine have a key. */
  pinned: z.boolean(),
})
export type ViewDraft = z.infer<typeof ViewDraft>

export const SavedView = ViewDraft.extend({
  id: Id,
  /** Why its filter can no longer be read, as a sentence; null where it can. */
  fault: z.string().nullable(),
})
export type SavedView = z.infer<typeof SavedView>

/** What the person notes at a local day (ISO), so that charts show it: "Victory Day". */
export const Annotation = z.strictObject({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  text: z.string().min(1).max(80),
})
export type Annotation = z.infer<typeof Annotation>
const Annotations = z.array(Annotation).max(500)

export const views = {
  /** By day. */
  annotations: base.input(Nothing).output(Annotations),
  /** These are all from now on. */
  annotate: base.input(z.strictObject({ annotations: Annotations })).output(Annotations),
  /** How the panels stand where no view is open. */
  panels: base.input(Nothing).output(Arrangement),
  arrange: base.input(Arrangement).output(Arrangement),
  /** In the person's order. */
  list: base.input(Nothing).output(z.array(SavedView)),
  /** A new view comes last. */
  save: base.input(ViewDraft).output(SavedView),
  /** Sorts the views; those that are not named come after. */
  order: base.input(z.strictObject({ ids: z.array(Id).max(1000) })).output(Nothing),
  remove: base.input(z.strictObject({ id: Id })).output(Nothing),
  /** Undoes a removal, as long as the engine runs. */
  restore: base.input(z.strictObject({ id: Id })).output(SavedView),
}
