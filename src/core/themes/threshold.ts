/** A story that a person corrected, as a theme's query scores it; null where the query does not match. */
export interface CorrectedScore {
  readonly score: number | null
  readonly belongs: boolean
}

/** The steps of the threshold that the editor offers. */
const STEPS = 20

/**
 * The threshold that gets more of the corrections right than the current one: of those that get most right the one nearest to
 * it. null where none gets more right.
 * @returns how many corrections it gets right, and how many wrong
 */
export function betterThreshold(
  corrected: readonly CorrectedScore[],
  current: number,
): { threshold: number; right: number; wrong: number } | null {
  const rightAt = (threshold: number): number =>
    corrected.filter(({ score, belongs }) => (score !== null && score >= threshold) === belongs).length
  let best = { threshold: current, right: rightAt(current) }
  for (let step = 0; step <= STEPS; step++) {
    const threshold = step / STEPS
    const right = rightAt(threshold)
    const isNearer = Math.abs(threshold - current) < Math.abs(best.threshold - current)
    if (right > best.right || (right === best.right && best.threshold !== current && isNearer))
      best = { threshold, right }
  }
  return best.threshold === current ? null : { ...best, wrong: corrected.length - best.right }
}
