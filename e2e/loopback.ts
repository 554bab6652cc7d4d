import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rssFeed } from '../src/core/fixtures/rss.ts'

export interface Item {
  readonly id: string
  readonly title: string
  readonly text: string
  /** Mark-up of the body. */
  readonly html?: string
  /** RFC 822. */
  readonly published: string
}

/** A feed on this machine whose items a test sets; `fail` makes it answer 500. */
export interface LoopbackFeed {
  readonly url: string
  items: readonly Item[]
  fail: boolean
  close(): Promise<void>
}

export async function serveFeed(title: string): Promise<LoopbackFeed> {
  const server = createServer((_request, response) => {
    if (feed.fail) {
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end('out of order')
      return
    }
    const items = feed.items.map((item) => ({ ...item, link: `https://loopback.example/${item.id}` }))
    response.writeHead(200, { 'Content-Type': 'application/rss+xml; charset=utf-8' })
    response.end(rssFeed(items, { title, link: 'https://loopback.example/', language: 'en' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const feed: LoopbackFeed = {
    url: `http://127.0.0.1:${port}/feed.xml`,
    items: [],
    fail: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return feed
}
