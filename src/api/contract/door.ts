import { z } from 'zod'

/** A number that opens: `query` lists exactly the stories it counted. */
export const Door = z.strictObject({ stories: z.int(), query: z.string() })
export type Door = z.infer<typeof Door>
