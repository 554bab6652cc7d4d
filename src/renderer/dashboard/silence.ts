import type { Door } from '../../api/contract/door.ts'

/** Expected stories from which on none at all is hardly chance: the odds are under 1 in 20. */
const TELLING = 3

/**
 * Which cells of the theme × bloc table are telling silences: the bloc has no story on the theme although, had it
 * spread its stories like everybody, at least `TELLING` would be expected (row total × column total / total; with a
 * Poisson count of mean 3, none at all has probability e⁻³ ≈ 0.05).
 */
export function silences(rows: readonly { readonly cells: readonly Door[] }[]): boolean[][] {
  const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)
  const counts = rows.map(({ cells }) => cells.map(({ stories }) => stories))
  const columns = (counts[0] ?? []).map((_, column) => sum(counts.map((row) => row[column] ?? 0)))
  const total = sum(columns)
  return counts.map((row) =>
    row.map(
      (count, column) => count === 0 && total > 0 && (sum(row) * (columns[column] ?? 0)) / total >= TELLING,
    ),
  )
}
