import { z } from 'zod'
import { Key } from '../common.ts'
import { Door } from '../door.ts'
import { panel } from './panel.ts'

/** What the weekdays before lead one to expect of the day a range ends on, with the arithmetic in words. */
export const Expectation = z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  observed: z.int(),
  above: z.boolean(),
  /** Where the count is above the band and could yet be chance: the least that would have stood out. */
  least: z.int().nullable(),
  words: z.string(),
  /** Opens exactly the stories observed: those of the theme on that day. */
  query: z.string(),
})
export type Expectation = z.infer<typeof Expectation>

/** A row of the themes table. */
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
  /** Null while there are too few weeks to expect anything. */
  expected: Expectation.nullable(),
})
export type Card = z.infer<typeof Card>

/** Every enabled theme and group. */
export const themes = panel(z.strictObject({ cards: z.array(Card) }))
