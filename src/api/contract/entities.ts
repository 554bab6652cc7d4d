import { z } from 'zod'
import { base, Key } from './common.ts'
import { CountUnit } from './dashboard/panel.ts'
import { Door } from './door.ts'

/** A person, organisation or place of the packs, as it occurs in the stories of a query. */
export const Entity = z.strictObject({
  name: Key,
  label: z.string(),
  type: z.enum(['person', 'organisation', 'place']),
  /** Opens exactly the stories of the query that name it. */
  stories: Door,
  /** Per local day, the last 14 days, oldest first. */
  trend: z.array(z.int()),
  /** Who appears with whom: the entities most often in the same stories, most first. */
  with: z.array(z.strictObject({ name: Key, label: z.string(), stories: Door })),
})
export type Entity = z.infer<typeof Entity>

export const EntityList = z.strictObject({
  entities: z.array(Entity),
  /** How many stories of the query were looked at. */
  examined: z.int(),
  /** False where the query has so many that only their texts can decide that some were left out. */
  whole: z.boolean(),
  /** Stories are still being looked through for who and what they name: older ones may be missing. */
  waiting: z.boolean(),
})
export type EntityList = z.infer<typeof EntityList>

/** The places of the packs as the stories of a query name them, most frequent first; those that none names are left out. */
export const PlaceList = z.strictObject({
  places: z.array(z.strictObject({ name: Key, label: z.string(), stories: Door })),
  /** As for entities. */
  examined: z.int(),
  whole: z.boolean(),
  waiting: z.boolean(),
})
export type PlaceList = z.infer<typeof PlaceList>

export const entities = {
  /** Most frequent first, by `unit`: stories unless told. The trend is in the same. */
  list: base
    .input(
      z.strictObject({ query: z.string(), limit: z.int().positive().max(60), unit: CountUnit.optional() }),
    )
    .output(EntityList),
  places: base.input(z.strictObject({ query: z.string() })).output(PlaceList),
}
