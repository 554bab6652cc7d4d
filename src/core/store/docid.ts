/**
 * The number of a story in the full-text table and in tags: published second × 2^20 + a counter within the second.
 * Docid order is published order, so newest-first lists, date ranges and histograms need no join. All docids are safe
 * integers for the years 1970 to 2242.
 */
const PER_SECOND = 2 ** 20
const MAX_SECOND = 2 ** 33 - 1

/** The smallest docid of the second that holds `ms` (epoch milliseconds); earlier than 1970 counts as 1970. */
export function docidAt(ms: number): number {
  return Math.min(Math.max(Math.floor(ms / 1000), 0), MAX_SECOND) * PER_SECOND
}

/** The first docid at or after the moment `ms`: the start of a range; as an exclusive end, what `before` needs. */
export function docidFrom(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms / 1000), 0), MAX_SECOND) * PER_SECOND
}

/** Epoch milliseconds (whole seconds) of a docid. */
export function publishedOf(docid: number): number {
  return Math.floor(docid / PER_SECOND) * 1000
}

export { PER_SECOND }
