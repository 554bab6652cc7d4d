import { expect, test } from 'vitest'
import { withCorrections } from './corrections.ts'

const GROUP = 9
/** Themes 1 to 3 are of the group, theme 4 of none. */
const groupOf = (theme: number): number | null => (theme <= 3 ? GROUP : null)
const tag = (theme: number, score: number, byPerson = false) => ({ theme, score, byPerson })

test('a group holds with the strongest of its themes, in whatever order they come', () => {
  const scores = [0.4, 0.9, 0.6]
  for (const order of [
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ]) {
    const themes = order.map((theme) => tag(theme, scores[theme - 1] as number))
    expect(withCorrections(themes, [], groupOf)).toEqual([...themes, tag(GROUP, 0.9)])
  }
})

test('a person’s “not this theme” takes the tag away, and the group with the last of its themes', () => {
  const themes = [tag(1, 0.9), tag(2, 0.3), tag(4, 0.5)]
  const not = (theme: number) => ({ theme, verdict: -1 as const })
  expect(withCorrections(themes, [not(1)], groupOf)).toEqual([tag(2, 0.3), tag(4, 0.5), tag(GROUP, 0.3)])
  expect(withCorrections(themes, [not(1), not(2)], groupOf)).toEqual([tag(4, 0.5)])
})

test('a person’s “also this theme” is a tag of its own strength: that of the match, or 1 where nothing matched', () => {
  const also = (theme: number) => ({ theme, verdict: 1 as const })
  expect(withCorrections([tag(1, 0.2)], [also(1), also(4)], groupOf)).toEqual([
    tag(1, 0.2, true),
    tag(4, 1, true),
    tag(GROUP, 0.2),
  ])
})
