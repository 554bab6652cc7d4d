import { expect, test } from 'vitest'
import { decode } from './decode.ts'

const xml = (encoding: string, title: string) =>
  `<?xml version="1.0" encoding="${encoding}"?><rss><channel><title>${title}</title></channel></rss>`
/** Text in a single-byte encoding, by asking the decoder for each byte. */
function inEncoding(encoding: string, text: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from([...text].map((char) => bytes.get(char) ?? 0x3f))
}

test.each([
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
])('a byte order mark of %s outranks every declaration, and is not text', (encoding, mark) => {
  const text = xml('windows-1251', 'Ж')
  const body = encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(text, 'utf16le')
  const decoded = decode(Buffer.concat([Buffer.from(mark), body]), 'text/xml; charset=koi8-r')
  expect(decoded).toEqual({ text, encoding, warnings: [] })
})

test.each([true, false])('UTF-32, with a mark or without (little endian: %s)', (little) => {
  const text = xml('utf-32', '普京 🔥')
  const points = [...text].map((char) => char.codePointAt(0)!)
  const bytes = Buffer.alloc(points.length * 4)
  for (const [at, point] of points.entries())
    little ? bytes.writeUInt32LE(point, at * 4) : bytes.writeUInt32BE(point, at * 4)
  expect(decode(bytes, '')).toEqual({ text, encoding: little ? 'utf-32le' : 'utf-32be', warnings: [] })
})

test('the HTTP header outranks the XML declaration (RFC 7303)', () => {
  const bytes = inEncoding('windows-1251', xml('koi8-r', 'Правительство утвердило'))
  const decoded = decode(bytes, 'application/xml; charset="windows-1251"')
  expect(decoded.text).toContain('Правительство утвердило')
  expect(decoded.warnings).toEqual([])
})

test.each(['windows-1251', 'koi8-r', 'iso-8859-2', 'windows-1256'])(
  '%s as declared in the document',
  (encoding) => {
    const title =
      { 'iso-8859-2': 'Zażółć gęślą jaźń', 'windows-1256': 'مجلس الوزراء' }[encoding] ?? 'Совет министров'
    expect(decode(inEncoding(encoding, xml(encoding, title)), 'text/xml').text).toContain(title)
  },
)

test('ISO-8859-1 means windows-1252, as in browsers', () => {
  expect(decode(Buffer.from([0x93, 0xe9, 0x94]), 'text/xml; charset=iso-8859-1').text).toBe('“é”')
})

test('UTF-8 that is declared as something else is read as UTF-8, with a warning', () => {
  const decoded = decode(Buffer.from(xml('iso-8859-1', 'Größe – naïve')), '')
  expect(decoded.text).toContain('Größe – naïve')
  expect(decoded.warnings).toEqual([
    'The XML declaration says windows-1252, but the bytes are UTF-8; read as UTF-8.',
  ])
})

// Texts of the kind news has, each in a legacy encoding its languages use, declared as UTF-8 or not at all.
test.each([
  ['windows-1251', 'Премьер-министр заявил, что переговоры продолжатся на следующей неделе'],
  ['koi8-r', 'Премьер-министр заявил, что переговоры продолжатся на следующей неделе'],
  ['windows-1253', 'Ο πρωθυπουργός δήλωσε ότι οι διαπραγματεύσεις θα συνεχιστούν'],
  ['windows-1255', 'ראש הממשלה אמר כי השיחות יימשכו בשבוע הבא'],
  ['windows-1256', 'قال رئيس الوزراء إن المحادثات ستستمر الأسبوع المقبل'],
  ['windows-1252', 'Le ministre a déclaré que les négociations se poursuivraient après l’été'],
  ['windows-874', 'นายกรัฐมนตรีกล่าวว่าการเจรจาจะดำเนินต่อไปในสัปดาห์หน้า'],
])('%s that is declared as UTF-8 is recognised', (encoding, title) => {
  const decoded = decode(inEncoding(encoding, xml('utf-8', title)), '')
  expect(decoded.text).toContain(title)
  expect(decoded.warnings).toHaveLength(1)
})

test('a place that is not valid becomes U+FFFD and a warning, the rest stays', () => {
  const bytes = Buffer.concat([
    Buffer.from('<a>Größe, Maß, Äpfel, 普京 '),
    Buffer.from([0xe6, 0x99]),
    Buffer.from('</a>'),
  ])
  const decoded = decode(bytes, '')
  expect(decoded.text).toBe('<a>Größe, Maß, Äpfel, 普京 \ufffd</a>')
  expect(decoded.warnings).toEqual(['1 place is not valid utf-8 and is shown as U+FFFD.'])
})

test('a name that is no encoding is passed over, with a warning', () => {
  const decoded = decode(Buffer.from('<a>ж</a>'), 'text/xml; charset=klingon')
  expect(decoded.text).toBe('<a>ж</a>')
  expect(decoded.warnings).toEqual([
    'The encoding "klingon" in the HTTP header is not known; it is passed over.',
  ])
})

test('nothing is a document too', () => {
  expect(decode(new Uint8Array(), '').text).toBe('')
})

test.each([
  ['windows-1250', 'iso-8859-2', 'Šéf diplomacie řekl, že žádná dohoda není'],
  ['windows-1250', 'iso-8859-2', 'Źródło: śniadanie później'],
  ['koi8-r', 'windows-1251', 'Владимир Путин прибыл в Пекин, Москва молчит'],
  ['windows-1251', 'koi8-r', 'Владимир Путин прибыл в Пекин, Москва молчит'],
])('%s that is declared as its sibling %s is told by what no writer writes', (encoding, declared, title) => {
  const decoded = decode(inEncoding(encoding, xml(declared, title)), '')
  expect(decoded.text).toContain(title)
  expect(decoded.warnings).toHaveLength(1)
})

test.each(['ПРЕЗИДЕНТ РОССИИ ПРИБЫЛ', 'iPHONE и еЖЕВИКА', 'Глава МИД'])(
  '%s stays as it is declared',
  (title) =>
    expect(decode(inEncoding('windows-1251', xml('windows-1251', title)), '')).toMatchObject({
      encoding: 'windows-1251',
      warnings: [],
    }),
)

test.each([
  'Šéf diplomacie řekl, že žádná dohoda není možná',
  'Źródło: śniadanie odbyło się później',
  'Šef je rekao da država nema više žena',
])('ISO-8859-2 without a declaration is told from windows-1250: %s', (title) =>
  expect(decode(inEncoding('iso-8859-2', `<rss><title>${title}</title></rss>`), '').text).toContain(title),
)

test('a character in two halves of UTF-8, as old databases write an emoji, is one; a lone half is none', () => {
  const halves = [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]
  expect(decode(Buffer.concat([Buffer.from('<a>é '), Buffer.from(halves), Buffer.from('</a>')]), '')).toEqual(
    {
      text: '<a>é 😀</a>',
      encoding: 'utf-8',
      warnings: [],
    },
  )
  expect(
    decode(Buffer.concat([Buffer.from('<a>ééééé'), Buffer.from(halves.slice(0, 3))]), '').warnings,
  ).toHaveLength(1)
})
