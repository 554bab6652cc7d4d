/**
 * Serves feeds on loopback with ETags until it is ended: `server.ts FEEDS ITEMS [full]`. Sends its parent its port and, after each
 * "mark", the moment of the next request (epoch ms). A third of the stories is about the powers and their themes: the headline and
 * one sentence of the text, with "full" every sentence.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { picker, seeded } from '../../src/core/fixtures/random.ts'
import { rssFeed } from '../../src/core/fixtures/rss.ts'

const feeds = Number(process.argv[2])
const items = Number(process.argv[3])
const full = process.argv[4] === 'full'

const random = seeded(7)
const pick = picker(random)
const powers = [
  'Russia',
  'China',
  'The European Union',
  'Putin',
  'Xi Jinping',
  'Gazprom',
  'Taiwan',
  'Washington',
  'Beijing',
  'Kyiv',
  'Brussels',
  'India',
]
const others = [
  'A farmer',
  'The league',
  'A museum',
  'The mayor',
  'A bakery',
  'The striker',
  'An orchestra',
  'The court',
  'A nurse',
  'The airline',
  'A novelist',
  'The zoo',
]
const affairs = [
  'a pipeline deal',
  'new sanctions',
  'tariffs on steel',
  'chip exports',
  'a grain corridor',
  'a summit in Geneva',
  'oil prices',
  'aid for Ukraine',
  'an arms package',
  'a treaty',
]
const matters = [
  'the weather',
  'a stadium',
  'school meals',
  'a bridge',
  'the harvest',
  'a concert',
  'housing',
  'a transfer',
  'bus fares',
  'a recipe',
  'the exhibition',
  'a rescue',
]
const verbs = [
  'signs',
  'rejects',
  'discusses',
  'delays',
  'announces',
  'criticises',
  'reviews',
  'opens',
  'closes',
]
let subjects: readonly string[] = others
let objects: readonly string[] = matters
const choose = (political: boolean): void => {
  subjects = political ? powers : others
  objects = political ? affairs : matters
}
// Real texts share few phrases: most words of a body come from a vocabulary of 20,000 made-up ones.
const syllables = [
  'ba',
  'ko',
  'ri',
  'ten',
  'mu',
  'sal',
  'ver',
  'lo',
  'dan',
  'pi',
  'or',
  'est',
  'ga',
  'nu',
  'chi',
  'wal',
]
const vocabulary = Array.from({ length: 20_000 }, () =>
  Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
)
const filler = (): string => Array.from({ length: 12 }, () => pick(vocabulary)).join(' ')
const sentence = (): string => `${pick(subjects)} ${pick(verbs)} ${pick(objects)} after ${filler()}.`

const bodies = Array.from({ length: feeds }, (_, feed) => {
  const list = Array.from({ length: items }, (_, i) => {
    const id = feed * items + i
    const political = random() < 1 / 3
    choose(political)
    const published = Date.now() - Math.floor(random() * 30 * 86_400_000)
    const title = `${pick(subjects)} ${pick(verbs)} ${pick(objects)}: ${pick(vocabulary)} ${pick(vocabulary)}`
    const text = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, nth) => {
      choose(political && (full || nth === 0))
      return sentence()
    }).join(' ')
    const link = `http://feed-${feed}.example/story/${id}`
    return { id: `s${id}`, title, link, text, published }
  })
  const channel = { title: `Feed ${feed}`, link: `http://feed-${feed}.example/`, language: 'en' }
  return Buffer.from(rssFeed(list, channel))
})

let marked = false
process.on('message', () => {
  marked = true
})
const server = createServer((request, response) => {
  if (marked) process.send?.(performance.timeOrigin + performance.now())
  marked = false
  const feed = Number(request.url?.split('/').pop())
  const body = bodies[feed]
  const etag = `"v${feed}"`
  if (body === undefined) response.writeHead(404).end()
  else if (request.headers['if-none-match'] === etag) response.writeHead(304, { ETag: etag }).end()
  else response.writeHead(200, { 'Content-Type': 'application/rss+xml', ETag: etag }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
// It ends by itself if its parent does not.
setTimeout(() => process.exit(), 300_000).unref()
process.on('SIGTERM', () => process.exit())
