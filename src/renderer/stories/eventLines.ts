import type { StoryRow } from '../../api/contract/stories.ts'

/** A line of the list: an event by one of its stories, or, below it where it is open, another of its stories. */
export interface Line {
  /** The same for as long as the line is there. */
  readonly key: string
  /** The story that stands for it. */
  readonly row: StoryRow
  /** The event, where the line stands for more than its one story; null for a single story. */
  readonly event: NonNullable<StoryRow['event']> | null
  /** The ids of its stories as far as they are loaded, the shown one among them. */
  readonly stories: readonly number[]
  /** When its newest story came out, epoch ms. */
  readonly newest: number
  readonly read: boolean
  readonly open: boolean
  /** It stands below its event's line. */
  readonly member: boolean
}

/**
 * Gathers stories into lines, an event where its newest story stands. An event is shown by its most central story if that is
 * among those listed, else by its newest in the reader's language (one that is no copy, if there is one), else by its newest.
 * @param rows in their order
 * @param opened the events that are open in place, each with its stories as far as they are known
 * @param language of the reader (BCP 47, primary)
 */
export function eventLines(
  rows: readonly StoryRow[],
  opened: ReadonlyMap<number, readonly StoryRow[] | undefined>,
  language: string,
): Line[] {
  const ofEvents = Map.groupBy(rows, (row) => row.event?.id ?? -row.id)
  return [...ofEvents.values()].flatMap((mine): Line[] => {
    const newest = mine[0] as StoryRow
    const { event } = newest
    if (event === null || event.stories < 2) return mine.map(lineOf)
    const own = mine.filter(({ lang }) => lang.split('-')[0] === language)
    const row =
      mine.find(({ id }) => id === event.headline) ?? own.find(({ copy }) => !copy) ?? own[0] ?? newest
    const open = opened.has(event.id)
    const line: Line = {
      key: `event ${event.id}`,
      row,
      event,
      stories: mine.map(({ id }) => id),
      newest: newest.published,
      read: mine.every(({ read }) => read),
      open,
      member: false,
    }
    if (!open) return [line]
    const others = opened.get(event.id) ?? mine
    return [
      line,
      ...others.filter(({ id }) => id !== row.id).map((other) => ({ ...lineOf(other), member: true })),
    ]
  })
}

/** Each story a line of its own. */
export const storyLines = (rows: readonly StoryRow[]): Line[] => rows.map(lineOf)

const lineOf = (row: StoryRow): Line => ({
  key: String(row.id),
  row,
  event: null,
  stories: [row.id],
  newest: row.published,
  read: row.read,
  open: false,
  member: false,
})
