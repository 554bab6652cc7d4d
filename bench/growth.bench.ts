/**
 * How the time of every function that data reaches grows with its input: processor time of an input and of one twice as long, over texts
 * of one repeated piece. A ratio near 2 is linear; what stays above 3 is told. `[FUNCTION]`.
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

const only = process.argv[3]
const all: Record<string, readonly [length: number, work: (text: string) => unknown]> = { ...FUNCTIONS }
for (const [name, make] of Object.entries(HOSTILE_QUERIES))
  all[`parse: ${name}`] = [200, (text) => parseQuery(make(text.length), { use: 'search' })]

let told = 0
for (const [name, [length, work]] of Object.entries(all)) {
  if (only !== undefined && only !== name) continue
  let worst = { ratio: 0, piece: '', ms: 0 }
  let slowest = { ms: 0, piece: '' }
  for (const piece of name.startsWith('parse: ') ? ['a'] : PIECES) {
    const short = piece.repeat(Math.ceil(length / piece.length))
    const long = short + short
    caught(() => work(short))
    const [a, b] = [cpu(() => caught(() => work(short))), cpu(() => caught(() => work(long)))]
    // Below some milliseconds the clock and the collector are what is measured.
    let ratio = b < 50 ? 0 : b / Math.max(a, 1)
    if (ratio > 3) {
      const [c, d] = [cpu(() => caught(() => work(long))), cpu(() => caught(() => work(long + long)))]
      ratio = Math.min(ratio, d / c)
    }
    if (ratio > worst.ratio) worst = { ratio, piece, ms: b }
    if (b > slowest.ms) slowest = { ms: b, piece }
  }
  if (worst.ratio > 3) told++
  console.log(
    `${worst.ratio > 3 ? '!' : ' '} ${name.padEnd(28)} worst ratio ${worst.ratio.toFixed(1).padStart(5)} at ${JSON.stringify(worst.piece)} (${worst.ms.toFixed(0)} ms); slowest ${slowest.ms.toFixed(0)} ms at ${JSON.stringify(slowest.piece)}`,
  )
}
console.log(`${told} of ${Object.keys(all).length} grow by more than 3 for twice the input`)
