import { seeded } from '../../src/core/fixtures/random.ts'
import type { LabelledItem } from './labelled.ts'

/** How tags and labels agree. Disputed labels count neither way. */
export interface Agreement {
  readonly right: number
  readonly wrong: number
  readonly missed: number
}
export type Tagging = (item: LabelledItem) => ReadonlySet<string>

export const precision = ({ right, wrong }: Agreement): number => ratio(right, right + wrong)
export const recall = ({ right, missed }: Agreement): number => ratio(right, right + missed)
export const f1 = ({ right, wrong, missed }: Agreement): number =>
  ratio(2 * right, 2 * right + wrong + missed)
const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

/** Counts over the items and themes; of one theme where it is named. */
export function agreement(
  items: readonly LabelledItem[],
  tagging: Tagging,
  themes: readonly string[],
): Agreement {
  let [right, wrong, missed] = [0, 0, 0]
  for (const item of items) {
    const tags = tagging(item)
    for (const theme of themes) {
      const [is, has] = [item.themes.has(theme), tags.has(theme)]
      if (is && has) right++
      else if (is) missed++
      else if (has && !item.disputed.has(theme)) wrong++
    }
  }
  return { right, wrong, missed }
}

/** The mean of the themes' F1, of those that items or tags have. */
export function macro(items: readonly LabelledItem[], tagging: Tagging, themes: readonly string[]): number {
  const each = themes
    .map((theme) => agreement(items, tagging, [theme]))
    .filter(({ right, wrong, missed }) => right + wrong + missed > 0)
    .map(f1)
  return each.reduce((sum, one) => sum + one, 0) / each.length
}

const SAMPLES = 1000

/**
 * The interval that holds 95 % of what the measure is on items drawn anew, as many and with repeats (bootstrap), from a fixed
 * seed.
 */
export function interval(
  items: readonly LabelledItem[],
  tagging: Tagging,
  themes: readonly string[],
  measure: (agreement: Agreement) => number,
): [low: number, high: number] {
  const random = seeded(7)
  const counts = items.map((item) => agreement([item], tagging, themes))
  const values = Array.from({ length: SAMPLES }, () => {
    let [right, wrong, missed] = [0, 0, 0]
    for (let i = 0; i < counts.length; i++) {
      const one = counts[Math.floor(random() * counts.length)] as Agreement
      right += one.right
      wrong += one.wrong
      missed += one.missed
    }
    return measure({ right, wrong, missed })
  }).sort((a, b) => a - b)
  return [values[Math.floor(SAMPLES * 0.025)] as number, values[Math.ceil(SAMPLES * 0.975) - 1] as number]
}
