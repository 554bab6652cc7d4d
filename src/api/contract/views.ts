import { z } from 'zod'
import { base, Key, Nothing } from './common.ts'

/** How the person arranged the dashboard's panels, by their ids. What it does not name stands where it does by itself. */
export const Arrangement = z.strictObject({
  order: z.array(Key).max(100),
  /** Not drawn, and not asked for. */
  hidden: z.array(Key).max(100),
})
export type Arrangement = z.infer<typeof Arrangement>

export const views = {
  panels: base.input(Nothing).output(Arrangement),
  arrange: base.input(Arrangement).output(Arrangement),
}
