import { describe, expect } from 'vitest'
import { FEED, failure, test } from '../fixtures/feedServer.ts'

describe('a host that asks to wait', () => {
  test('is left alone until then: other feeds of the host are refused without traffic', async ({
    server,
    at,
    fetcher,
  }) => {
    let now = Date.UTC(2025, 4, 8, 12)
    const fetch = fetcher({ now: () => now })
    server.handler = (_, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    const first = await failure(fetch(at('paper.test', '/a')))
    expect(first).toMatchObject({ code: 'status-429', status: 429, retryAt: now + 120_000 })
    expect(first.message).toContain('It asks to wait 2 min.')

    server.handler = (_, response) => response.end(FEED)
    now += 60_000
    expect(await failure(fetch(at('paper.test', '/b')))).toMatchObject({
      code: 'status-429',
      retryAt: now + 60_000,
    })
    expect(server.requests).toHaveLength(1)
    expect((await fetch(at('other.test'))).status).toBe(200)
    now += 60_000
    expect((await fetch(at('paper.test', '/b'))).status).toBe(200)
  })

  test('also for those that already stood in the queue', async ({ server, at, fetcher }) => {
    const fetch = fetcher({ limits: { perHost: 1 } })
    server.handler = (_, response) => response.writeHead(503, { 'retry-after': '60' }).end()
    const answers = await Promise.all(
      ['/a', '/b', '/c'].map((path) => failure(fetch(at('paper.test', path)))),
    )
    expect(answers.map((error) => error.code)).toEqual(['status-503', 'status-503', 'status-503'])
    expect(server.requests).toHaveLength(1)
  })

  test('gets a request all the same when a person wants it', async ({ server, at, fetcher }) => {
    const fetch = fetcher()
    server.handler = (_, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    await failure(fetch(at('paper.test')))
    server.handler = (_, response) => response.end(FEED)
    expect((await fetch({ url: at('paper.test'), manual: true })).status).toBe(200)
    expect((await fetch(at('paper.test'))).status).toBe(200)
  })

  test('is left alone after a restart too, until then; what was kept and cannot be read is forgotten', async ({
    server,
    at,
    fetcher,
  }) => {
    let now = Date.UTC(2025, 4, 8, 12)
    let text: string | undefined
    const keptWaits = {
      read: () => text,
      write: (all: string) => {
        text = all
      },
    }
    const options = { now: () => now, keptWaits }
    server.handler = (_, response) => response.writeHead(429, { 'retry-after': '120' }).end()
    await failure(fetcher(options)(at('paper.test', '/a')))
    server.handler = (_, response) => response.end(FEED)
    now += 60_000
    const again = fetcher(options)
    expect(await failure(again(at('paper.test', '/b')))).toMatchObject({ retryAt: now + 60_000 })
    now += 60_000
    expect((await again(at('paper.test', '/b'))).status).toBe(200)
    expect(text).toBe('[]')
    for (const damaged of [
      '',
      '{}',
      '[["paper.test"]]',
      '[["paper.test", {"until": 9e15, "status": 429}]]',
      'x',
    ]) {
      text = damaged
      expect((await fetcher(options)(at('paper.test', '/b'))).status).toBe(200)
    }
  })

  test('may give a date, read on its own clock, and is not believed for more than a day', async ({
    server,
    at,
    fetcher,
  }) => {
    const now = Date.UTC(2025, 4, 8, 12)
    const fetch = fetcher({ now: () => now })
    server.handler = (_, response) =>
      response
        .writeHead(503, {
          date: 'Mon, 01 Jan 2024 00:00:00 GMT',
          'retry-after': 'Mon, 01 Jan 2024 00:10:00 GMT',
        })
        .end()
    expect((await failure(fetch(at('one.test')))).retryAt).toBe(now + 600_000)
    server.handler = (_, response) => response.writeHead(503, { 'retry-after': '99999999' }).end()
    expect((await failure(fetch(at('two.test')))).retryAt).toBe(now + 24 * 3_600_000)
    server.handler = (_, response) => response.writeHead(429, { 'retry-after': 'soon' }).end()
    const vague = await failure(fetch(at('three.test')))
    expect(vague.retryAt).toBeNull()
    expect(vague.message).toContain('did not say when')
  })
})
