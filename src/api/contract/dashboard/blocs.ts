import { z } from 'zod'
import { Bloc } from '../common.ts'
import { Door } from '../door.ts'
import { panel, ThemeLabel } from './panel.ts'

/** 0–1; null where there was nothing to have a share of. */
const Share = z.number().nullable()

/**
 * Stories per theme and bloc in the range, and who has how much of the voice. Where the filter asks for one bloc, the shares are
 * that bloc's of each theme's stories; else each theme's of all stories. Shares are of stories, whatever is counted.
 */
export const Blocs = z.strictObject({
  blocs: z.array(Bloc),
  /** The one bloc that the filter asks for; null where it asks for none, or several. */
  framed: Bloc.nullable(),
  rows: z.array(
    z.strictObject({
      theme: ThemeLabel,
      /** One cell a bloc. */
      cells: z.array(Door),
      /** What the share is of the range, and what it counts. */
      share: Share,
      counted: Door,
      /** The share in each of the eight weeks up to the range's end, oldest first. */
      weeks: z.array(Share),
    }),
  ),
  /** Each bloc's stories of the range, and its share of all. */
  shares: z.array(z.strictObject({ stories: Door, share: Share })),
})
export type Blocs = z.infer<typeof Blocs>

export const blocs = panel(Blocs)
