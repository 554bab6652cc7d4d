const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A length of time (ms) in words, in one unit: "45 s", "14 min", "19 h", "3 days". */
export function duration(ms: number): string {
  if (ms < 59.5 * 1000) return `${Math.max(0, Math.round(ms / 1000))} s`
  if (ms < 99.5 * minute) return `${Math.round(ms / minute)} min`
  if (ms < 47.5 * hour) return `${Math.round(ms / hour)} h`
  return `${Math.round(ms / day)} days`
}
