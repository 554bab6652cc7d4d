import { z } from 'zod'
import { base, Key, Range } from '../common.ts'

/** Query text that narrows the dashboard; '' or left out for all stories. */
const Filter = z.string().max(20_000).optional()

/** What a person counts: happenings, or each story that tells of them. */
export const CountUnit = z.enum(['events', 'stories'])
export type CountUnit = z.infer<typeof CountUnit>

/** A panel's procedure: what it shows of a range and a filter. What the filter says of the panel's own axis does not narrow it. `unit`: stories unless told. */
export const panel = <Answer extends z.ZodType>(answer: Answer) =>
  base.input(z.strictObject({ range: Range, filter: Filter, unit: CountUnit.optional() })).output(answer)

/** A theme as a panel names it, so that each panel can be drawn without another's answer. */
export const ThemeLabel = z.strictObject({ id: Key, name: z.string(), colour: z.int() })
export type ThemeLabel = z.infer<typeof ThemeLabel>
