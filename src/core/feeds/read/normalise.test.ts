import { expect, test } from 'vitest'
import type { Feed, FeedItem } from '../feed.ts'
import { canonicalUrl, normalise } from './normalise.ts'

const now = Date.parse('2025-05-09T18:00:00Z')
const item = (fields: Partial<FeedItem>): FeedItem => ({
  id: '',
  title: '',
  link: '',
  published: now - 1000,
  summary: '',
  text: '',
  html: '',
  author: '',
  language: '',
  categories: [],
  ...fields,
})
const feed = (...items: Partial<FeedItem>[]): Feed => ({
  title: 'F',
  link: '',
  language: 'en',
  format: 'rss',
  pollMinutes: null,
  items: items.map(item),
  warnings: [],
})
const context = { now, feedUrl: 'https://f.example/feed', language: '' }
const identities = (...items: Partial<FeedItem>[]) =>
  normalise(feed(...items), context).stories.map((story) => story.identity)

test('identity: the guid, else the canonical link, else the content', () => {
  expect(
    identities(
      { id: 'tag:1', title: 'a', link: 'https://f.example/a' },
      { title: 'b', link: 'https://www.f.example/b/?utm_source=rss#top' },
      { title: 'c' },
    ),
  ).toEqual(['id:tag:1', 'url:https://f.example/b', expect.stringMatching(/^text:[\w-]{22}$/)])
})

test('a guid that several stories share is none', () => {
  expect(
    identities(
      { id: 'https://f.example', title: 'a', link: 'https://f.example/a' },
      { id: 'https://f.example', title: 'b', link: 'https://f.example/b' },
    ),
  ).toEqual(['url:https://f.example/a', 'url:https://f.example/b'])
})

test('a guid that is the link with an edit counter does not roll the story', () => {
  const first = identities({
    id: 'https://f.example/a#0',
    title: 'a',
    link: 'https://f.example/a?at_medium=RSS',
  })
  const second = identities({
    id: 'https://f.example/a#1',
    title: 'a',
    link: 'https://f.example/a?at_medium=RSS',
  })
  expect(second).toEqual(first)
})

test('guids made of the moment of the fetch give way to the link', () => {
  const at = (time: number) =>
    normalise(
      feed(
        { id: `${time}-1`, title: 'a', link: 'https://f.example/a' },
        { id: `${time + 1}-2`, title: 'b', link: 'https://f.example/b' },
      ),
      { ...context, now: time },
    ).stories.map((story) => story.identity)
  expect(at(now)).toEqual(at(now + 3_600_000))
})

test('stories that share a page, each at its own place on it, are stories of their own', () => {
  const page = 'http://blog.example/2017/06/26.html'
  const both = identities(
    { id: `${page}#a1`, link: `${page}#a1`, summary: 'A first thought.' },
    { id: `${page}#a2`, link: `${page}#a2`, summary: 'Another one.' },
    {
      id: 'http://blog.example/25.html#a3',
      link: 'http://blog.example/25.html#a3',
      summary: 'The day before.',
    },
  )
  expect(new Set(both).size).toBe(3)
  // One place of another page keeps its name when it is the last of its page in the feed.
  expect(both[2]).toBe('url:http://blog.example/25.html#a3')
})

test('one address for all items names none of them', () => {
  const home = 'https://f.example/'
  const both = identities({ title: 'a', link: home }, { title: 'b', link: home })
  expect(both).toEqual([expect.stringMatching(/^text:/), expect.stringMatching(/^text:/)])
  expect(both[0]).not.toBe(both[1])
})

test.each([
  ['an id and a page', 'strikes', 'https://f.example/notices'],
  ['"N/A" twice', 'N/A', 'N/A'],
  ['"0" and the front page', '0', 'https://f.example/'],
])('id and link that all items share name none of them: %s', (_, id, link) => {
  const all = ['Strike', 'Water', 'Update', 'Update', 'Update'].map((title, n) => ({
    id,
    link,
    title,
    published: now - n * 1000,
  }))
  expect(new Set(identities(...all)).size).toBe(5)
  // Most of them are enough; an item with a name of its own keeps it.
  expect(identities({ id: 'mine', link: 'https://f.example/mine', title: 'Mine' }, ...all)[0]).toBe('id:mine')
})

test('dates that are the moment of the fetch for all items are none', () => {
  const { stories } = normalise(
    feed(...['a', 'b', 'c'].map((title) => ({ title, published: now - 2000 }))),
    context,
  )
  expect(stories.map(({ published }) => published)).toEqual([now, now, now])
})

test('a date that is missing is now; one in the future is now, and kept', () => {
  const { stories } = normalise(
    feed({ title: 'a', published: null }, { title: 'b', published: now + 5000 }),
    context,
  )
  expect(stories.map(({ published, publishedStated }) => [published, publishedStated])).toEqual([
    [now, null],
    [now, now + 5000],
  ])
})

test('one story twice in a feed is one story: the newest form, with a note', () => {
  const { stories, skipped } = normalise(
    feed(
      { id: '1', title: 'Old', published: now - 5000 },
      { id: '2', title: 'Other' },
      { id: '1', title: 'Old', summary: 'new' },
    ),
    context,
  )
  expect(stories.map(({ title, summary }) => title + summary)).toEqual(['Oldnew', 'Other'])
  expect(skipped).toEqual(['Item 3 of 3 ("Old") is the same story as item 1; they were merged.'])
})

test('an item with nothing to show is skipped, with a note', () => {
  const { stories, skipped } = normalise(
    feed({ id: 'x', link: 'mailto:a@b' }, { link: 'https://f.example/only' }),
    context,
  )
  expect(stories).toHaveLength(1)
  expect(skipped).toEqual(['Item 1 of 2 has no title, no text and no link; it was skipped.'])
})

test('the text does not repeat the summary; the hash changes with any of the three', () => {
  const hashes = [
    { title: 'a', summary: 's', text: 's' },
    { title: 'a', summary: 's' },
    { title: 'a', summary: 's', text: 't' },
    { title: 'as' },
  ].map((fields) => normalise(feed(fields), context).stories[0]!)
  expect(hashes[0]!.text).toBe('')
  expect(hashes[0]!.contentHash).toBe(hashes[1]!.contentHash)
  expect(new Set(hashes.map((story) => story.contentHash)).size).toBe(3)
})

test('the language: declared by the item, the feed, the source; else what the text is in', () => {
  const lang = (fields: Partial<FeedItem>, language: string, source: string) =>
    normalise({ ...feed(fields), language }, { ...context, language: source }).stories[0]!.lang
  expect(lang({ title: 'a', language: 'fr' }, 'en', 'de')).toBe('fr')
  expect(lang({ title: 'a' }, 'en', 'de')).toBe('en')
  expect(lang({ title: 'a' }, '', 'DE')).toBe('de')
  expect(
    lang({ title: 'Совет министров утвердил новый порядок торговли с соседними странами' }, '', ''),
  ).toBe('ru')
  expect(lang({ title: 'Ok' }, '', '')).toBe('')
})

test('only http addresses can be opened', () => {
  const { stories } = normalise(
    feed({ title: 'a', link: 'tag:x,2025:1' }, { title: 'b', link: 'ftp://x/y' }),
    context,
  )
  expect(stories.map((story) => story.url)).toEqual(['', ''])
})

test.each([
  ['http://www.f.example/a/', 'https://f.example/a'],
  ['https://m.f.example/a?b=2&a=1&fbclid=x&UTM_Medium=y#c', 'https://f.example/a?a=1&b=2'],
  ['https://f.example/amp/a', 'https://f.example/a'],
  ['https://f.example/a/amp/', 'https://f.example/a'],
  ['https://f.example/a.amp.html?outputType=amp', 'https://f.example/a.html'],
  ['https://f-example.cdn.ampproject.org/c/s/f.example/a', 'https://f.example/a'],
  ['https://www.google.com/amp/s/f.example/a', 'https://f.example/a'],
  [
    'https://www.google.com/url?rct=j&sa=t&url=https://f.example/a%3Fid%3D1&ct=ga&cd=x&usg=y',
    'https://f.example/a?id=1',
  ],
  ['https://f.example/#!/story/1', 'https://f.example#!/story/1'],
  ['https://F.example:8443//a//b?x', 'https://f.example:8443/a/b?x='],
  ['https://f.example/a?ref=main', 'https://f.example/a?ref=main'],
  ['https://f.example/a?ref=rss', 'https://f.example/a'],
  ['https://m.com/a', 'https://m.com/a'],
  ['https://f.example/n/1;jsessionid=A1B2?PHPSESSID=x&a=1', 'https://f.example/n/1?a=1'],
  ['mailto:a@b', ''],
  ['nonsense', ''],
])('canonical: %s', (url, expected) => {
  expect(canonicalUrl(url)).toBe(expected)
  if (expected !== '') expect(canonicalUrl(expected)).toBe(expected)
})
