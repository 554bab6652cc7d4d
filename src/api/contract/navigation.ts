import { z } from 'zod'
import { base, Key, Range } from './common.ts'
import { Door } from './door.ts'

/** What the navigation and the palette show of a range on every page. */
export const RangeCounts = z.strictObject({
  stories: Door,
  /** The enabled themes and groups in their order. */
  themes: z.array(
    z.strictObject({
      id: Key,
      kind: z.enum(['theme', 'group']),
      name: z.string(),
      colour: z.int(),
      stories: Door,
    }),
  ),
})
export type RangeCounts = z.infer<typeof RangeCounts>

export const navigation = {
  counts: base.input(z.strictObject({ range: Range })).output(RangeCounts),
}
