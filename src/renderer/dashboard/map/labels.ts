/** Countries that are named on the map at most. */
const MOST = 7
/** Of 11-px text: pixels a character, and of a line. */
const CHARACTER = 6.4
const LINE = 14

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * Where the names of the first few countries stand: at the country's middle, else above or below it; one that would cover
 * another, or leave the map, is left out.
 * @param wanted the most important first
 * @returns the middle of each line of text (x) and its base line (y), with the index of what it names
 */
export function labelsOf(
  wanted: readonly { text: string; centre: readonly [number, number] }[],
  width: number,
  height: number,
): { index: number; x: number; y: number }[] {
  const taken: Box[] = []
  const placed: { index: number; x: number; y: number }[] = []
  for (const [index, { text, centre }] of wanted.slice(0, MOST).entries()) {
    const half = (text.length * CHARACTER) / 2
    const x = Math.min(Math.max(centre[0], half), width - half)
    for (const shift of [0, -LINE, LINE, -2 * LINE, 2 * LINE]) {
      const y = centre[1] + shift
      const box = { left: x - half, right: x + half, top: y - LINE / 2, bottom: y + LINE / 2 }
      if (box.left < 0 || box.top < 0 || box.bottom > height || taken.some((other) => overlaps(box, other)))
        continue
      taken.push(box)
      placed.push({ index, x, y: y + 4 })
      break
    }
  }
  return placed
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
