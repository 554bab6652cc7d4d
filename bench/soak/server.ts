/**
 * Serves feeds of ten items on loopback until its parent ends; sends its parent its port. In a round of news (a number sent by the
 * parent, which is answered) the newest item of each feed is new. Feeds of even numbers answer 304 where nothing has changed.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rssFeed } from '../../src/core/fixtures/rss.ts'

const ITEMS = 10
const HOUR_MS = 3_600_000
const START = Date.UTC(2025, 4, 1)
let round = 0

const server = createServer((request, response) => {
  const feed = Number(request.url?.split('/').at(-1))
  const etag = `"${round}"`
  if (feed % 2 === 0 && request.headers['if-none-match'] === etag) {
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, {
    'Content-Type': 'application/rss+xml',
    ...(feed % 2 === 0 ? { ETag: etag } : {}),
  })
  response.end(bodyOf(feed))
})

function bodyOf(feed: number): string {
  const items = Array.from({ length: ITEMS }, (_, i) => {
    const n = round - i
    const words = Array.from(
      { length: 60 },
      (_, k) => `w${Math.abs(n * 7919 + k * 104729 + feed * 31) % 9973}`,
    )
    return {
      id: `${feed}-${n}`,
      title: `Russia and China sign paper ${n} of office ${feed}`,
      text: words.join(' '),
      link: `https://office-${feed}.example/${n}`,
      published: new Date(START + n * HOUR_MS + feed * 1000).toUTCString(),
    }
  })
  return rssFeed(items, { title: `Office ${feed}` })
}

// It ends with its parent, however that ends.
process.on('disconnect', () => process.exit())
process.on('message', (next) => {
  round = Number(next)
  process.send?.(round)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
