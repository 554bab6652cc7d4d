import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'

vi.setConfig({ testTimeout: 120_000 })

let wirewatch: Wirewatch
let server: Server
// biome-ignore lint/suspicious/noExplicitAny: what came, whatever it is
let came: any[]
const TITLE = 'Xi Jinping and Vladimir Putin sign a treaty on gas in Beijing'

beforeEach(async () => {
  came = []
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      came.push(JSON.parse(body))
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  wirewatch = openWirewatch({
    dataDir: ':memory:',
    timeZone: 'UTC',
    fetch: async ({ url }) =>
      feedAnswer(url, rssFeed([{ id: '1', title: TITLE, text: TITLE }], { title: url })),
  })
})
afterEach(async () => {
  await wirewatch.close()
  server.close()
})

test('what is told on a channel has the event, as lists of events have it', async () => {
  await wirewatch.sources.add({ url: 'https://b.example/feed' })
  const { id: alert } = wirewatch.alerts.save({ name: 'Gas', query: 'gas', enabled: true })
  const { port } = server.address() as AddressInfo
  await wirewatch.channels.add({ alert, kind: 'webhook', address: `http://127.0.0.1:${port}/` })
  await wirewatch.sources.add({ url: 'https://a.example/feed' })
  wirewatch.deliverNotices({})
  await vi.waitFor(() => expect(came).toHaveLength(1), 60_000)
  const [{ data }] = came
  expect(data).toMatchObject({ alert: 'Gas', trigger: 'each', hits: [{ title: TITLE }], more: 0 })
  const [listed] = (await wirewatch.events.list({ query: '', limit: 10 })).rows
  expect(data.event).toMatchObject({
    id: listed?.id,
    headline: TITLE,
    stories: 2,
    sources: 2,
    first: new Date(listed?.first ?? 0).toISOString(),
  })
  const { channels, desktop } = wirewatch.channels.list(alert)
  expect([channels.map(({ waiting, last }) => [waiting, last?.status, last?.http]), desktop]).toEqual([
    [[0, 'delivered', 204]],
    true,
  ])
  expect(wirewatch.channels.deliveries({ limit: 10 }).find(({ kind }) => kind === 'webhook')).toMatchObject({
    event: listed?.id,
    status: 'delivered',
  })
})
