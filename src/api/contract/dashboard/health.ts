import { z } from 'zod'
import { Id, Kind } from '../common.ts'
import { panel } from './panel.ts'

const Troubled = z.strictObject({ id: Id, title: z.string(), message: z.string() })

/** How the sources do now. */
export const Health = z.strictObject({
  ok: z.int(),
  failing: z.array(Troubled),
  silent: z.array(Troubled),
  paused: z.int(),
  kinds: z.array(z.strictObject({ kind: Kind, sources: z.int() })),
})
export type Health = z.infer<typeof Health>

export const health = panel(Health)
