import type { HitGroup, HitRefs } from '../../../api/contract/inbox.ts'
import { keyOf } from './hitPages.ts'

/** A line of the list: an event by one of its hits, or, below it where it is open, each of its hits. */
export interface HitLine {
  /** The same for as long as the line is there. */
  readonly key: string
  readonly group: HitGroup
  /** What is done to the line is done to these. */
  readonly refs: HitRefs
  /** More than one hit stands behind it. */
  readonly folds: boolean
  readonly open: boolean
  /** It stands below its event's line. */
  readonly member: boolean
}

/** @param opened the events that are open in place, with their hits as far as they are there */
export function hitLines(
  groups: readonly HitGroup[],
  opened: ReadonlyMap<number, readonly HitGroup[] | undefined>,
  isGrouped: boolean,
): HitLine[] {
  return groups.flatMap((group): HitLine[] => {
    const { event } = group
    const open = isGrouped && event !== null && group.hits > 1 && opened.has(event.id)
    const line: HitLine = {
      key: keyOf(group, isGrouped),
      group,
      refs: group.refs,
      folds: isGrouped && group.hits > 1,
      open,
      member: false,
    }
    if (!open) return [line]
    return [
      line,
      ...(opened.get(event.id) ?? []).map((one) => ({
        key: `member ${keyOf(one, false)}`,
        group: one,
        refs: one.refs,
        folds: false,
        open: false,
        member: true,
      })),
    ]
  })
}
