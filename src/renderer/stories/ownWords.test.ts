import { expect, test } from 'vitest'
import { ownWords } from './ownWords.ts'

const marked = (text: string, forms: string[]): string =>
  ownWords(text, forms)
    .map((p) => (p.kinds.length > 0 ? `[${p.text}]` : p.text))
    .join('')

test('the story’s words are marked in the explanation, longest form and all', () => {
  expect(marked('Putin and Xi Jinping stand 6 words apart', ['Putin', 'Xi', 'Xi Jinping'])).toBe(
    '[Putin] and [Xi Jinping] stand 6 words apart',
  )
  expect(marked('普京 and 习近平 stand side by side', ['普京', '习近平'])).toBe(
    '[普京] and [习近平] stand side by side',
  )
})

test('a part of a word, or the word spelled otherwise, is not marked', () => {
  expect(marked('Xian is far; the text says so', ['Xi', 'Text'])).toBe('Xian is far; the text says so')
})

test('the first word is marked although it begins the sentence', () => {
  expect(marked('Sanctions and oil stand side by side', ['sanctions', 'oil'])).toBe(
    '[Sanctions] and [oil] stand side by side',
  )
})
