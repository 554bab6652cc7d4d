import { z } from 'zod'
import { Bloc, base, Id, Instant, Key, Kind, Range } from './common.ts'
import { Door } from './door.ts'
import { StoryRow } from './stories.ts'

export const Card = z.strictObject({
  id: Key,
  kind: z.enum(['theme', 'group']),
  /** The group a theme belongs to; its own id for a group. */
  group: Key,
  name: z.string(),
  colour: z.int(),
  now: Door,
  /** The equal range before; null where the archive does not reach back that far. */
  before: Door.nullable(),
  /** Stories per local day, the last 14 days up to the range's end, oldest first. */
  spark: z.array(z.int()),
  /** Weekday-aware expectation for the last full or current day, with the arithmetic in words; null while warming up. */
  expected: z
    .strictObject({
      value: z.number(),
      low: z.number(),
      high: z.number(),
      observed: z.int(),
      above: z.boolean(),
      words: z.string(),
      /** Opens exactly the stories observed: those of the theme on that day. */
      query: z.string(),
    })
    .nullable(),
})
export type Card = z.infer<typeof Card>

export const Dashboard = z.strictObject({
  range: z.strictObject({
    from: Instant,
    to: Instant,
    /** False for the first visit: "since last visit" then shows everything there is. */
    hasVisit: z.boolean(),
    query: z.string(),
  }),
  total: z.strictObject({
    now: Door,
    before: Door.nullable(),
    unread: Door,
    copies: z.int(),
    sources: z.int(),
  }),
  cards: z.array(Card),
  /**
   * What stands above its weekdays' expectation on the day the range ends on, furthest above first: themes, blocs of sources
   * and entities, looked at together. `query` lists exactly the observed stories.
   */
  above: z.array(
    z.strictObject({
      kind: z.enum(['theme', 'bloc', 'entity']),
      /** A theme's key, a bloc, an entity's name. */
      name: z.string(),
      label: z.string(),
      observed: z.int(),
      words: z.string(),
      query: z.string(),
    }),
  ),
  /**
   * Sources whose silence makes the numbers of that day look calmer than it was: by their weekdays where the day is over, by
   * their rhythm where it goes on.
   */
  silent: z.array(z.strictObject({ id: Id, title: z.string(), message: z.string() })),
  /** Stacked volume: one value a bucket for each theme; buckets start at these instants (local hours or days). */
  volume: z.strictObject({
    unit: z.enum(['hour', 'day', 'week', 'month']),
    buckets: z.array(Instant),
    ends: z.array(Instant),
    queries: z.array(z.string()),
    series: z.array(z.strictObject({ theme: Key, stories: z.array(z.int()) })),
  }),
  /** Stories per theme × bloc in the range. */
  blocs: z.strictObject({
    blocs: z.array(Bloc),
    rows: z.array(z.strictObject({ theme: Key, cells: z.array(Door) })),
  }),
  latest: z.array(StoryRow),
  hits: z.array(
    z.strictObject({
      alert: z.string(),
      alertId: Id,
      storyId: Id,
      title: z.string(),
      source: z.string(),
      at: Instant,
    }),
  ),
  unreadHits: z.int(),
  health: z.strictObject({
    ok: z.int(),
    failing: z.array(z.strictObject({ id: Id, title: z.string(), message: z.string() })),
    silent: z.array(z.strictObject({ id: Id, title: z.string(), message: z.string() })),
    paused: z.int(),
    kinds: z.array(z.strictObject({ kind: Kind, sources: z.int() })),
  }),
})
export type Dashboard = z.infer<typeof Dashboard>

export const dashboard = {
  get: base.input(z.strictObject({ range: Range })).output(Dashboard),
}
