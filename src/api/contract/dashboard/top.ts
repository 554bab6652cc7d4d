import { z } from 'zod'
import { Bloc, Id, Instant } from '../common.ts'
import { Door } from '../door.ts'
import { Voice } from '../events.ts'
import { panel } from './panel.ts'

/** How an event goes on at the end of the range, judged by its stories that are no copies. */
export const Growth = z.discriminatedUnion('kind', [
  /** `stories` of the last hour, no fewer an hour than in the hours before. */
  z.strictObject({ kind: z.literal('growing'), stories: Door }),
  z.strictObject({ kind: z.literal('steady') }),
  z.strictObject({ kind: z.literal('slowing') }),
  /** `at`: its last story. */
  z.strictObject({ kind: z.literal('ended'), at: Instant }),
])
export type Growth = z.infer<typeof Growth>

/** An event as the dashboard tells it, by those of its stories that are of the range and pass the filter. */
export const TopEvent = z.strictObject({
  id: Id,
  /** The person's name for it; '' where it has none. */
  name: z.string(),
  headline: Voice,
  /** Its size: stories that are no copies. */
  stories: Door,
  copies: Door,
  /** Ids of the sources of both. */
  sources: z.array(Id),
  /** In order of arrival, whatever the filter says of blocs; '' for sources without one. `copies` are apart. */
  blocs: z.array(z.strictObject({ bloc: Bloc, stories: Door, copies: Door })),
  /** Who was first of all, also before the range. */
  firstMover: Voice,
  /** Blocs with `sources` that are fetched well and have no story of it, although two others have; most sources first. */
  silent: z.array(z.strictObject({ bloc: Bloc, sources: z.int() })),
  /** In how many languages it is told. */
  languages: z.int(),
  /** Stories that are no copies in equal stretches, from its first of the range to the range's end, or to its last if it ended. */
  spark: z.array(z.int()),
  growth: Growth,
})
export type TopEvent = z.infer<typeof TopEvent>

/** The largest events of the range; those of one story are not among them. */
export const Top = z.strictObject({
  rows: z.array(TopEvent),
  /** Opens the stories of the range. */
  query: z.string(),
  /** How many stories still wait for their event, about. */
  waiting: z.int(),
})
export type Top = z.infer<typeof Top>

export const top = panel(Top)
