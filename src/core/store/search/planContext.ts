import type { FtsContext } from '../../query/fulltext/context.ts'

/** What a plan needs to know of the archive. */
export interface PlanContext extends FtsContext {
  readonly now: number
  readonly timeZone: string
  /** Ids of the themes and alerts that a value names; perhaps none. */
  themes(key: string): readonly number[]
  alerts(name: string): readonly number[]
  /** The first and last docid fetched since a moment (ms), or null where they are more than a few. */
  fewFetchedSince?(ms: number): { first: number; last: number } | null
}
