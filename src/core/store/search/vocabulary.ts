import type { ReadableDb } from '../connection.ts'

/** Wildcards after fewer characters have too many endings to look. */
const SHORTEST_LISTED = 3

/**
 * The words of the archive.
 * @returns those that begin with a prefix, in order; null where the prefix is too short, or they are more than `most`
 */
export function vocabulary(db: ReadableDb): (prefix: string, most: number) => readonly string[] | null {
  // The table has a row per word, document and position; only the first row from a word on is ever read.
  const next = db
    .prepare<string[], string>('SELECT term FROM temp.story_place WHERE term >= ? LIMIT 1')
    .pluck()
  return (prefix, most) => {
    if (prefix.length < SHORTEST_LISTED) return null
    const found: string[] = []
    // One seek a word: what lies between is never read.
    for (let from = prefix; ; from = `${found.at(-1)}\u0001`) {
      const word = next.get(from)
      if (word === undefined || !word.startsWith(prefix)) return found
      if (found.length === most) return null
      found.push(word)
    }
  }
}
