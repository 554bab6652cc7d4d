/** Stories less than this apart are one batch: published together, or without dates and first seen in one fetch. */
const batch = 60_000

/**
 * The time between a source's stories.
 * @param published epoch ms, newest first; moments after `now` do not count
 * @returns the gaps between successive moments of publication (ms, newest first); stories of one batch are one moment
 */
export function gaps(published: readonly number[], now: number): number[] {
  const found: number[] = []
  let last: number | null = null
  for (const at of published) {
    if (at > now) continue
    if (last === null) last = at
    else if (last - at >= batch) {
      found.push(last - at)
      last = at
    }
  }
  return found
}
