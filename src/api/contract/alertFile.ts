import { z } from 'zod'
import { AlertSettings } from './alertSettings.ts'
import { Id } from './common.ts'

const Name = z.string().trim().min(1).max(120)

/** An alert as it stands in a file: what a person wrote. Its hits, its channels and their secrets stay where they are. */
const AlertFileEntry = z.strictObject({
  name: Name,
  query: z.string().min(1),
  /** What is left out is as by default. */
  settings: AlertSettings.partial().optional(),
  folder: z.string().max(120).optional(),
  colour: z.int().min(0).nullable().optional(),
  note: z.string().max(10_000).optional(),
})

export const AlertFile = z.strictObject({
  wirewatch: z.literal('alerts'),
  version: z.literal(1),
  alerts: z.array(AlertFileEntry).max(100_000),
})
export type AlertFile = z.infer<typeof AlertFile>

/** An alert that came from a file, or from another. */
export const NewAlert = z.strictObject({ id: Id, name: z.string() })
export type NewAlert = z.infer<typeof NewAlert>
