import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

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
    const items = feed.items.map(
      ({ id, title, text, html, published }) =>
        `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://loopback.example/${id}</link>
         <description>${text}</description><pubDate>${published}</pubDate>${html === undefined ? '' : `<content:encoded><![CDATA[${html}]]></content:encoded>`}</item>`,
    )
    response.writeHead(200, { 'Content-Type': 'application/rss+xml; charset=utf-8' })
    response.end(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${title}</title>
      <link>https://loopback.example/</link><description>x</description><language>en</language>${items.join('')}</channel></rss>`)
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
