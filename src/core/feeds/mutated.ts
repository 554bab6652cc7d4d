/** Feeds damaged at random, the same for the same seed: what fuzzing reads (unit test and bench/fuzz). */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SOUP = [
  '<',
  '>',
  '</',
  '/>',
  '&',
  '&amp',
  '&#',
  '&#x110000;',
  '&#0;',
  '&nbsp;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '"',
  "'",
  '<item>',
  '</item>',
  '<entry>',
  '</channel>',
  '<title>',
  '</title>',
  '<link>',
  '<link href="',
  '<p><b></p></b>',
  '<!DOCTYPE html>',
  '<!DOCTYPE r [<!ENTITY a "b">]>',
  '&a;',
  '<a xmlns:dc="x" xmlns="y">',
  'xml:base="//[',
  '<div style="',
  '\ufeff',
  '\u0000',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<pubDate>',
  '{',
  '}',
  '[',
  ',',
  '\\u',
  '<script>',
  '2025-13-45T99:99',
  'http://[::1',
] // prettier-ignore

const MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
]

/** One to eight injuries to a copy: flipped bits, cuts, doubled and moved pieces, tag soup, other encodings. */
export function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  let out: Buffer = Buffer.from(bytes)
  const place = (): number => Math.floor(random() * (out.length + 1))
  const injuries = 1 + Math.floor(random() * 8)
  for (let i = 0; i < injuries; i++) {
    const at = place()
    const length = Math.floor(random() ** 3 * 2000)
    switch (Math.floor(random() * 8)) {
      case 0:
        if (at < out.length) out[at] = (out[at] as number) ^ (1 << Math.floor(random() * 8))
        break
      case 1:
        out =
          random() < 0.2
            ? out.subarray(0, at)
            : Buffer.concat([out.subarray(0, at), out.subarray(at + length)])
        break
      case 2:
        out = Buffer.concat([out.subarray(0, at), out.subarray(at, at + length), out.subarray(at)])
        break
      case 3: {
        const from = place()
        out = Buffer.concat([out.subarray(0, at), out.subarray(from, from + length), out.subarray(at)])
        break
      }
      case 4: {
        let soup = ''
        for (let n = 1 + Math.floor(random() * 6); n > 0; n--)
          soup += SOUP[Math.floor(random() * SOUP.length)]
        out = Buffer.concat([out.subarray(0, at), Buffer.from(soup), out.subarray(at)])
        break
      }
      case 5:
        if (random() < 0.1) out = Buffer.from(out.toString('utf8'), random() < 0.5 ? 'utf16le' : 'latin1')
        break
      case 6:
        if (random() < 0.1)
          out = Buffer.concat([Buffer.from(MARKS[Math.floor(random() * MARKS.length)] as number[]), out])
        break
      default: {
        const junk = Buffer.alloc(Math.min(length, 200))
        for (let n = 0; n < junk.length; n++) junk[n] = Math.floor(random() * 256)
        out = Buffer.concat([out.subarray(0, at), junk, out.subarray(at)])
      }
    }
  }
  return out
}

/** Documents of about `size` characters made to be slow or to grow: each took some reader somewhere down. Made when asked for. */
export function hostile(size: number): { name: string; bytes: () => Uint8Array }[] {
  return [
    ...hostileTexts(size).map(({ name, text }) => ({ name, bytes: () => Buffer.from(text()) })),
    ...hostileBytes(size),
  ]
}

function hostileTexts(size: number): { name: string; text: () => string }[] {
  const fill = (piece: string): string => piece.repeat(Math.ceil(size / piece.length))
  const item = (body: string): string =>
    `<rss version="2.0"><channel><title>t</title><item><title>a</title><description>${body}</description></item></channel></rss>`
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
  return [
    { name: 'billion laughs', text: () => `<!DOCTYPE r [<!ENTITY l0 "lol">${laughs}]>${item('&l9;')}` },
    { name: 'quadratic entity', text: () => `<!DOCTYPE r [<!ENTITY a "${fill('a')}">]>${item(fill('&a;'))}` },
    {
      name: 'short entity many times',
      text: () => `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(64)}">]>${item(fill('&a;'))}`,
    },
    {
      name: 'external entity',
      text: () => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item(`&x;${fill('x')}`)}`,
    },
    { name: 'open brackets', text: () => item(fill('<')) },
    { name: 'escaped open brackets', text: () => item(fill('&lt;')) },
    { name: 'escaped open tags', text: () => item(fill('&lt;a ')) },
    { name: 'quotes in tags', text: () => item(`&lt;a ="&gt;${fill('&lt;b" ="&gt;')}`) },
    { name: 'escaped comments', text: () => item(fill('&lt;!--')) },
    { name: 'escaped scripts', text: () => item(fill('&lt;script&gt;')) },
    { name: 'unclosed CDATA', text: () => item(fill('<![CDATA[')) },
    { name: 'comments', text: () => item(fill('<!--')) },
    { name: 'instructions', text: () => item(fill('<?')) },
    { name: 'ampersands', text: () => item(fill('&')) },
    { name: 'numeric references', text: () => item(fill('&#99999999')) },
    { name: 'attributes', text: () => item(`<a ${fill('b="c" ')}>`) },
    {
      name: 'unique attributes',
      text: () => item(`<a ${Array.from({ length: size / 10 }, (_, i) => `a${i}=""`).join(' ')}>`),
    },
    { name: 'one attribute', text: () => item(`<a b="${fill('c')}`) },
    { name: 'depth', text: () => item(fill('<a>')) },
    { name: 'closing tags', text: () => item(fill('</a>')) },
    { name: 'crossed tags', text: () => item(fill('<b><i></b></i>')) },
    { name: 'namespaces', text: () => item(fill('<x xmlns:a="b" xmlns:c="d"/>')) },
    { name: 'entity declarations', text: () => `<!DOCTYPE r [${fill('<!ENTITY a "b">')}` },
    { name: 'spaces', text: () => item(`a${fill(' ')}b`) },
    { name: 'line breaks', text: () => item(fill(' \n')) },
    {
      name: 'spaces before a date',
      text: () =>
        `<rss><channel><item><title>a</title><pubDate>${fill(' ')}x</pubDate></item></channel></rss>`,
    },
    {
      name: 'digits for a date',
      text: () =>
        `<rss><channel><item><title>a</title><pubDate>${fill('1')}</pubDate></item></channel></rss>`,
    },
    {
      name: 'address',
      text: () => `<rss><channel><item><link>http://a/${fill('/amp')}</link></item></channel></rss>`,
    },
    {
      name: 'author',
      text: () =>
        `<rss><channel><item><title>a</title><author>${fill('a@b (')}</author></item></channel></rss>`,
    },
    { name: 'items', text: () => `<rss><channel>${fill('<item>')}` },
    { name: 'closed items', text: () => `<rss><channel>${fill('<item><title>a</title></item>')}` },
    { name: 'xml:base', text: () => `<rss><channel>${fill('<item xml:base="a/"><link>b</link></item>')}` },
    { name: 'declaration', text: () => `<?xml ${fill('version="1.0" ')}` },
    { name: 'document type', text: () => `<!DOCTYPE ${fill('a ')}[` },
    { name: 'JSON arrays', text: () => `{"version":"https://jsonfeed.org/version/1.1","items":${fill('[')}` },
    {
      name: 'JSON items',
      text: () => `{"version":"https://jsonfeed.org/version/1.1","items":[${fill('{"id":1},')}]}`,
    },
    { name: 'JSON commas', text: () => `{"items":[${fill(', ')}` },
    {
      name: 'JSON closed arrays',
      text: () =>
        `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","x":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}]}`,
    },
    {
      name: 'JSON numbers',
      text: () => `{"version":"https://jsonfeed.org/version/1.1","items":[${fill('1,')}1]}`,
    },
    { name: 'unclosed title', text: () => `<rss><channel><item><title>${fill('<link/>')}</item>` },
    {
      name: 'unclosed titles',
      text: () => `<rss><channel><item>${'<title>'.repeat(200)}${fill('<link/>')}</item>`,
    },
    {
      name: 'authors',
      text: () =>
        `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${fill('<author>a</author>')}</entry></feed>`,
    },
    {
      name: 'dates',
      text: () => `<rss><channel><item>${fill('<dc:date>1 x 2</dc:date>')}</item></channel></rss>`,
    },
    {
      name: 'deep namespaces',
      text: () => {
        let prefix = 0
        const declarations = (): string =>
          Array.from({ length: 200 }, () => ` xmlns:a${prefix++}=""`).join('')
        const elements = Array.from({ length: Math.min(200, size / 8000) }, () => `<x${declarations()}>`)
        return `<rss>${elements.join('')}${'<x xmlns:b=""/>'.repeat(size / 30)}`
      },
    },
    {
      name: 'deep xml:base',
      text: () =>
        `<rss>${'<a xml:base="b/">'.repeat(200)}<channel>${fill('<item><link>c</link></item>')}</channel>`,
    },
    {
      name: 'long xml:base',
      text: () =>
        `<rss xml:base="http://a/${'b'.repeat(size / 2)}/"><channel>${'<item><link>c</link></item>'.repeat(size / 54)}</channel></rss>`,
    },
    {
      name: 'long host',
      text: () => `<rss><channel><item><link>http://${fill('ü')}/</link></item></channel></rss>`,
    },
    {
      name: 'many labels',
      text: () => `<rss><channel><item><link>http://${fill('m.')}</link></item></channel></rss>`,
    },
    {
      name: 'query of an address',
      text: () => `<rss><channel><item><link>http://a/?${fill('a&amp;')}</link></item></channel></rss>`,
    },
    {
      name: 'links of one item',
      text: () => `<rss><channel><item>${fill('<link>http://a/b</link>')}</item></channel></rss>`,
    },
    {
      name: 'categories',
      text: () =>
        `<rss><channel><item><title>a</title>${fill('<category>a</category>')}</item></channel></rss>`,
    },
    { name: 'elements', text: () => item(fill('<a/>')) },
    { name: 'elements with text', text: () => item(fill('<p>a</p>')) },
    { name: 'escaped elements', text: () => item(fill('&lt;p>a')) },
    { name: 'escaped cells', text: () => item(fill('&lt;td>')) },
    { name: 'escaped CDATA', text: () => item(fill('&lt;![CDATA[')) },
    { name: 'no feed, deep', text: () => fill('<a></a>') },
    {
      name: 'images',
      text: () => item(fill('&lt;img src="a b" srcset="c 1x, d 2x">')),
    },
  ] // prettier-ignore
}

/** Bytes that are no text at all, or text in an encoding that has to be found out. */
function hostileBytes(size: number): { name: string; bytes: () => Uint8Array }[] {
  const framed = (declaration: string, body: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`${declaration}<rss><channel><item><title>`),
      body,
      Buffer.from('</title></item></channel></rss>'),
    ])
  const noise = (from: number): Buffer => {
    const random = seeded(size)
    return Buffer.from(Array.from({ length: size }, () => from + Math.floor(random() * (256 - from))))
  }
  const wide = '<rss><channel><item><title>中文 ü</title></item></channel></rss>'.repeat(size / 124)
  return [
    { name: 'noise', bytes: () => noise(0) },
    { name: 'high noise', bytes: () => framed('', noise(128)) },
    ...['gb18030', 'big5', 'euc-jp', 'shift_jis', 'iso-2022-jp', 'windows-1252', 'utf-8'].map((label) => ({
      name: `noise as ${label}`,
      bytes: () => framed(`<?xml version="1.0" encoding="${label}"?>`, noise(128)),
    })),
    { name: 'broken UTF-8', bytes: () => framed('', Buffer.alloc(size, 'a\xc3', 'latin1')) },
    { name: 'UTF-16', bytes: () => Buffer.from(`\ufeff${wide}`, 'utf16le') },
    { name: 'UTF-32', bytes: () => utf32(`\ufeff${wide.slice(0, wide.length / 2)}`) },
    { name: 'half pairs', bytes: () => Buffer.from(`\ufeff<rss>${'\ud83d'.repeat(size / 2)}`, 'utf16le') },
    { name: 'zeros', bytes: () => framed('', Buffer.alloc(size)) },
  ]
}

function utf32(text: string): Uint8Array {
  const points = Uint32Array.from(text, (char) => char.codePointAt(0) as number)
  return new Uint8Array(points.buffer)
}
