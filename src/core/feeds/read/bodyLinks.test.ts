import { expect, test } from 'vitest'
import { withAbsoluteAddresses } from './bodyLinks.ts'
import { readFeed } from './parse.ts'

const at = (html: string): string => withAbsoluteAddresses(html, 'https://news.example/2025/story')

test.each([
  ['a path', '<a href="/about">x</a>', '<a href="https://news.example/about">x</a>'],
  ['a neighbour', '<img src="map.png" alt="m">', '<img src="https://news.example/2025/map.png" alt="m">'],
  ['no quotes', '<a href=b.html class=c>x</a>', '<a href="https://news.example/2025/b.html" class=c>x</a>'],
  ['single quotes', "<video poster='p.jpg'>", '<video poster="https://news.example/2025/p.jpg">'],
  ['another host', '<a href="//cdn.example/y">x</a>', '<a href="https://cdn.example/y">x</a>'],
  ['a footnote', '<a href="#fn1">1</a>', '<a href="https://news.example/2025/story#fn1">1</a>'],
  [
    'an ampersand',
    '<a href="?a=1&amp;b=2">x</a>',
    '<a href="https://news.example/2025/story?a=1&#38;b=2">x</a>',
  ],
  ['capitals', '<A HREF="b">x</A>', '<A href="https://news.example/2025/b">x</A>'],
  ['a closed tag', '<img src="/a.png"/>', '<img src="https://news.example/a.png"/>'],
  ['a half tag', '<a href="/b"', '<a href="https://news.example/b"'],
  [
    'several sizes',
    '<img srcset="s.jpg 1x, /l.jpg?w=1,2 2x, https://cdn.example/x.jpg 3x">',
    '<img srcset="https://news.example/2025/s.jpg 1x, https://news.example/l.jpg?w=1,2 2x, https://cdn.example/x.jpg 3x">',
  ],
])('relative: %s', (_, html, expected) => {
  expect(at(html)).toBe(expected)
})

test.each([
  '<a href="https://a.example/?x=1&amp;y=2">x</a>',
  '<a href="mailto:desk@a.example">x</a>',
  '<img src="data:image/png;base64,AA==">',
  'no markup, href="b" neither',
  '<p title="src=b">x</p>',
])('stays as written: %s', (html) => {
  expect(at(html)).toBe(html)
})

test.each([
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#10;script:alert(1)">x</a>',
  `<a href="java${'\n'.repeat(200)}script:alert(1)">x</a>`,
  `<img src="${'&#1;'.repeat(200)}javascript:alert(1)">`,
  '<a href=" VBScript:x">x</a>',
  '<a href="data:text/html,x">x</a>',
  '<a href="file:///etc/passwd">x</a>',
  '<iframe src="javascript:x"></iframe>',
  '<svg><a xlink:href="javascript:x">x</a></svg>',
  '<form action="tel:1">',
])('no web or mail address: %s', (html) => {
  expect(at(html)).not.toMatch(/javascript|java(?:&#10;|\n)|vbscript|data:|file:|tel:/i)
})

test('a body of a feed: xml:base first, then the address of its story, then that of the feed', () => {
  const body = (item: string, around = ''): string =>
    readFeed(Buffer.from(`<rss ${around}><channel>${item}</channel></rss>`), {
      contentType: '',
      base: 'https://feed.example/rss/all.xml',
    }).items[0]!.html
  const html = '<description>&lt;a href="x">x&lt;/a></description>'
  expect(body(`<item><link>https://site.example/a/b</link>${html}</item>`)).toContain(
    '"https://site.example/a/x"',
  )
  expect(body(`<item><title>t</title>${html}</item>`)).toContain('"https://feed.example/rss/x"')
  expect(
    body(`<item><link>https://site.example/a/b</link>${html}</item>`, 'xml:base="https://base.example/"'),
  ).toContain('"https://base.example/x"')
})

test('without any base nothing is guessed', () => {
  expect(withAbsoluteAddresses('<img src="a.png">', '')).toBe('<img src="a.png">')
})
