import { z } from 'zod'

/**
 * A number that opens: `query` lists exactly the stories it counted. `events`: of how many events they are, where that is
 * counted.
 */
export const Door = z.strictObject({ stories: z.int(), events: z.int().optional(), query: z.string() })
export type Door = z.infer<typeof Door>
