import { expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { printQuery } from '../query/language/print.ts'
import { narrowings } from './narrowings.ts'

test.each<[string, string | null, string[]]>([
  ['china pipeline', null, ['china NEAR/10 pipeline', 'title:(china pipeline)', 'china pipeline -is:copy']],
  ['pipeline', null, ['title:pipeline', 'pipeline -is:copy']],
  [
    '(oil OR gas) price lang:en',
    'energy',
    [
      '(oil OR gas) NEAR/10 price lang:en',
      'title:((oil OR gas) price) lang:en',
      '(oil OR gas) price lang:en -is:copy',
      '(oil OR gas) price lang:en theme:energy',
    ],
  ],
  // What is narrow in a way already is not narrowed in that way again.
  ['title:pipeline', null, ['title:pipeline -is:copy']],
  ['pipeline -is:copy theme:energy', 'energy', ['title:pipeline -is:copy theme:energy']],
  ['oil OR gas', null, ['title:(oil OR gas)', '(oil OR gas) -is:copy']],
])('%s is narrowed to %3$s', (query, theme, expected) => {
  const found = narrowings(parseQuery(query, { use: 'alert' }).query, theme)
  expect(found.map((one) => printQuery(one.query))).toEqual(
    expected.map((text) => printQuery(parseQuery(text, { use: 'alert' }).query)),
  )
  for (const { words } of found) expect(words).not.toBe('')
})
