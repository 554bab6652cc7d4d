import { z } from 'zod'
import { Bloc } from '../common.ts'
import { Door } from '../door.ts'
import { panel, ThemeLabel } from './panel.ts'

/** Stories per theme and bloc in the range. */
export const Blocs = z.strictObject({
  blocs: z.array(Bloc),
  /** One cell a bloc. */
  rows: z.array(z.strictObject({ theme: ThemeLabel, cells: z.array(Door) })),
})
export type Blocs = z.infer<typeof Blocs>

export const blocs = panel(Blocs)
