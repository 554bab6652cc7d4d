import { expect, test } from 'vitest'
import { quotedForms } from './quotedForms.ts'

test('the story’s words are marked where the explanation quotes them', () => {
  const made = quotedForms('“Putin” and “Xi Jinping” stand 6 words apart; no “Taiwan”.', [
    'putin',
    'Xi  Jinping',
  ])
  expect(made.filter((p) => p.quoted).map((p) => p.text)).toEqual(['Putin', 'Xi Jinping'])
  expect(made.map((p) => p.text).join('')).toBe('“Putin” and “Xi Jinping” stand 6 words apart; no “Taiwan”.')
})

test('a word of the explanation itself is not evidence', () => {
  expect(quotedForms('The title names both.', ['title'])).toEqual([
    { text: 'The title names both.', quoted: false },
  ])
})
