import { z } from 'zod'
import { base, Key, Range } from '../common.ts'

/** A panel's procedure: what it shows of a range. */
export const panel = <Answer extends z.ZodType>(answer: Answer) =>
  base.input(z.strictObject({ range: Range })).output(answer)

/** A theme as a panel names it, so that each panel can be drawn without another's answer. */
export const ThemeLabel = z.strictObject({ id: Key, name: z.string(), colour: z.int() })
export type ThemeLabel = z.infer<typeof ThemeLabel>
