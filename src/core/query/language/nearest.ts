/**
 * The known name that was most likely meant: the shortest that begins as written, else the nearest within two edits
 * (Levenshtein), or one where so little was written that two would make another word of it.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = name.length < 4 ? 2 : 3
  let longer: string | undefined
  for (const candidate of names) {
    if (name.length > 1 && candidate.startsWith(name) && candidate.length < (longer?.length ?? Infinity))
      longer = candidate
    const distance = edits(name, candidate)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return longer ?? best
}

/** The known name with the fewest edits, however many; undefined only where there is none. */
export function closest(name: string, names: readonly string[]): string | undefined {
  let best = nearest(name, names)
  if (best !== undefined) return best
  let least = Number.POSITIVE_INFINITY
  for (const candidate of names) {
    const distance = edits(name.slice(0, LONGEST), candidate.slice(0, LONGEST), Number.POSITIVE_INFINITY)
    if (distance >= least) continue
    least = distance
    best = candidate
  }
  return best
}

const LONGEST = 60

/** How many edits apart two names are; 3 where their lengths are further apart than `most`. */
function edits(a: string, b: string, most = 2): number {
  if (Math.abs(a.length - b.length) > most) return 3
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] as number
}
