import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rssFeed } from '../../fixtures/rss.ts'
import { FeedError } from '../feed.ts'
import type { Fetch, FetchRequest } from '../fetch/fetcher.ts'
import { discover } from './discover.ts'
import { lookAt } from './look.ts'
import { readPage } from './page.ts'
import { pageFeeds } from './pageFeeds.ts'
import { platformFeeds } from './platforms.ts'

const page = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'discover', `${name}.html`), 'utf8')

/** A feed with an item of each of these days of May 2025. */
const rss = (title: string, ...days: string[]): string =>
  rssFeed(
    days.map((day) => ({
      id: `${title}-${day}`,
      title: `Of ${day}`,
      published: `${day} May 2025 10:00:00 GMT`,
    })),
    { title },
  )

/** A little internet: what lies where; an answer that is a number is a status, a word a failure, "→ URL" a redirect. */
function internet(content: Record<string, string | number>): { fetch: Fetch; requests: FetchRequest[] } {
  const requests: FetchRequest[] = []
  const fetch: Fetch = async (request, signal) => {
    requests.push(request)
    signal?.throwIfAborted()
    let url = request.url
    for (let found = content[url]; ; found = content[url]) {
      const body = found ?? 404
      if (typeof body === 'number') throw new FeedError(`status-${body}`, `Status ${body}.`, { status: body })
      if (body.startsWith('→ ')) {
        url = body.slice(2)
        continue
      }
      if (/^[a-z]+$/.test(body)) throw new FeedError(body, `It failed: ${body}.`)
      return {
        status: 200,
        url,
        movedTo: null,
        body: new TextEncoder().encode(body),
        contentType: body.startsWith('<rss') ? 'application/rss+xml' : 'text/html; charset=utf-8',
        etag: '',
        lastModified: '',
        maxAge: null,
        bytes: body.length,
        ms: 1,
      }
    }
  }
  return { fetch, requests }
}

const find = (address: string, content: Record<string, string | number>, known: string[] = []) =>
  discover(address, internet(content).fetch, { known: (url) => known.includes(url), lookAt, readPage })

describe('what a person types', () => {
  test('may be a feed', async () => {
    expect(
      await find(' https://paper.example/rss ', { 'https://paper.example/rss': rss('Paper', '7', '8') }),
    ).toEqual({
      feeds: [
        {
          url: 'https://paper.example/rss',
          title: 'Paper',
          items: 2,
          newest: Date.UTC(2025, 4, 8, 10),
          how: 'the address itself',
          known: false,
        },
      ],
      tried: [],
    })
  })

  test('may be a bare host, over https first and http where that cannot be reached', async () => {
    const content = { 'https://paper.example/': 'tls', 'http://paper.example/': rss('Paper') }
    const { feeds, tried } = await find('paper.example', content)
    expect(feeds).toMatchObject([{ url: 'http://paper.example/', title: 'Paper', items: 0, newest: null }])
    expect(tried).toEqual(['https://paper.example/: It failed: tls.'])
  })

  test('may name a port on this machine', async () => {
    const content = { 'https://localhost:8080/': 'tls', 'http://localhost:8080/': rss('Mine') }
    expect((await find('localhost:8080', content)).feeds).toMatchObject([{ title: 'Mine' }])
  })

  test('may be a feed: address or a handle', async () => {
    const content = {
      'https://paper.example/rss': rss('Paper'),
      'https://social.example/@anna': '<html>',
      'https://social.example/@anna.rss': rss('Anna'),
    }
    expect((await find('feed:https://paper.example/rss', content)).feeds).toMatchObject([{ title: 'Paper' }])
    expect((await find('@anna@social.example', content)).feeds).toMatchObject([
      { title: 'Anna', how: 'Mastodon: @anna' },
    ])
  })

  test.each([['the paper'], [''], ['paper'], ['mailto:anna@paper.example'], ['ftp://paper.example/']])(
    '“%s” is no web address, and nothing is requested',
    async (address) => {
      const { fetch, requests } = internet({})
      const { feeds, tried } = await discover(address, fetch, { known: () => false, lookAt, readPage })
      expect(feeds).toEqual([])
      expect(tried).toEqual([expect.stringContaining('is not a web address')])
      expect(requests).toEqual([])
    },
  )
})

describe('a page', () => {
  const front = {
    'https://paper.example/': '→ https://www.paper.example/',
    'https://www.paper.example/': page('news-front'),
    'https://www.paper.example/top.xml': rss('Top', '8'),
    'https://www.paper.example/comments.xml': rss('Comments', '9'),
    'https://static.paper.example/desk/world.atom?a=1&b=2': rss('', '1'),
    'https://www.paper.example/feed.json': rss('Top', '8'),
    'http://192.168.1.1/status.xml': 'private',
  }

  test('names its feeds: offered in its order, comments last, each once, with their freshness', async () => {
    const { feeds, tried } = await find('paper.example', front, ['https://www.paper.example/top.xml'])
    expect(feeds.map(({ url, title, known, how }) => [url, title, known, how])).toEqual([
      ['https://www.paper.example/top.xml', 'Top', true, 'named by the page'],
      ['https://static.paper.example/desk/world.atom?a=1&b=2', 'World', false, 'named by the page'],
      ['https://www.paper.example/comments.xml', 'Comments', false, 'named by the page'],
    ])
    expect(tried).toEqual([
      'https://www.paper.example/gone.xml: Status 404.',
      'http://192.168.1.1/status.xml: It failed: private.',
    ])
  })

  test('may not name private addresses: only its own host is as the person typed it', async () => {
    const { fetch, requests } = internet(front)
    await discover('paper.example', fetch, { known: () => false, lookAt, readPage })
    expect(requests.map(({ url, publicOnly }) => [url.slice(0, 27), publicOnly === true])).toEqual([
      ['https://paper.example/', false],
      ['https://www.paper.example/c', false],
      ['https://www.paper.example/t', false],
      ['https://static.paper.exampl', true],
      ['https://www.paper.example/f', false],
      ['https://www.paper.example/g', false],
      ['http://192.168.1.1/status.x', true],
    ])
  })

  test('may only link to them', async () => {
    const { feeds } = await find('https://www.ministry.example/feeds', {
      'https://www.ministry.example/feeds': page('link-list'),
      'https://www.ministry.example/rss/press.xml': rss('', '1'),
      'http://www.ministry.example/rss/speeches.rss': rss('Speeches', '2'),
    })
    expect(feeds.map(({ url, title, how }) => [url, title, how])).toEqual([
      ['https://www.ministry.example/rss/press.xml', 'Press releases', 'linked from the page'],
      ['http://www.ministry.example/rss/speeches.rss', 'Speeches', 'linked from the page'],
    ])
  })

  test('may tell by its software', async () => {
    const { feeds } = await find('https://blog.example/category/china', {
      'https://blog.example/category/china': page('wordpress'),
      'https://blog.example/category/china/feed/': rss('China', '1'),
      'https://blog.example/feed/': rss('All', '2'),
    })
    expect(feeds.map(({ url, how }) => [url, how])).toEqual([
      ['https://blog.example/category/china/feed/', 'made with WordPress 6.8.1'],
      ['https://blog.example/feed/', 'made with WordPress 6.8.1'],
    ])
  })

  test('of a YouTube handle tells its channel, not one it features', async () => {
    const { feeds } = await find('https://www.youtube.com/@channel', {
      'https://www.youtube.com/@channel': page('youtube-handle'),
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa': rss('A channel', '1'),
    })
    expect(feeds).toMatchObject([{ title: 'A channel', how: 'YouTube: channel' }])
  })

  test('without a word of feeds: the usual places are tried, then the front page', async () => {
    const content = {
      'https://silent.example/about/us': page('no-feeds'),
      'https://silent.example/rss.xml': rss('Silent', '1'),
      'https://silent.example/atom.xml': rss('Silent', '1'),
    }
    const { feeds, tried } = await find('https://silent.example/about/us', content)
    expect(feeds.map(({ url, how }) => [url, how])).toEqual([
      ['https://silent.example/rss.xml', 'a usual place'],
    ])
    expect(tried).toContain('https://silent.example/about/us/feed: Status 404.')

    const deep = await find('https://paper.example/2025/05/story.html', {
      ...front,
      'https://paper.example/2025/05/story.html': page('no-feeds'),
    })
    expect(deep.feeds.map(({ title }) => title)).toEqual(['Top', 'World', 'Comments'])
  })

  test('that is refused does not hide the usual places', async () => {
    const { feeds } = await find('guarded.example', {
      'https://guarded.example/': 403,
      'https://guarded.example/feed': rss('Guarded', '1'),
    })
    expect(feeds).toMatchObject([{ url: 'https://guarded.example/feed' }])
  })
})

test('where nothing is found, the addresses tried and why each is no feed', async () => {
  const { feeds, tried } = await find('https://empty.example/', {
    'https://empty.example/': page('no-feeds'),
  })
  expect(feeds).toEqual([])
  expect(tried).toContain('https://empty.example/feed: Status 404.')
  expect(tried.length).toBeGreaterThan(8)
})

test('a server that cannot be reached gets no further request', async () => {
  const { fetch, requests } = internet({ 'https://gone.example/': 'dns', 'http://gone.example/': 'dns' })
  const { tried } = await discover('https://gone.example/', fetch, { known: () => false, lookAt, readPage })
  expect(requests).toHaveLength(1)
  expect(tried).toEqual(['https://gone.example/: It failed: dns.'])
})

test('a platform without feeds is named', async () => {
  const { tried } = await find('https://t.me/s/channel', { 'https://t.me/s/channel': page('no-feeds') })
  expect(tried[0]).toBe('t.me: Telegram keeps no feeds of its channels.')
})

test('a page that names a thousand feeds costs a bounded number of requests', async () => {
  const many = Array.from(
    { length: 1000 },
    (_, i) => `<link rel=alternate type=application/rss+xml href=/f/${i}>`,
  )
  const { fetch, requests } = internet({
    'https://many.example/': `<html>${many.join('')}`,
    'https://many.example/f/3': rss('Three'),
  })
  const { feeds, tried } = await discover('many.example', fetch, { known: () => false, lookAt, readPage })
  expect(feeds).toMatchObject([{ title: 'Three' }])
  expect(requests.length).toBeLessThan(40)
  expect(tried[0]).toBe('https://many.example/: 976 more addresses were not looked at.')
})

test('a password in the address is used and not repeated', async () => {
  const { tried } = await find('https://anna:topsecret@paper.example/', {})
  expect(tried.join(' ')).not.toContain('topsecret')
})

test('a name and password go to the server they were given for, and are in nothing that is found', async () => {
  const { fetch, requests } = internet({
    'https://paper.example/':
      '<html><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="https://cdn.example/feed"><link rel="alternate" type="application/rss+xml" href="http://paper.example/plain">',
    'https://paper.example/feed': rss('Own'),
    'https://cdn.example/feed': rss('Other'),
  })
  const found = await discover('https://anna:topsecret@paper.example/', fetch, {
    known: () => false,
    lookAt,
    readPage,
  })
  expect(found.feeds.map(({ url }) => url)).toEqual([
    'https://paper.example/feed',
    'https://cdn.example/feed',
  ])
  expect(JSON.stringify(found)).not.toContain('topsecret')
  expect(new Set(requests.map(({ url, secret }) => `${new URL(url).origin} ${secret}`))).toEqual(
    new Set(['https://paper.example anna:topsecret', 'https://cdn.example ', 'http://paper.example ']),
  )
})

test('it ends when the signal aborts', async () => {
  const ending = new AbortController()
  ending.abort(new Error('enough'))
  const { fetch } = internet({})
  await expect(
    discover('a.example', fetch, { known: () => false, lookAt, readPage }, ending.signal),
  ).rejects.toThrow('enough')
})

test.each([
  ['https://www.youtube.com/channel/UCabc', ['https://www.youtube.com/feeds/videos.xml?channel_id=UCabc']],
  ['https://m.youtube.com/watch?v=x&list=PL1', ['https://www.youtube.com/feeds/videos.xml?playlist_id=PL1']],
  ['https://www.youtube.com/@handle', []],
  ['https://old.reddit.com/r/europe/top', ['https://www.reddit.com/r/europe/.rss']],
  ['https://www.reddit.com/user/anna', ['https://www.reddit.com/user/anna/.rss']],
  ['https://medium.com/@anna', ['https://medium.com/feed/@anna']],
  ['https://anna.medium.com/', ['https://anna.medium.com/feed']],
  ['https://anna.substack.com/p/post', ['https://anna.substack.com/feed']],
  ['https://substack.com/@anna', ['https://anna.substack.com/feed']],
  [
    'https://anna.wordpress.com/category/news/',
    ['https://anna.wordpress.com/category/news/feed/', 'https://anna.wordpress.com/feed/'],
  ],
  ['https://anna.blogspot.com/2025/05/x.html', ['https://anna.blogspot.com/feeds/posts/default']],
  ['https://www.tumblr.com/anna', ['https://anna.tumblr.com/rss']],
  ['https://anna.tumblr.com/post/1', ['https://anna.tumblr.com/rss']],
  [
    'https://github.com/nodejs/undici/tree/main',
    [
      'https://github.com/nodejs/undici/releases.atom',
      'https://github.com/nodejs/undici/tags.atom',
      'https://github.com/nodejs/undici/commits/main.atom',
    ],
  ],
  ['https://mastodon.social/@anna/1', ['https://mastodon.social/@anna.rss']],
  ['https://bsky.app/profile/anna.example', ['https://bsky.app/profile/anna.example/rss']],
  [
    'https://news.google.com/search?q=taiwan%20strait&hl=en-US&gl=US&ceid=US%3Aen',
    ['https://news.google.com/rss/search?q=taiwan+strait&hl=en-US&gl=US&ceid=US%3Aen'],
  ],
  ['https://news.google.com/topics/CAAq?hl=en', ['https://news.google.com/rss/topics/CAAq?hl=en']],
  ['https://www.bing.com/news/search?q=a+b', ['https://www.bing.com/news/search?q=a%20b&format=rss']],
  ['https://vimeo.com/anna', ['https://vimeo.com/anna/videos/rss']],
  ['https://anna.livejournal.com/1.html', ['https://anna.livejournal.com/data/rss']],
  ['https://arxiv.org/list/cs.CL/recent', ['https://rss.arxiv.org/rss/cs.CL']],
  ['https://paper.example/', []],
])('the feeds that %s implies', (url, expected) =>
  expect(platformFeeds(new URL(url)).feeds.map((feed) => feed.url)).toEqual(expected),
)

test('a page of any kind is read, however broken', () => {
  const broken = `<link rel=alternate type=application/rss+xml href="/a"<link rel='feed' href=/b>`.repeat(
    2000,
  )
  expect(pageFeeds(broken, 'https://x.example/').named.length).toBeGreaterThan(0)
  expect(pageFeeds(`<a href="${'rss'.repeat(200_000)}">`, 'https://x.example/').linked).toEqual([])
  expect(pageFeeds('', 'https://x.example/')).toEqual({ title: '', generator: '', named: [], linked: [] })
})

test('feeds are found however deep a page nests, and a link ends where it ends', () => {
  const deep = `${'<item>'.repeat(3000)}<svg>${'<math>'.repeat(3000)}`
  const page = `${deep}<a href="/rss">Our feed</a> and more${'</item>'.repeat(9000)}<link rel="feed" href="/atom">`
  expect(pageFeeds(page, 'https://x.example/')).toMatchObject({
    named: [{ url: 'https://x.example/atom' }],
    linked: [{ url: 'https://x.example/rss', title: 'Our feed' }],
  })
})
