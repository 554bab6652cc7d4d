import { describe, expect } from 'vitest'
import { failure, test } from '../fixtures/feedServer.ts'
import type { FetchOptions } from './fetch.ts'
import { readProxyList } from './proxy.ts'
import type { Resolve } from './request.ts'

describe('a proxy of the environment', () => {
  test('gets the request, and names are not looked up here', async ({ server, fetcher }) => {
    process.env.http_proxy = `http://127.0.0.1:${server.port}`
    try {
      const nobody: Resolve = async () => {
        throw new Error('looked up')
      }
      const answer = await fetcher({ resolve: nobody })('http://paper.example/feed')
      expect(answer.url).toBe('http://paper.example/feed')
      expect(server.requests[0]?.url).toBe('http://paper.example/feed')
      server.handler = (_, response) => response.writeHead(302, { location: 'http://192.168.1.1/' }).end()
      expect(await failure(fetcher({ resolve: nobody })('http://paper.example/'))).toMatchObject({
        code: 'private',
      })
      process.env.http_proxy = 'not an address'
      expect(await failure(fetcher()('http://paper.example/'))).toMatchObject({ code: 'proxy' })
    } finally {
      delete process.env.http_proxy
    }
  })
})

describe('a proxy of the system', () => {
  const nobody: Resolve = async () => {
    throw new Error('looked up')
  }
  /** A system with these proxies, and the addresses that they were looked up for. */
  const proxies = (list: string, addresses: string[] = []): FetchOptions => ({
    resolve: nobody,
    systemProxies: async (url) => {
      addresses.push(url)
      return list
    },
  })

  test('is looked up for each address, a redirect’s too, and gets the request', async ({
    server,
    fetcher,
  }) => {
    const addresses: string[] = []
    server.handler = (request, response) =>
      request.url === 'http://paper.example/old'
        ? response.writeHead(302, { location: 'http://other.example/new' }).end()
        : response.end('<rss/>')
    const answer = await fetcher(proxies(`PROXY 127.0.0.1:${server.port}; DIRECT`, addresses))(
      'http://paper.example/old',
    )
    expect(answer.url).toBe('http://other.example/new')
    expect(addresses).toEqual(['http://paper.example/old', 'http://other.example/new'])
    expect(server.requests.map(({ url }) => url)).toEqual(addresses)
  })

  test('may be none, for this address or because the system cannot say', async ({ server, at, fetcher }) => {
    const url = at('paper.test')
    const direct = fetcher({ systemProxies: async () => 'DIRECT' })
    expect((await direct(url)).status).toBe(200)
    const silent = fetcher({ systemProxies: () => Promise.reject(new Error('no script')) })
    expect((await silent(url)).status).toBe(200)
    expect(server.requests.map(({ url }) => url?.startsWith('http'))).toEqual([false, false])
  })

  test('is not looked up for what runs on this machine', async ({ server, fetcher }) => {
    const addresses: string[] = []
    expect(
      (await fetcher(proxies('PROXY 127.0.0.1:1', addresses))(`http://127.0.0.1:${server.port}/feed`)).status,
    ).toBe(200)
    expect(addresses).toEqual([])
  })

  test('gives way to the environment’s', async ({ server, fetcher }) => {
    process.env.http_proxy = `http://127.0.0.1:${server.port}`
    try {
      const addresses: string[] = []
      const answer = await fetcher(proxies('PROXY 127.0.0.1:1', addresses))('http://paper.example/feed')
      expect([answer.status, addresses]).toEqual([200, []])
    } finally {
      delete process.env.http_proxy
    }
  })

  test('that cannot be reached is named, not the server behind it', async ({ fetcher }) => {
    expect(await failure(fetcher(proxies('PROXY 127.0.0.1:1'))('http://paper.example/'))).toMatchObject({
      code: 'proxy',
      message: "The system's proxy (127.0.0.1:1) could not be used. Check the system's network settings.",
    })
  })

  test('that the system is slow to name costs the request’s own time, not more', async ({ at, fetcher }) => {
    const stuck = fetcher({ systemProxies: () => new Promise(() => {}), limits: { totalMs: 50 } })
    expect(await failure(stuck(at('paper.test')))).toMatchObject({ code: 'timeout' })
  })

  test.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.corp:8080; DIRECT', 'http://proxy.corp:8080'],
    ['HTTPS secure.corp:443', 'https://secure.corp:443'],
    ['SOCKS4 old.corp:1080; SOCKS5 new.corp:1080', 'socks5://new.corp:1080'],
    ['proxy [::1]:3128', 'http://[::1]:3128'],
    ['PROXY ; QUIC q.corp:443; DIRECT; PROXY later.corp:1', null],
  ])('a list is read: %s', (list, proxy) => expect(readProxyList(list)).toBe(proxy))
})
