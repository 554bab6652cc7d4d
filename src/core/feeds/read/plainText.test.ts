import { expect, test } from 'vitest'
import { plainText, plainTextOfEither } from './plainText.ts'

test.each([
  ['<p>One</p><p>Two</p>', 'One\nTwo'],
  ['a<br>b<br/>c', 'a\nb\nc'],
  ['<ul><li>one<li>two</ul>end', 'one\ntwo\nend'],
  ['<td>one</td><td>two</td>', 'one two'],
  ['bo<b>ld</b> <i>text</i>', 'bold text'],
  ['<i>line</i>\n  broken\tin source', 'line broken in source'],
  ['text without\n  any tag\tkeeps its lines', 'text without\nany tag keeps its lines'],
  ['Caf&eacute; &amp; &#8364; &#x1F525; &hellip;', 'Café & € 🔥 …'],
  ['<a title="a > b" href=\'x\'>link</a>', 'link'],
  ['a < b and c > d', 'a < b and c > d'],
  ['x<!-- hidden --><style>p{}</style><script>if (a<b) "</p>"</script>y', 'xy'],
  ['<![CDATA[kept]]>', 'kept'],
  ['zero\u0000\u0008width\u00a0space\u3000wide', 'zerowidth space wide'],
  ['unclosed <b', 'unclosed <b'],
  ['Crimea<sup>2</sup>, 10<sup>9</sup> m<sup>3</sup>', 'Crimea 2, 10 9 m 3'],
  ['the 1<sup>st</sup> of H<sub>2</sub>O', 'the 1st of H2O'],
  ['<p>half \ud83d</p>', 'half \ufffd'],
])('%j is %j', (html, text) => expect(plainText(html)).toBe(text))

test('where it may be plain text, only tags that HTML knows go', () => {
  expect(plainTextOfEither('Map<Key> in <em>Java</em>')).toBe('Map<Key> in Java')
})
