import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FeedError } from '../feed.ts'
import { readFeed } from './parse.ts'

const read = (text: string | Uint8Array, more = {}) =>
  readFeed(typeof text === 'string' ? Buffer.from(text) : text, { contentType: '', base: '', ...more })
const item = (inside: string, more = {}) =>
  read(`<rss version="2.0"><channel><title>t</title><item>${inside}</item></channel></rss>`, more).items[0]!

function refusal(text: string | Uint8Array): FeedError {
  try {
    read(text)
  } catch (error) {
    if (error instanceof FeedError) return error
    throw error
  }
  throw new Error('it was read')
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'feeds')
const fixtures = readdirSync(folder).filter((name) => !name.endsWith('.result.json'))

test.each(fixtures)('%s reads as the result beside it', (name) => {
  const feed = readFeed(readFileSync(join(folder, name)), {
    contentType: '',
    base: 'https://base.example/feed',
  })
  expect(feed).toEqual(JSON.parse(readFileSync(join(folder, `${name}.result.json`), 'utf8')))
})

test.each([
  ['', 'empty'],
  [' \n\ufeff ', 'empty'],
  ['<!DOCTYPE html><html><head><title>x</title></head><body><p>a<br>b</body></html>', 'html-page'],
  ['<opml version="2.0"><body/></opml>', 'not-a-feed'],
  ['Not found', 'not-a-feed'],
  ['{"error":"no"}', 'not-a-feed'],
  ['{"items":', 'bad-json'],
  [`<rss><channel>${'<a>'.repeat(2000)}`, 'too-deep'],
])('%j is refused: %s', (text, code) => {
  const error = refusal(text)
  expect(error.code).toBe(code)
  expect(error.message).toMatch(/^[A-Z].*[.\w]$/)
})

test('JSON of hundreds of thousands of objects is refused before anything is made of it', () => {
  const items = `[${'{},'.repeat(300_000)}{}]`
  expect(refusal(`{"version":"https://jsonfeed.org/version/1.1","items":${items}}`).code).toBe('too-large')
})

test('a web page of any size is told from a feed, however its tags are left open', () => {
  expect(refusal(`<!doctype html>\n<html><body>${'<p>a<div>'.repeat(5000)}`).code).toBe('html-page')
})

test('a title is plain text: known tags go, unknown brackets stay, references are decoded', () => {
  expect(
    item('<title>AT&amp;amp;T &lt;b&gt;buys&lt;/b&gt; List&lt;String&gt; &#8212; a &lt; b</title>').title,
  ).toBe('AT&T buys List<String> — a < b')
  expect(item('<title>Caf&eacute;\n  &nbsp;Paris</title>').title).toBe('Café Paris')
  expect(item('<title>don&#146;t</title>').title).toBe('don’t')
})

test('the short form and the full text are distinguished', () => {
  const both = item(
    '<description>Short.</description><content:encoded><![CDATA[<p>Long.</p><script>x()</script><p>More.</p>]]></content:encoded>',
  )
  expect([both.summary, both.text]).toEqual(['Short.', 'Long.\nMore.'])
  expect(both.html).toContain('<script>')
  const one = item('<content:encoded>&lt;p&gt;Only.&lt;/p&gt;</content:encoded>')
  expect([one.summary, one.text]).toEqual(['Only.', ''])
})

test('links: relative to xml:base, Content-Location, the address; otherwise as written', () => {
  const relative = '<title>a</title><link>b/c</link>'
  expect(item(relative).link).toBe('b/c')
  expect(item(relative, { base: 'https://x.example/f/feed' }).link).toBe('https://x.example/f/b/c')
  expect(item(relative, { base: 'https://x.example/', contentLocation: '/g/' }).link).toBe(
    'https://x.example/g/b/c',
  )
  const based = read(
    '<rss xml:base="https://y.example/z/"><channel><item><link>b</link></item></channel></rss>',
  )
  expect(based.items[0]!.link).toBe('https://y.example/z/b')
})

test('a guid is the link unless isPermaLink is false or it is no address', () => {
  expect(item('<guid>https://x.example/1</guid>').link).toBe('https://x.example/1')
  expect(item('<guid isPermaLink="false">https://x.example/1</guid>').link).toBe('')
  expect(item('<guid>17</guid>', { base: 'https://x.example/' }).link).toBe('17')
})

test('the first date that can be read counts, published before changed', () => {
  expect(item('<pubDate>never</pubDate><dc:date>2025-05-09</dc:date>').published).toBe(Date.UTC(2025, 4, 9))
  const feed = read('<rss><channel><item><title>a</title><pubDate>never</pubDate></item></channel></rss>')
  expect(feed.items[0]!.published).toBeNull()
  expect(feed.warnings).toEqual(['Item 1 states a date that cannot be read: "never".'])
})

test('one bad date does not cost the feed (rss-parser alone throws)', () => {
  const feed = read(
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><updated>x</updated></entry><entry><title>b</title></entry></feed>',
  )
  expect(feed.items.map(({ title }) => title)).toEqual(['a', 'b'])
})

test('no entity of another document is read, none is multiplied', () => {
  const hostile = read(
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' +
      '<rss><channel><item><title>&x; &b; &a;</title></item></channel></rss>',
  )
  expect(hostile.items[0]!.title).toBe('&x; &b; aaaaaaaaaa')
})

test('names that mean something to JavaScript are names', () => {
  const odd = item(
    '<title>a</title><__proto__>x</__proto__><constructor>y</constructor><category>__proto__</category>',
  )
  expect(odd.categories).toEqual(['__proto__'])
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})

test('a feed of more items than feeds have is cut, with a warning', () => {
  const feed = read(`<rss><channel>${'<item><title>a</title></item>'.repeat(5001)}</channel></rss>`)
  expect(feed.items).toHaveLength(5000)
  expect(feed.warnings).toEqual(['The feed has 5001 items; the first 5000 were read.'])
})

test('what only is named like an item is none', () => {
  const feed = read(
    `<rss xmlns:x="urn:x"><channel><item><title>a</title>${'<x:item/>'.repeat(3000)}` +
      `<description>${'<item>b</item>'.repeat(3000)}</description></item><item><title>c</title></item></channel></rss>`,
  )
  expect(feed.items.map(({ title }) => title)).toEqual(['a', 'c'])
  expect(feed.warnings).toEqual([])
})

test('a text of millions of characters is read as far as a story is kept, with a warning', () => {
  const [title, body] = ['Ferries ', 'wait '].map((word) => word.repeat(500_000)) as [string, string]
  const feed = read(
    `<rss><channel><item><title>${title}</title><description><![CDATA[${body}]]></description></item></channel></rss>`,
  )
  expect(feed.items[0]?.title).toHaveLength(1000)
  expect(feed.items[0]?.summary).toHaveLength(200_000)
  expect(feed.warnings).toEqual([
    'The text of a <title> has 4000000 characters; the first 2000000 were read.',
    'The text of a <description> has 2500000 characters; the first 2000000 were read.',
    'The title of item 1 has 1999999 characters; the first 1000 were kept.',
    'The summary of item 1 has 1999999 characters; the first 200000 were kept.',
    'The HTML of item 1 has 1000001 characters; the first 1000000 were kept.',
  ])
})

test('parts of an element beyond those of any feed are passed over, with a warning', () => {
  const feed = read(
    `<rss><channel><item><title>a</title>${'<category>c</category>'.repeat(21_000)}</item><item><title>b</title></item></channel></rss>`,
  )
  expect(feed.items.map(({ title, categories }) => [title, categories.length])).toEqual([
    ['a', 200],
    ['b', 0],
  ])
  expect(feed.warnings).toEqual([
    'An element holds more than 20000 parts; the rest were left out.',
    'Item 1 has 19999 categories; the first 200 were kept.',
  ])
})

test('a list of items in JSON without a feed around them is one', () => {
  const items = [
    { id: '1', title: 'Port reopens', url: 'https://harbour.example/1', date_published: '2025-05-09T18:30Z' },
    { id: '2', title: 'Strike ends' },
  ]
  const feed = read(JSON.stringify(items), { contentType: 'application/json' })
  expect(feed.items.map(({ title, link }) => [title, link])).toEqual([
    ['Port reopens', 'https://harbour.example/1'],
    ['Strike ends', ''],
  ])
  expect(feed.warnings).toEqual([
    'The document is a list of items without a feed around them; they were read.',
  ])
  expect(refusal('[1, 2, 3]').code).toBe('not-a-feed')
  expect(refusal('[]').code).toBe('not-a-feed')
})

test('languages: of the item, the feed, the header', () => {
  const feed = read(
    '<rss><channel><language>en_GB</language><item xml:lang="fr"><title>a</title></item></channel></rss>',
    { contentLanguage: 'de' },
  )
  expect([feed.language, feed.items[0]!.language]).toEqual(['en-gb', 'fr'])
  expect(read('<rss><channel/></rss>', { contentLanguage: 'de-AT, en' }).language).toBe('de-at')
})

test('the time between polls that a feed states', () => {
  expect(read('<rss><channel><ttl>45</ttl></channel></rss>').pollMinutes).toBe(45)
  expect(read('<rss><channel><ttl>soon</ttl></channel></rss>').pollMinutes).toBeNull()
})

test.each([
  ['I <3 feeds', 'I <3 feeds'],
  ['a < b', 'a < b'],
  ['x<y', 'x<y'],
  ['a<b and c<d', 'a<b and c<d'],
  ['p<0.05, n <= 9', 'p<0.05, n <= 9'],
  ['Cats <- dogs << birds', 'Cats <- dogs << birds'],
  ['if x<y and z>w then', 'if x<y and z>w then'],
  ['List<String> is a <T>', 'List<String> is a <T>'],
  ['a <b>bold</b> move', 'a bold move'],
  ['<![CDATA[I <3 <b>feeds</b>]]>', 'I <3 feeds'],
  ['<a title="x<y" href="z">a link</a>', 'a link'],
  ['x&lt;y & z<w', 'x<y & z<w'],
])('a title that is not escaped reads as written: %s', (written, title) => {
  const rss = read(`<rss><channel><item><title>${written}</title><guid>g</guid></item></channel></rss>`)
  expect(rss.items.map((one) => [one.title, one.id])).toEqual([[title, 'g']])
})

test.each([
  ['x<y', 'x<y'],
  ['I <3 feeds', 'I <3 feeds'],
])('the same in Atom, whose titles are plain text: %s', (written, title) => {
  const atom = read(
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>${written}</title><id>g</id></entry></feed>`,
  )
  expect(atom.items.map((one) => [one.title, one.id])).toEqual([[title, 'g']])
})

const MRSS = 'xmlns:media="http://search.yahoo.com/mrss/"'
const ALL =
  `${MRSS} xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" ` +
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
const rssItem = (inside: string) =>
  read(`<rss version="2.0" ${ALL}><channel><item><title>t</title>${inside}</item></channel></rss>`).items[0]!
const entry = (inside: string) =>
  read(`<feed xmlns="http://www.w3.org/2005/Atom" ${MRSS}><entry><id>1</id>${inside}</entry></feed>`)
    .items[0]!

test.each([
  '<description></description><itunes:summary>Words</itunes:summary>',
  '<description/><media:description>Words</media:description>',
  '<description/><description>Words</description>',
  '<description><![CDATA[]]></description><atom:summary>Words</atom:summary>',
  '<content:encoded/><content>Words</content>',
  '<description>&lt;p&gt;&lt;/p&gt;</description><itunes:summary>Words</itunes:summary>',
  '<description> </description><itunes:subtitle>Words</itunes:subtitle>',
  '<media:group><media:content url="v.mp4"><media:description>Words</media:description></media:content></media:group>',
  '<media:content url="v.mp4"><media:description>Words</media:description></media:content>',
  '<dc:description>Words</dc:description>',
])('an empty element hides no text that stands elsewhere: %s', (inside) =>
  expect(rssItem(inside).summary).toBe('Words'),
)

test('a title that only media states, at any depth, is a title', () => {
  const group =
    '<media:group><media:content><media:title>Saltmouth</media:title></media:content></media:group>'
  expect(item(group.replace('<media:group>', `<media:group ${MRSS}>`)).title).toBe('Saltmouth')
  expect(
    entry(`<title/>${group}<media:group><media:description>Words</media:description></media:group>`),
  ).toMatchObject({
    title: 'Saltmouth',
    summary: 'Words',
  })
  expect(entry('<content type="html"/><summary/><summary>Words</summary>').summary).toBe('Words')
})

test.each([
  [
    '<link type="application/json" href="https://q.example/1.json"/><link type="text/html" href="https://q.example/1"/>',
  ],
  [
    '<link rel="alternate" type="application/pdf" href="https://q.example/1.pdf"/><link href="https://q.example/1"/>',
  ],
  ['<link rel="self" href="https://q.example/s"/><link rel="Alternate" href="https://q.example/1"/>'],
  ['<link rel="http://www.iana.org/assignments/relation/alternate" href="https://q.example/1"/>'],
  ['<link href="gemini://q.example/1"/><link href="https://q.example/1"/>'],
  ['<link href="mailto:a@q.example"/><link type="application/xhtml+xml" href="https://q.example/1"/>'],
  ['<link rel="enclosure" href="https://q.example/1.mp3"/><link href="https://q.example/1"/>'],
])('the link is the page: %s', (links) => {
  expect(entry(links).link).toBe('https://q.example/1')
  expect(rssItem(links.replaceAll('<link', '<atom:link')).link).toBe('https://q.example/1')
})

test('a file or another scheme is the link where there is no page; an address to write to is none', () => {
  expect(entry('<link type="application/pdf" href="https://q.example/1.pdf"/>').link).toBe(
    'https://q.example/1.pdf',
  )
  expect(rssItem('<link>mailto:a@q.example</link><guid>https://q.example/1</guid>').link).toBe(
    'https://q.example/1',
  )
})

test.each([
  'http://www.w3.org/2005/Atom',
  'http://search.yahoo.com/mrss/',
  'http://www.itunes.com/dtds/podcast-1.0.dtd',
  'http://www.w3.org/1999/xhtml',
  'http://unknown.example/',
])('RSS under the default namespace %s is RSS', (namespace) => {
  const inside = '<title>t</title><link>https://q.example/1</link><description>Words</description>'
  for (const [rss, channel, one] of [[1], [0, 1], [0, 0, 1], [1, 1, 1]]) {
    const at = (wanted: number | undefined): string => (wanted ? ` xmlns="${namespace}"` : '')
    const feed = read(
      `<rss version="2.0"${at(rss)}><channel${at(channel)}><title>Q</title><item${at(one)}>${inside}</item></channel></rss>`,
    )
    expect(feed.title).toBe('Q')
    expect(feed.items).toMatchObject([{ title: 't', link: 'https://q.example/1', summary: 'Words' }])
  }
  if (namespace !== 'http://www.w3.org/2005/Atom')
    expect(
      read(`<feed xmlns="${namespace}"><title>Q</title><entry><title>t</title></entry></feed>`).items,
    ).toHaveLength(1)
})

test('fields have limits, and each that was cut is in the warnings', () => {
  const long = read(
    `<rss><channel><item><title>${'wort '.repeat(400)}</title><guid>${'z'.repeat(5000)}</guid>` +
      `<description>${'普京習近平中俄'.repeat(100_000)}</description></item><item><title>short</title></item></channel></rss>`,
  )
  const [first, second] = long.items
  expect(first?.title).toHaveLength(1000)
  expect(first?.summary).toHaveLength(200_000)
  expect(first?.id).toMatch(/^sha256:[\w-]{43}$/)
  expect(second?.title).toBe('short')
  expect(long.warnings).toEqual([
    'The title of item 1 has 1999 characters; the first 1000 were kept.',
    'The summary of item 1 has 700000 characters; the first 200000 were kept.',
    'The id of item 1 has 5000 characters; its hash was kept.',
  ])
})

test('a cut tears no character apart', () => {
  expect(item(`<title>${'a'.repeat(999)}😀</title>`).title).toBe('a'.repeat(999))
})

test('the id of a JSON item may be an object with the attributes of a guid, as converters of RSS leave it', () => {
  const ids = [
    '"a-1"',
    '7',
    '{"isPermaLink":"false","#text":"a-2"}',
    '{"@isPermaLink":true,"value":"https://q.example/3"}',
  ]
  const items = ids.map((id, at) => `{"id":${id},"title":"Item ${at}"}`)
  const found = read(`{"version":"https://jsonfeed.org/version/1.1","items":[${items}]}`)
  expect(found.items.map(({ id, link }) => [id, link])).toEqual([
    ['a-1', ''],
    ['7', ''],
    ['a-2', ''],
    ['https://q.example/3', 'https://q.example/3'],
  ])
})

test('JSON Feed: an id that is an address is the link; what follows the JSON is left out, with a note', () => {
  const json =
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"https://q.example/7","title":"a","date_published":"soon"}]}'
  const feed = read(`${json}\n<!-- cached 2025-05-09 -->`)
  expect(feed.items).toMatchObject([{ link: 'https://q.example/7', title: 'a' }])
  expect(feed.warnings).toEqual([
    'Something follows the JSON of the feed; it was left out.',
    'Item 1 states a date that cannot be read: "soon".',
  ])
})

test.each([")]}',\n", 'while(1);', 'for (;;); ', 'show(', '/**/ paper.feed('])(
  'JSON behind %j is read, with a note',
  (guard) => {
    const feed = read(
      `${guard}{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a"}]}`,
    )
    expect(feed.items).toMatchObject([{ id: '1', title: 'a' }])
    expect(feed.warnings).toEqual(['Something precedes the JSON of the feed; it was left out.'])
  },
)

test.each(['{"id":"3","content_text":"The fer', '{"id":"3","tags":["a"', '', '] <!-- cut'])(
  'JSON that breaks off is read up to its last whole item, with a note: %j',
  (rest) => {
    const whole = '{"id":"1","title":"a \\"}"},{"id":"2","title":"b","author":{"name":"c"}}'
    const feed = read(`{"version":"https://jsonfeed.org/version/1.1","items":[${whole},${rest}`)
    expect(feed.items).toMatchObject([{ id: '1' }, { id: '2', author: 'c' }])
    expect(feed.warnings).toEqual(['The JSON breaks off; the items before the break were read.'])
  },
)

test('a link to another protocol gives way to an id that is a page of the web', () => {
  const item = (link: string, guid: string) => `<item><title>a</title><link>${link}</link>${guid}</item>`
  const linkOf = (xml: string) => read(`<rss><channel>${xml}</channel></rss>`).items[0]?.link
  expect(linkOf(item('gemini://a.example/x', '<guid>https://a.example/x</guid>'))).toBe('https://a.example/x')
  expect(linkOf(item('gemini://a.example/x', '<guid isPermaLink="false">https://a.example/x</guid>'))).toBe(
    'gemini://a.example/x',
  )
  expect(linkOf(item('https://a.example/1', '<guid>https://a.example/x</guid>'))).toBe('https://a.example/1')
})

test('the dates of a feed are read by its own convention', () => {
  const feed = read(
    '<rss><channel><language>hr</language><item><title>a</title><pubDate>8. lipnja 2025.</pubDate></item>' +
      '<item><title>b</title><pubDate>05/09/2025</pubDate></item></channel></rss>',
  )
  expect(feed.items.map(({ published }) => published)).toEqual([Date.UTC(2025, 5, 8), Date.UTC(2025, 8, 5)])
})

test('HTML that holds no text does not hide the text of a JSON item', () => {
  const items = [
    { id: '1', content_html: '<p></p>', content_text: 'Words' },
    { id: '2', content_html: '<img src="a.png">', content_text: 'More', summary: 'Few' },
  ]
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'T', items }
  const read = readFeed(new TextEncoder().encode(JSON.stringify(feed)), { contentType: '', base: '' })
  expect(read.items.map(({ summary, text }) => [summary, text])).toEqual([
    ['Words', ''],
    ['Few', 'More'],
  ])
})

test.each([
  ['https://quay.example/?a=1&b=2&copy=3&section=4', 'https://quay.example/?a=1&b=2&copy=3&section=4'],
  ['https://quay.example/?a=1&amp;amp;b=2', 'https://quay.example/?a=1&b=2'],
  ['www.quay.example/7', 'https://www.quay.example/7'],
  ['www.quay.example:8080/7', 'https://www.quay.example:8080/7'],
  ['www/7', 'https://base.example/www/7'],
])('the link %s leads where it says', (written, link) =>
  expect(item(`<title>t</title><link>${written}</link>`, { base: 'https://base.example/feed' }).link).toBe(
    link,
  ),
)

test('the address that a counting service leads to is the story’s', () => {
  expect(
    item(
      '<title>t</title><link>https://feedproxy.example/~r/x/~3/y/</link><fb:origLink xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">https://quay.example/7</fb:origLink>',
    ).link,
  ).toBe('https://quay.example/7')
})

test.each([
  [
    'https instead of http',
    'xmlns:k="https://purl.org/rss/1.0/modules/content/"',
    '<k:encoded>Words</k:encoded>',
  ],
  ['no last slash', 'xmlns:k="http://purl.org/rss/1.0/modules/content"', '<k:encoded>Words</k:encoded>'],
  ['the other name', 'xmlns:k="http://www.rssboard.org/media-rss"', '<k:description>Words</k:description>'],
  ['Apple’s', 'xmlns:k="https://www.apple.com/itunes/DTDs/Podcast-1.0.dtd"', '<k:summary>Words</k:summary>'],
  ['Yandex’s', 'xmlns:k="http://news.yandex.ru"', '<k:full-text>Words</k:full-text>'],
  ['on the element', '', '<description xmlns="http://www.w3.org/1999/xhtml">Words</description>'],
])('a vocabulary is known however its namespace is spelt: %s', (_, namespace, inside) => {
  const { summary, text } = read(
    `<rss version="2.0" ${namespace}><channel><title>t</title><item><title>a</title>${inside}</item></channel></rss>`,
  ).items[0]!
  expect(summary || text).toBe('Words')
})

test.each([
  ['<title>A &amp;amp;amp; B</title>', 'A & B'],
  ['<title>It&amp;amp;#8217;s</title>', 'It’s'],
  ['<title xmlns="http://www.w3.org/1999/xhtml">Saltmouth</title>', 'Saltmouth'],
  ['<headline>Saltmouth</headline><description>d</description>', 'Saltmouth'],
])('the title of %s is %s', (inside, title) => expect(item(inside).title).toBe(title))

test('markup is HTML where its type is left out, and where it is escaped once too often', () => {
  const entry = (content: string): string =>
    read(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title>${content}</entry></feed>`)
      .items[0]!.summary
  expect(entry('<content>&lt;p&gt;Salt&lt;/p&gt;</content>')).toBe('Salt')
  expect(entry('<content>a &lt;p&gt; b</content>')).toBe('a <p> b')
  expect(entry('<content type="text">&lt;p&gt;Salt&lt;/p&gt;</content>')).toBe('<p>Salt</p>')
  expect(item('<description>&amp;lt;p&amp;gt;Salt&amp;lt;/p&amp;gt;</description>').summary).toBe('Salt')
  expect(item('<description>The tag &amp;lt;p&amp;gt; opens</description>').summary).toBe('The tag <p> opens')
})
