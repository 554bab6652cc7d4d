import type { StoryRow } from '../../api/contract/stories.ts'

/** A loaded part of the list, as the engine gave it. */
export interface Page {
  readonly rows: readonly StoryRow[]
  readonly next: string | null
  /** Why it may lack stories. */
  readonly incomplete?: string | undefined
}

/** The rows of a fresh first page that the list does not hold yet and that belong into what it has loaded. */
export function arrivals(pages: readonly Page[], fresh: readonly StoryRow[]): StoryRow[] {
  const known = new Set(pages.flatMap((page) => page.rows.map(({ id }) => id)))
  const last = pages.at(-1)
  const oldest = last?.next == null ? undefined : last.rows.at(-1)
  return fresh.filter(
    (row) => !known.has(row.id) && (oldest === undefined || row.published >= oldest.published),
  )
}

/** The pages with new rows put in their place (newest first) and known ones brought up to date. */
export function merged<P extends Page>(pages: readonly P[], fresh: readonly StoryRow[]): P[] {
  const now = new Map(fresh.map((row) => [row.id, row]))
  const coming = arrivals(pages, fresh).sort((a, b) => b.published - a.published)
  return pages.map((page, index) => {
    const last = index === pages.length - 1
    const oldest = page.rows.at(-1)
    const mine: StoryRow[] = []
    while (
      coming[0] !== undefined &&
      (last || (oldest !== undefined && coming[0].published >= oldest.published))
    )
      mine.push(coming.shift() as StoryRow)
    const rows = page.rows.map((row) => now.get(row.id) ?? row)
    if (mine.length === 0) return { ...page, rows }
    return { ...page, rows: [...mine, ...rows].sort((a, b) => b.published - a.published) }
  })
}
