import { expect, test } from 'vitest'
import { blocs, starterSources, suggest } from './starter.ts'

test('the starter sources are valid, each once, and cover every bloc and kind the themes need', () => {
  const sources = starterSources()
  expect(sources.length).toBeGreaterThanOrEqual(100)
  expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length)
  const names = sources.map(({ title, language, country }) => `${title} ${language} ${country}`)
  expect(new Set(names).size).toBe(names.length)
  for (const bloc of blocs)
    expect(
      sources.some((source) => source.bloc === bloc),
      bloc,
    ).toBe(true)
  const has = (bloc: string, kind: string): boolean =>
    sources.some((source) => source.bloc === bloc && source.kind === kind)
  expect([
    has('RU', 'state'),
    has('RU', 'independent'),
    has('CN', 'state'),
    has('CN', 'independent'),
  ]).toEqual([true, true, true, true])
  expect([has('EU', 'institution'), has('EU', 'independent'), has('INT', 'institution')]).toEqual([
    true,
    true,
    true,
  ])
  for (const language of ['en', 'ru', 'zh', 'de', 'fr', 'uk'])
    expect(
      sources.some((source) => source.language === language),
      language,
    ).toBe(true)
})

test('a source in the list is suggested as it stands there', () => {
  for (const { url, bloc, country, kind, language } of starterSources())
    expect(suggest(url), url).toEqual({ bloc, country, kind, language })
})

test.each([
  // Another feed of a known site; where the site's feeds differ, only what they share.
  [
    'https://www.kommersant.ru/RSS/section-world.xml',
    { bloc: 'RU', country: 'RU', kind: 'independent', language: 'ru' },
  ],
  ['https://www.theguardian.com/uk/rss', { bloc: 'UK', country: 'GB', kind: 'independent', language: 'en' }],
  ['https://feeds.bbci.co.uk/persian/rss.xml', { bloc: 'UK', country: 'GB', kind: 'public', language: '' }],
  ['https://meduza.io/', { bloc: 'RU', country: 'LV', kind: 'independent', language: '' }],
  // A host that many outlets share says nothing about one of them.
  ['https://feeds.feedburner.com/somebody', null],
  // By the domain alone.
  ['https://zeitung.example.de/feed', { bloc: 'EU', country: 'DE', kind: 'unknown', language: '' }],
  ['https://example.co.uk/feed', { bloc: 'UK', country: 'GB', kind: 'unknown', language: '' }],
  ['https://news.example.com.tw/rss', { bloc: 'TW', country: 'TW', kind: 'unknown', language: '' }],
  ['https://example.com.hk/rss', { bloc: 'CN', country: 'HK', kind: 'unknown', language: '' }],
  ['https://mfa.gov.cn/rss', { bloc: 'CN', country: 'CN', kind: 'institution', language: '' }],
  ['https://something.europa.eu/rss', { bloc: 'EU', country: 'EU', kind: 'institution', language: 'en' }],
  ['https://treasury.gov/rss', { bloc: 'US', country: 'US', kind: 'institution', language: '' }],
  ['https://nato.int/rss', { bloc: 'INT', country: '', kind: 'institution', language: '' }],
  ['https://пример.рф/rss', { bloc: 'RU', country: 'RU', kind: 'unknown', language: '' }],
  ['https://example.co.ke/rss', { bloc: 'AF', country: 'KE', kind: 'unknown', language: '' }],
  ['https://example.ch/rss', { bloc: '', country: 'CH', kind: 'unknown', language: '' }],
  ['https://example.com/rss', null],
  ['https://example.io/rss', null],
  ['https://example.qj/rss', null],
  ['http://127.0.0.1/rss', null],
  ['http://[::1]/rss', null],
  ['http://localhost/rss', null],
  ['no address', null],
])('%s', (url, expected) => expect(suggest(url)).toEqual(expected))
