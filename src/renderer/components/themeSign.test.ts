import { expect, test } from 'vitest'
import { COLOURS, freeSign, hueOf, SHAPES, shapeOf, signOf, themeColour } from './themeSign.ts'

test('a sign is a colour and a shape; the numbers of older themes are squares', () => {
  for (const shape of SHAPES)
    for (let hue = 1; hue <= COLOURS; hue++)
      expect([shapeOf(signOf(shape, hue)), hueOf(signOf(shape, hue))]).toEqual([shape, hue])
  expect([shapeOf(7), hueOf(7)]).toEqual(['square', 7])
  expect([0, 97, -3].map(themeColour)).toEqual(['var(--t0)', 'var(--t0)', 'var(--t0)'])
})

test('a free sign has the wanted shape in a colour that nobody has, then a colour the shape is free in, then another shape', () => {
  expect(freeSign([], 'disc')).toBe(signOf('disc', 1))
  expect(freeSign([signOf('ring', 1), signOf('disc', 2)], 'disc')).toBe(signOf('disc', 3))
  const squares = Array.from({ length: COLOURS }, (_, index) => index + 1)
  expect(freeSign(squares, 'disc')).toBe(signOf('disc', 1))
  expect(freeSign(squares, 'square')).toBe(signOf('disc', 1))
  expect(
    freeSign(
      Array.from({ length: 96 }, (_, index) => index + 1),
      'square',
    ),
  ).toBe(0)
})
