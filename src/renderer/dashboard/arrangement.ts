import type { Arrangement } from '../../api/contract/views.ts'

/** Where every panel stands until the person arranges them. */
export const AS_AT_FIRST: Arrangement = { order: [], hidden: [] }

/**
 * The panels there are, in the person's order. One that the arrangement does not know, since it is newer, follows the one that it
 * follows by itself; what is arranged but no longer there is left out.
 * @param all ids in the order in which they stand by themselves
 */
export function ordered(all: readonly string[], { order }: Arrangement): string[] {
  const placed = [...new Set(order)].filter((id) => all.includes(id))
  all.forEach((id, index) => {
    if (placed.includes(id)) return
    const before = all.slice(0, index).findLast((earlier) => placed.includes(earlier))
    placed.splice(before === undefined ? 0 : placed.indexOf(before) + 1, 0, id)
  })
  return placed
}

/** The arrangement with a panel one place up (-1) or down (1); itself where there is none. */
export function moved(
  all: readonly string[],
  arrangement: Arrangement,
  id: string,
  step: -1 | 1,
): Arrangement {
  const order = ordered(all, arrangement)
  const at = order.indexOf(id)
  const other = order[at + step]
  if (at < 0 || other === undefined) return arrangement
  return { ...arrangement, order: order.with(at, other).with(at + step, id) }
}

/** The arrangement with a panel shown, or hidden. */
export function withPanel(arrangement: Arrangement, id: string, shown: boolean): Arrangement {
  const others = arrangement.hidden.filter((one) => one !== id)
  return { ...arrangement, hidden: shown ? others : [...others, id] }
}

/** Whether two arrangements draw the same. */
export function sameArrangement(all: readonly string[], a: Arrangement, b: Arrangement): boolean {
  const drawn = (one: Arrangement): string =>
    ordered(all, one)
      .map((id) => `${one.hidden.includes(id) ? '-' : ''}${id}`)
      .join()
  return drawn(a) === drawn(b)
}
