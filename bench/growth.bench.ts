/**
 * `npm run bench -- growth [FUNCTION]`: how the time of every function that data reaches grows with its input: processor time of a text of
 * one repeated piece and of one four times as long, for some seventy pieces. What grows by more than a power of 1.4 is marked.
 */
import { signature } from '../src/core/events/copies.ts'
import { readOpml } from '../src/core/feeds/find/opml.ts'
import { pageFeeds } from '../src/core/feeds/find/pageFeeds.ts'
import { withAbsoluteAddresses } from '../src/core/feeds/read/bodyLinks.ts'
import { readDate } from '../src/core/feeds/read/dates/dates.ts'
import { detectLanguage } from '../src/core/feeds/read/language.ts'
import { canonicalUrl } from '../src/core/feeds/read/links.ts'
import { readFeed } from '../src/core/feeds/read/parse.ts'
import { plainText, plainTextOfEither } from '../src/core/feeds/read/plainText.ts'
import { HOSTILE_QUERIES } from '../src/core/query/fixtures/hostile.ts'
import { complete } from '../src/core/query/language/complete.ts'
import { queryTokens } from '../src/core/query/language/highlight.ts'
import { parseQuery } from '../src/core/query/language/parse.ts'
import { createEvaluator } from '../src/core/query/match/matcher.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import { words } from '../src/core/query/words/words.ts'

/** Pieces that texts are made of: prose, signs that regular expressions try again at, letters that folding looks at. */
const PIECES = [
  'The ferry stays in the harbour. ',
  'a',
  ' ',
  '\n ',
  '?',
  '.',
  '-',
  "'",
  '"',
  '(',
  '<',
  '<a ',
  '<a href="',
  '</',
  '<!--',
  '<![CDATA[',
  '&',
  '&#',
  '&amp;',
  '&#x41;',
  '<p>',
  '<div>',
  '<br/>',
  '<img srcset="a 1x, ',
  '<a href="x">l</a>',
  'a=',
  'a:',
  '@',
  '#',
  '/',
  '\\',
  '*',
  'a* ',
  'a OR ',
  'NOT ',
  'a NEAR/5 ',
  'near/5 ',
  'title:',
  '普京',
  '普 京 ',
  'á',
  'a\u0301',
  '\u0301',
  'İ',
  'ﬁ',
  'ٱ',
  '٢',
  '\u200b',
  '\u00ad',
  '😀',
  '\ud800',
  '1 ',
  '1/',
  '1:',
  'Mon, ',
  'http://',
  'http://a.example/',
  '?a=1&',
  '<outline ',
  '<item>',
  '<item><title>a</title></item>',
  '{',
  '[',
  '{"a":',
  '"a",',
  'a;b\n',
  'Title,https://a.example/feed,en\n',
  '"a ""b"" c",',
  '<outline xmlUrl="http://a.example/1"/>',
]
const caught = (work: () => unknown): void => {
  try {
    work()
  } catch {
    // What is refused takes time too.
  }
}
const story = (text: string) =>
  tokenise({ title: '', summary: '', text, published: 0, fetched: 0, url: '', author: '', lang: '' } as never)
const evaluators = ['rep NEAR/50 a NEAR/50 rep', '"a a"', 'a{5}', '"a a a"~50', 'a*'].map((query) =>
  createEvaluator(parseQuery(query, { use: 'search' }).query, { concepts: new Map(), timeZone: 'UTC' }),
)
const bytes = (text: string) => new TextEncoder().encode(text)
const VOCABULARY = { concepts: [], themes: [], sources: [], entities: [], alerts: [] } as never

/** By name: the shorter input's characters, and the work. */
const FUNCTIONS: Readonly<Record<string, readonly [length: number, work: (text: string) => unknown]>> = {
  'plain text': [200_000, plainText],
  'plain text or HTML': [200_000, plainTextOfEither],
  'links of a body': [200_000, (text) => withAbsoluteAddresses(text, 'https://a.example/')],
  language: [200_000, detectLanguage],
  date: [200_000, (text) => readDate(text)],
  'canonical link': [100_000, (text) => canonicalUrl(`https://a.example/${text}`)],
  words: [200_000, (text) => words(text)],
  signature: [100_000, (text) => signature(story(text))],
  matching: [50_000, (text) => evaluators.map((one) => one.evidence(story(text), 0))],
  'query parse': [30_000, (text) => parseQuery(text, { use: 'search' })],
  'query colours': [30_000, queryTokens],
  completion: [30_000, (text) => complete(text, text.length, VOCABULARY)],
  'an RSS feed': [
    200_000,
    (text) =>
      readFeed(bytes(`<rss version="2.0"><channel><item><title>${text}</title></item></channel></rss>`), {
        contentType: '',
        base: 'https://a.example/',
      }),
  ],
  'a document': [200_000, (text) => readFeed(bytes(text), { contentType: '', base: 'https://a.example/' })],
  'a page': [200_000, (text) => pageFeeds(text, 'https://a.example/')],
  'a list of feeds': [200_000, (text) => readOpml(`<opml><body>${text}</body></opml>`)],
  'a list of addresses': [200_000, readOpml],
}

function cpu(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Below this the clock and the collector are what is measured: a text is doubled until it takes so long. */
const TELLING_MS = 40
/** … or has so many times the shorter input's characters. */
const MOST_TIMES = 32

/** A text of pieces and one TIMES as long: how the time grows, as an exponent (1 is linear, 2 quadratic), and that of the longer. */
function growth(
  piece: string,
  length: number,
  work: (text: string) => unknown,
): { exponent: number; ms: number } {
  const timeOf = (text: string): number => cpu(() => caught(() => work(text)))
  let text = piece.repeat(Math.ceil(length / piece.length))
  caught(() => work(text))
  let ms = timeOf(text)
  const most = length * MOST_TIMES
  for (; ms < TELLING_MS && text.length < most; ms = timeOf(text)) text += text
  if (ms < TELLING_MS / 4) return { exponent: 0, ms }
  const long = text.repeat(TIMES)
  const longMs = timeOf(long)
  const exponent = Math.log(longMs / ms) / Math.log(TIMES)
  if (exponent < SUSPECT) return { exponent, ms: longMs }
  // So much may be the collector's: once more.
  const again = Math.log(timeOf(long) / timeOf(text)) / Math.log(TIMES)
  return { exponent: Math.min(exponent, again), ms: longMs }
}
const TIMES = 4
const SUSPECT = 1.4

const only = process.argv[3]
const all: Record<string, readonly [length: number, work: (text: string) => unknown]> = { ...FUNCTIONS }
for (const [name, make] of Object.entries(HOSTILE_QUERIES))
  all[`parse: ${name}`] = [200, (text) => parseQuery(make(text.length), { use: 'search' })]

let superlinear = 0
console.log('function                       worst exponent of growth; slowest of all texts')
for (const [name, [length, work]] of Object.entries(all)) {
  if (only !== undefined && only !== name) continue
  let worst = { exponent: 0, piece: '', ms: 0 }
  let slowest = { ms: 0, piece: '' }
  for (const piece of name.startsWith('parse: ') ? ['a'] : PIECES) {
    const { exponent, ms } = growth(piece, length, work)
    if (exponent > worst.exponent) worst = { exponent, piece, ms }
    if (ms > slowest.ms) slowest = { ms, piece }
  }
  if (worst.exponent > SUSPECT) superlinear++
  console.log(
    `${worst.exponent > SUSPECT ? '!' : ' '} ${name.padEnd(28)} ${worst.exponent.toFixed(2).padStart(5)} at ${JSON.stringify(worst.piece)} (${worst.ms.toFixed(0)} ms); ${slowest.ms.toFixed(0)} ms at ${JSON.stringify(slowest.piece)}`,
  )
}
console.log(
  `${superlinear} of ${Object.keys(all).length} grow by more than the power ${SUSPECT} of their input`,
)
