import { expect, test } from 'vitest'

const files = import.meta.glob<string>('./**/*.tsx', { query: '?raw', import: 'default', eager: true })
const OPENING = /<(?:[a-z]\w*|Link)\b(?:\s+[\w-]+(?:="[^"]*"|={[^>]*?}))*/g

test('the name of a source does not turn the words around it', () => {
  const shown = Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/(<\w+)[^<>]*>\s*{(?:\w+\.)*source\.title}/g)].map(([, tag]) => `${file}: ${tag}`),
  )
  expect(shown.length).toBeGreaterThan(4)
  expect(shown.filter((tag) => !tag.endsWith('<bdi'))).toEqual([])
})

test('what is said to be in the language of a story also runs in its direction', () => {
  const tags = Object.entries(files)
    .flatMap(([file, text]) => (text.match(OPENING) ?? []).map((tag) => `${file}: ${tag}`))
    .filter((tag) => /\slang=/.test(tag))
  expect(tags.length).toBeGreaterThan(4)
  // <bdi> finds its direction by itself.
  expect(tags.filter((tag) => !tag.includes('dir="auto"') && !tag.includes('<bdi'))).toEqual([])
})
