/**
 * A theme's sign: one of sixteen colours in one of six shapes, so that a theme looks the same in every chart, list and chip, also to
 * people who see few colours. Both are one number, the theme's `colour`: colour + 16 × shape, 1–96; 0 is no sign. The shapes of the
 * built-in themes say their group, and within a shape at most four colours have to be told apart.
 */
export const COLOURS = 16
export const SHAPES = ['square', 'disc', 'triangle', 'diamond', 'cross', 'ring'] as const
export type Shape = (typeof SHAPES)[number]

export function signOf(shape: Shape, hue: number): number {
  return hue + COLOURS * SHAPES.indexOf(shape)
}

/** The colour of a sign, 1–16; 0 where it has none. */
export const hueOf = (sign: number): number =>
  sign >= 1 && sign <= COLOURS * SHAPES.length ? ((sign - 1) % COLOURS) + 1 : 0

export const shapeOf = (sign: number): Shape =>
  SHAPES[Math.floor((Math.max(1, sign) - 1) / COLOURS)] ?? 'square'

/** The CSS colour of a sign. */
export const themeColour = (sign: number): string => `var(--t${hueOf(sign)})`

/**
 * A sign that no theme has: of the wanted shape in a colour that none has, else in one that the shape is free in, else of another
 * shape. 0 where all 96 are taken.
 */
export function freeSign(taken: readonly number[], wanted: Shape): number {
  const hues = new Set(taken.map(hueOf))
  const shapes = [wanted, ...SHAPES.filter((shape) => shape !== wanted)]
  const all = Array.from({ length: COLOURS }, (_, index) => index + 1)
  const unused = all.find((hue) => !hues.has(hue))
  if (unused !== undefined) return signOf(wanted, unused)
  for (const shape of shapes)
    for (const hue of all) if (!taken.includes(signOf(shape, hue))) return signOf(shape, hue)
  return 0
}
