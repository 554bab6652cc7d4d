import { expect, test } from 'vitest'
import { otherVoices } from './otherVoices.ts'

test('beside a story, other blocs are heard before a second voice of any, and copies not at all', () => {
  const voice = (id: number, bloc: string, copies = 0) => ({
    story: id,
    title: '',
    lang: '',
    source: { id, title: '', bloc },
    published: id,
    stories: 1,
    copies,
  })
  const voices = [
    voice(1, 'EU'),
    voice(2, 'EU'),
    voice(3, 'RU'),
    voice(4, 'RU'),
    voice(5, 'US', 1),
    voice(6, 'CN'),
    voice(7, 'US'),
  ]
  const heard = (id: number, bloc: string): number[] =>
    otherVoices({ voices }, { source: { id, bloc } }).map(({ story }) => story)
  expect(heard(1, 'EU')).toEqual([2, 3, 6, 7])
  expect(heard(6, 'CN')).toEqual([1, 2, 3, 7])
  expect(heard(3, 'RU')).toEqual([1, 2, 6, 7])
})
