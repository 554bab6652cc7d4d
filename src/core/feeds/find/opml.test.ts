import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ListedSource, readOpml, writeOpml } from './opml.ts'

const body = (inside: string): string => `<?xml version="1.0"?>
<opml version="2.0"><head><title>List</title></head><body>
${inside}
</body></opml>`

const feeds = (text: string): string[] =>
  readOpml(text).outlines.map(({ title, url, groups }) => [...groups, title, url].join(' | '))

describe('reading', () => {
  test('gives title, address, page, language, groups and line of every feed', () => {
    const { outlines, refused } = readOpml(
      body(`<outline text="Asia">
  <outline text="Wires" title="Wires">
    <outline text="One &amp; Two" title="ignored" type="rss" xmlUrl="https://one.example/rss?a=1&amp;b=2"
      htmlUrl="https://one.example/" language="en"/>
  </outline>
  <outline title="Two" xmlUrl='https://two.example/'></outline>
</outline>
<outline xmlUrl="https://three.example/"/>`),
    )
    expect(refused).toEqual([])
    const rest = { bloc: '', country: '', kind: '' }
    expect(outlines).toEqual([
      {
        title: 'One & Two',
        url: 'https://one.example/rss?a=1&b=2',
        link: 'https://one.example/',
        groups: ['Asia', 'Wires'],
        language: 'en',
        line: 5,
        ...rest,
      },
      {
        title: 'Two',
        url: 'https://two.example/',
        link: '',
        groups: ['Asia'],
        language: '',
        line: 8,
        ...rest,
      },
      { title: '', url: 'https://three.example/', link: '', groups: [], language: '', line: 10, ...rest },
    ])
  })

  test('keeps duplicates apart, with the groups they stand in', () => {
    expect(
      feeds(
        body(`<outline text="A"><outline text="X" xmlUrl="https://x.example/"/></outline>
<outline text="B"><outline text="X" xmlUrl="https://x.example/"/></outline>`),
      ),
    ).toEqual(['A | X | https://x.example/', 'B | X | https://x.example/'])
  })

  test('a feed with feeds inside is no group', () => {
    expect(
      feeds(
        body(`<outline text="G"><outline text="X" xmlUrl="https://x.example/">
<outline text="Y" xmlUrl="https://y.example/"/></outline><outline text="Z" xmlUrl="https://z.example/"/></outline>`),
      ),
    ).toEqual(['G | X | https://x.example/', 'G | Y | https://y.example/', 'G | Z | https://z.example/'])
  })

  test('letters of names may be large or small, and url= counts where the type says feed', () => {
    expect(
      feeds(
        body(
          `<OUTLINE TEXT="X" XMLURL="https://x.example/"/><outline text="Y" type="rss" url="https://y.example/"/>`,
        ),
      ),
    ).toEqual(['X | https://x.example/', 'Y | https://y.example/'])
  })

  test('comments and CDATA hide what is in them', () => {
    expect(
      feeds(
        body(`<!-- <outline text="X" xmlUrl="https://x.example/"/> -->
<![CDATA[<outline text="Y" xmlUrl="https://y.example/"/>]]><outline text="Z" xmlUrl="https://z.example/"/>`),
      ),
    ).toEqual(['Z | https://z.example/'])
  })
})

describe('repairs', () => {
  test.each([
    [
      'an & in an address',
      '<outline text="X" xmlUrl="https://x.example/?a=1&b=2&copy=3"/>',
      'X | https://x.example/?a=1&b=2&copy=3',
    ],
    [
      'entities of HTML',
      '<outline text="Caf&eacute; &#8211; News" xmlUrl="https://x.example/"/>',
      'Café – News | https://x.example/',
    ],
    [
      'quotation marks in a title',
      '<outline text="The "Best" of X" xmlUrl="https://x.example/"/>',
      'The "Best" of X | https://x.example/',
    ],
    [
      'HTML in a description',
      '<outline text="X" description="At <a href="https://y.example/">Y</a> and <b>more</b>." xmlUrl="https://x.example/"/>',
      'X | https://x.example/',
    ],
    [
      'a < that opens nothing',
      '<outline text="a <b" xmlUrl="https://x.example/"/>',
      'a <b | https://x.example/',
    ],
    [
      '< and > in a title',
      '<outline text="1 < 2 > 0 <b>" xmlUrl="https://x.example/"/>',
      '1 < 2 > 0 <b> | https://x.example/',
    ],
    [
      'values without quotation marks',
      '<outline text=X xmlUrl=https://x.example/a/b />',
      'X | https://x.example/a/b',
    ],
    ['attributes glued together', '<outline text="X"xmlUrl="https://x.example/"/>', 'X | https://x.example/'],
    [
      'a word without a value',
      '<outline text="X" isOpen xmlUrl="https://x.example/"/>',
      'X | https://x.example/',
    ],
    ['a missing >', '<outline text="X" xmlUrl="https://x.example/"', 'X | https://x.example/'],
    [
      'a line break in a title',
      '<outline text="X\n   Y" xmlUrl=" https://x.example/\n"/>',
      'X Y | https://x.example/',
    ],
    ['feed: addresses', '<outline text="X" xmlUrl="feed://x.example/rss"/>', 'X | http://x.example/rss'],
    [
      'feed:https: addresses',
      '<outline text="X" xmlUrl="feed:https://x.example/"/>',
      'X | https://x.example/',
    ],
    ['addresses without scheme', '<outline text="X" xmlUrl="x.example/rss"/>', 'X | http://x.example/rss'],
    [
      'addresses that begin with //',
      '<outline text="X" xmlUrl="//x.example/rss"/>',
      'X | https://x.example/rss',
    ],
  ])('%s', (_, entry, expected) => {
    const text = body(`<outline text="Before" xmlUrl="https://before.example/"/>
${entry}
<outline text="After" xmlUrl="https://after.example/"/>`)
    expect(readOpml(text).refused).toEqual([])
    expect(feeds(text)).toEqual([
      'Before | https://before.example/',
      expected,
      'After | https://after.example/',
    ])
  })

  test('groups that are never closed, and closings of nothing', () => {
    expect(
      feeds(body('</outline><outline text="G"><outline text="X" xmlUrl="https://x.example/"/>')),
    ).toEqual(['G | X | https://x.example/'])
  })

  test('a list without its frame', () => {
    expect(feeds('<outline text="X" xmlUrl="https://x.example/"/>')).toEqual(['X | https://x.example/'])
  })
})

describe('refuses, with the line, and reads on', () => {
  const around = (entry: string): string =>
    body(`<outline text="Before" xmlUrl="https://before.example/"/>
${entry}
<outline text="After" xmlUrl="https://after.example/"/>`)

  test.each([
    ['<outline text="X" xmlUrl="https://x.example/ />', 'X', /quotation mark after xmlUrl is never closed/],
    ['<outline text="X" xmlUrl="javascript:alert(1)"/>', 'X', /“javascript:alert\(1\)” is not a web address/],
    ['<outline text="X" xmlUrl="no address"/>', 'X', /is not a web address/],
    ['<outline text="X" htmlUrl="https://x.example/"/>', 'X', /names no feed/],
    ['<outline text="X" type="link" url="https://x.example/list.opml"/>', 'X', /names no feed/],
    ['<outline text="Empty group"></outline>', 'Empty group', /names no feed/],
  ])('%s', (entry, title, message) => {
    const { outlines, refused } = readOpml(around(entry))
    expect(refused).toEqual([{ line: 4, title, message: expect.stringMatching(message) }])
    expect(outlines.map((outline) => outline.title)).toEqual(['Before', 'After'])
  })

  test('a file that breaks off inside an entry, or after one', () => {
    const whole = body(`<outline text="X" xmlUrl="https://x.example/"/>
<outline text="Y" xmlUrl="https://y.example/"/>`)
    const inside = readOpml(whole.slice(0, whole.indexOf('y.example')))
    expect(inside.outlines.map(({ title }) => title)).toEqual(['X'])
    expect(inside.refused[0]).toEqual({
      line: 4,
      title: 'Y',
      message: 'The quotation mark after xmlUrl is never closed.',
    })
    const after = readOpml(whole.slice(0, whole.indexOf('<outline text="Y"')))
    expect(after.refused).toEqual([
      { line: 3, title: '', message: expect.stringMatching(/^The file breaks off here/) },
    ])
  })

  test.each([
    ['', /^This is not a list of feeds \(OPML\): the file is empty\.$/],
    ['hello', /^This is not a list of feeds/],
    ['<!DOCTYPE html><html><body>x</body></html>', /but a web page/],
    ['<?xml version="1.0"?><rss version="2.0"></rss>', /but a feed: add it as a source/],
    ['<opml version="2.0"><body></body></opml>', /The list is empty/],
  ])('what is no list: %s', (text, message) => {
    expect(readOpml(text)).toEqual({
      outlines: [],
      refused: [{ line: 1, title: '', message: expect.stringMatching(message) }],
    })
  })
})

describe('writing', () => {
  const source: ListedSource = {
    title: 'One & "Two" <3',
    url: 'https://one.example/?a=1&b=2',
    link: 'https://one.example/',
    groups: ['Asia', 'Wires'],
    language: 'zh',
    bloc: 'CN',
    kind: 'state',
    country: 'CN',
  }

  test('others read it: OPML 2.0, nested groups, our own words under a namespace', () => {
    expect(
      writeOpml([source, { ...source, groups: [], title: '', link: '', bloc: '' }], 'Mine & yours'),
    ).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:wirewatch="urn:wirewatch:opml:1">
  <head>
    <title>Mine &amp; yours</title>
  </head>
  <body>
    <outline text="" type="rss" xmlUrl="https://one.example/?a=1&amp;b=2" language="zh" wirewatch:country="CN" wirewatch:kind="state"/>
    <outline text="Asia" title="Asia">
      <outline text="Wires" title="Wires">
        <outline text="One &amp; &quot;Two&quot; &lt;3" title="One &amp; &quot;Two&quot; &lt;3" type="rss" xmlUrl="https://one.example/?a=1&amp;b=2" htmlUrl="https://one.example/" language="zh" wirewatch:bloc="CN" wirewatch:country="CN" wirewatch:kind="state"/>
      </outline>
    </outline>
  </body>
</opml>
`,
    )
  })

  test('characters that XML cannot hold become U+FFFD', () => {
    expect(readOpml(writeOpml([{ ...source, title: 'a\u0000b\ud800c\uffff' }], '')).outlines[0]?.title).toBe(
      'a\ufffdb\ufffdc\ufffd',
    )
  })

  /** Plain text as titles are: any characters that XML can hold, blanks single and inside. */
  const plain = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom(...`&<>"'=/; \u00a0\u3000&amp;`),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 20,
    })
    .map((text) =>
      text
        .toWellFormed()
        .replace(/[\u0000-\u001f\ufffe\uffff]+/g, ' ')
        .replace(/ +/g, ' ')
        .replace(/^ | $/g, ''),
    )
  const listed = fc.record({
    title: plain,
    url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    link: fc.oneof(fc.constant(''), fc.webUrl()),
    groups: fc.array(
      plain.filter((name) => name !== ''),
      { maxLength: 3 },
    ),
    language: fc.constantFrom('', 'en', 'zh-hant'),
    bloc: plain,
    country: fc.constantFrom('', 'TW'),
    kind: fc.constantFrom('', 'state', 'unknown'),
  })

  test('a list comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 12 }), plain, (sources, title) => {
        const { outlines, refused } = readOpml(writeOpml(sources, title))
        const sorted = (all: object[]): string[] => all.map((each) => JSON.stringify(each)).sort()
        expect(sorted(outlines.map(({ line: _, ...outline }) => outline))).toEqual(sorted(sources))
        expect(refused.filter(({ message }) => !message.startsWith('The list is empty'))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('writing what was read is stable', () => {
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 12 }), (sources) => {
        const once = writeOpml(sources, 'List')
        expect(writeOpml(readOpml(once).outlines, 'List')).toBe(once)
      }),
    )
  })
})

test('no file hurts, however broken, long or deep', () => {
  const pieces = [
    '<outline ',
    '<outline text="',
    "<outline a='",
    '<!--',
    '<![CDATA[',
    '="',
    '"',
    ' ',
    '\n',
    '<x ',
    'a=',
    '/',
    '>',
    '&amp;',
    '</outline>',
  ]
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 60 }), (parts) => {
      const { outlines, refused } = readOpml(parts.join(''))
      for (const { line } of [...outlines, ...refused]) expect(line).toBeGreaterThanOrEqual(1)
    }),
  )
  for (const piece of [...pieces, '<outline text="g">', '<outline xmlUrl="https://x.example/">']) {
    readOpml(piece.repeat(20_000))
    readOpml(`<outline text="${piece.repeat(20_000)}`)
  }
})

const shared = join(import.meta.dirname, '../../../../../shared/opml/awesome-rss-feeds')
const files = existsSync(shared)
  ? readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.opml'))
  : []
test.skipIf(files.length === 0)(
  `the lists of others are read without loss${files.length === 0 ? ' (skipped: ../shared is not there)' : ''}`,
  () => {
    const urls = new Set<string>()
    for (const file of files) {
      const text = readFileSync(join(shared, file), 'utf8')
      const { outlines, refused } = readOpml(text)
      const stated = [...text.matchAll(/\bxmlUrl="([^"]*)"/g)].map((m) =>
        m[1]!.replaceAll('&amp;', '&').trim(),
      )
      expect(
        outlines.map(({ url }) => url),
        file,
      ).toEqual(stated)
      expect(refused, file).toEqual([])
      const untitled = [...text.matchAll(/<outline text="" title=""/g)].length
      expect(outlines.filter(({ title }) => title === '').length, file).toBe(untitled)
      for (const url of stated) urls.add(url)
    }
    expect(files).toHaveLength(118)
    expect(urls.size).toBe(781)
  },
)

test('feeds in a comment are left out, and listed', () => {
  const { outlines, refused } = readOpml(
    '<opml version="2.0"><body><outline text="a" xmlUrl="https://a.example/feed"/>\n' +
      '<!-- <outline text="b" xmlUrl="https://b.example/feed"/> <outline xmlUrl="https://c.example/"/> -->\n<!-- a remark --></body></opml>',
  )
  expect(outlines.map(({ url }) => url)).toEqual(['https://a.example/feed'])
  expect(refused).toEqual([{ line: 2, title: '', message: 'A comment holds 2 feeds, which were left out.' }])
})

test('a list of addresses, one a line, is read', () => {
  const { outlines, refused } = readOpml(
    '\ufeff# mine\r\nhttps://a.example/feed\r\n\r\nfeed://b.example/rss\r\n',
  )
  expect(outlines.map(({ url, line }) => [url, line])).toEqual([
    ['https://a.example/feed', 2],
    ['http://b.example/rss', 4],
  ])
  expect(refused).toEqual([])
})

test.each([
  ['- https://a.example/feed\n- https://b.example/rss', '=https://a.example/feed =https://b.example/rss'],
  [
    '* [A](https://a.example/feed)\n* [B](https://b.example/rss)',
    'A=https://a.example/feed B=https://b.example/rss',
  ],
  ['https://a.example/feed "news" "~Paper A"\n// mine\n', 'Paper A=https://a.example/feed'],
  ['https://a.example/feed,\nhttps://b.example/rss', '=https://a.example/feed =https://b.example/rss'],
  [
    'a.example/feed\nwww.b.example\nc.example:8080/x',
    '=http://a.example/feed =http://www.b.example =http://c.example:8080/x',
  ],
  ['новости.example/rss\nhttps://b.example/', '=http://новости.example/rss =https://b.example/'],
  ['\u200bhttps://a.example/feed\u00a0\n', '=https://a.example/feed'],
  ['"https://a.example/feed"\n\'https://b.example/rss\'\n', '=https://a.example/feed =https://b.example/rss'],
  ['https://a.example/feed https://b.example/rss', '=https://a.example/feed =https://b.example/rss'],
  [
    'Paper A: https://a.example/feed\nPaper B - https://b.example/rss',
    'Paper A=https://a.example/feed Paper B=https://b.example/rss',
  ],
  ['https://a.example/feed Paper A\n', 'Paper A=https://a.example/feed'],
  ['Name,Address\nA,https://a.example/feed\n', 'A=https://a.example/feed'],
  ['"Name","Feed"\r\n"A, daily","https://a.example/f?x=1,2"\r\n', '=https://a.example/f?x=1,2'],
  ['sep=;\r\nTitel;Adresse;Land\r\nA;https://a.example/f,1;DE\r\n', '=https://a.example/f,1'],
  ['Название\tСсылка\nПравда\thttps://a.example/feed\n', 'Правда=https://a.example/feed'],
  ['** [[https://a.example/feed][Paper A]]\n', 'Paper A=https://a.example/feed'],
  ['url\nhttps://a.example/feed\n', '=https://a.example/feed'],
  ['http://[2001:db8::1]/feed\n', '=http://[2001:db8::1]/feed'],
])('%j is a list of addresses', (text, expected) => {
  const { outlines, refused } = readOpml(text)
  expect(outlines.map(({ title, url }) => `${title}=${url}`).join(' ')).toBe(expected)
  expect(refused).toEqual([])
})

test('a feed that is named by its address has no name: it may hold a password', () => {
  const address = 'http://reader:s3cret@a.example/feed'
  const { outlines, refused } = readOpml(
    body(`<outline text="${address}" title="Paper A" xmlUrl="${address}"/>
<outline text="${address}"/><outline text="News: 9 @ 10" xmlUrl="http://b.example/"/>
<outline text="${address}"><outline text="htps://u:s3cret@c.example" xmlUrl="htps://u:s3cret@c.example"/></outline>`),
  )
  expect(outlines.map(({ title }) => title)).toEqual(['Paper A', 'News: 9 @ 10'])
  expect(JSON.stringify([outlines.map(({ title, groups }) => [title, groups]), refused])).not.toMatch(
    /s3cret/,
  )
  expect(readOpml(`u:s3cret@ ${address}\n`).outlines).toMatchObject([{ title: '' }])
})

test('a line that is none is told of; where most are none, it is no list of addresses', () => {
  const { outlines, refused } = readOpml('https://a.example/feed\nand some more\nhttps://b.example/rss')
  expect(outlines.map(({ line }) => line)).toEqual([1, 3])
  expect(refused).toEqual([{ line: 2, title: '', message: '“and some more” is not a web address.' }])
  const sites = readOpml(
    'https://a.example/feed\nB https://b.example/ https://b.example/rss\nhttps://c.example/',
  )
  expect(sites.refused.map(({ line, message }) => [line, message.replace(/^.*”/, '')])).toEqual([
    [2, ' holds several addresses. Leave only that of the feed.'],
  ])
  expect(readOpml('See\nhttps://a.example/feed\nfor more').outlines).toEqual([])
})

test('a list that holds nothing is empty, not broken off', () => {
  expect(readOpml('<opml version="2.0"/>').refused[0]?.message).toMatch(/empty/)
})

test.each([
  ['{"feeds": ["https://a.example/feed"]}', /but JSON/],
  ['%PDF-1.4', /but a PDF/],
  ['', /^This is not a list of feeds \(OPML\): the file is empty\.$/],
  ['  \n', /empty/],
  ['\u001f\ufffd\b\0', /compressed file \(gzip\): unpack it/],
  ['Name,Site,Feed\nA,https://a.example/,https://a.example/feed\n', /a table \(CSV\)/],
  ['# mine\n// not yet\n', /nothing but remarks/],
  ['{\\rtf1\\ansi https://a.example/feed\\par}', /a document \(RTF\)/],
  ['PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml', /a document of an office program/],
  ['{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": []}', /but a feed: add it/],
  ['{"title": "A", "text": "B"}\n', /archive of stories/],
  ['[{"title": "A", "text": "B"}]', /one object a line, and no brackets/],
  ['<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DT><A HREF="https://a.example/feed">', /bookmarks of a browser/],
  ['<xbel version="1.0"><bookmark href="https://a.example/feed"/></xbel>', /bookmarks of a browser/],
  ['SQLite format 3\0\u0001', /no text/],
  ['Some\nwords\n', /or of addresses, one a line\.$/],
])('%j is refused in one sentence', (text, sentence) => {
  const { outlines, refused } = readOpml(text)
  expect([outlines.length, refused.length]).toEqual([0, 1])
  expect(refused[0]?.message).toMatch(sentence)
})

test('a list of broken tags makes a short report', () => {
  const { refused } = readOpml(`<opml><body>${'<outline text="x>\n'.repeat(20_000)}</body></opml>`)
  expect(refused).toHaveLength(201)
  expect(refused.at(-1)?.message).toMatch(/^\d+ more entries from here on could not be used\.$/)
})
