import { expect, test } from 'vitest'
import { COLOURS, hueOf, SHAPES, shapeOf } from './components/themeSign.ts'
import tokens from './tokens.css?raw'

type Triple = [number, number, number]

const palettes = { light: 0, dark: 1 } as const
type Palette = keyof typeof palettes

/** A token's colour in linear light, 0–1. */
function colour(name: string, palette: Palette): Triple {
  const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens)
  const hex = pair?.[palettes[palette] + 1]
  if (hex === undefined) throw new Error(`tokens.css has no --${name}`)
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

/** WCAG 2 contrast. */
function contrast(a: Triple, b: Triple): number {
  const luminance = ([red, green, blue]: Triple): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** What a person without red, green or blue cones sees: Machado, Oliveira, Fernandes (2009), severity 1. */
const sight: Record<string, readonly Triple[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const times = (matrix: readonly Triple[], [x, y, z]: Triple): Triple =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple

/** OKLab (Ottosson 2020), in which equal distances look about equally different. */
function oklab(linear: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    linear.map((value) => Math.min(1, Math.max(0, value))) as Triple,
  ).map(Math.cbrt) as Triple
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  )
}

test.for(['light', 'dark'] as const)('text is readable on every ground of the %s palette', (palette) => {
  for (const ink of ['ink', 'ink-2', 'ink-3', 'accent', 'warn', 'bad', 'good'])
    for (const ground of ['paper', 'panel', 'raised', 'selected', 'hover'])
      expect(
        contrast(colour(ink, palette), colour(ground, palette)),
        `${ink} on ${ground}`,
      ).toBeGreaterThanOrEqual(4.5)
  expect(contrast(colour('accent-ink', palette), colour('accent', palette))).toBeGreaterThanOrEqual(4.5)
  for (const ink of ['ink', 'ink-2'])
    expect(contrast(colour(ink, palette), colour('mark', palette)), `${ink} on mark`).toBeGreaterThanOrEqual(
      4.5,
    )
})

/** The colours of the built-in themes, by the shape that they share. */
const built = Object.values(
  import.meta.glob<{ id: string; colour: number }>('../../resources/themes/*/themes/*.json', {
    eager: true,
    import: 'default',
  }),
)

test('every built-in theme has a sign of its own, and a shape holds at most four colours', () => {
  expect(built.length).toBe(16)
  expect(new Set(built.map(({ colour }) => colour)).size).toBe(built.length)
  expect(new Set(built.map(({ colour }) => hueOf(colour))).size).toBe(built.length)
  for (const shape of SHAPES) {
    const members = built.filter(({ colour }) => shapeOf(colour) === shape)
    expect(members.length, shape).toBeGreaterThan(0)
    expect(members.length, shape).toBeLessThanOrEqual(4)
  }
})

test.for(['light', 'dark'] as const)(
  'the theme colours of the %s palette are seen and told apart',
  (palette) => {
    const colours = Array.from({ length: COLOURS }, (_, index) => colour(`t${index + 1}`, palette))
    for (const [index, one] of colours.entries())
      expect(contrast(one, colour('panel', palette)), `t${index + 1}`).toBeGreaterThanOrEqual(3)
    const shapes = new Map(built.map((theme) => [hueOf(theme.colour), shapeOf(theme.colour)]))
    for (const [who, matrix] of Object.entries(sight)) {
      const seen = colours.map((linear) => oklab(times(matrix, linear)))
      for (const [a, one] of seen.entries())
        for (const [b, other] of seen.entries()) {
          if (a >= b) continue
          // Within a shape the colour alone tells; across shapes it helps.
          const sameShape = shapes.get(a + 1) === shapes.get(b + 1)
          expect(
            Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]),
            `t${a + 1} and t${b + 1}, seen with ${who}`,
          ).toBeGreaterThan(sameShape ? 0.095 : who === 'all' ? 0.055 : 0.03)
        }
    }
  },
)

test('in the dark Sanctions and Technology controls stand well apart', () => {
  const of = (id: string): Triple => {
    const theme = built.find((one) => one.id === id)
    return oklab(colour(`t${hueOf(theme?.colour ?? 0)}`, 'dark'))
  }
  const [one, other] = [of('sanctions'), of('tech-controls')]
  expect(Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])).toBeGreaterThan(0.14)
})
