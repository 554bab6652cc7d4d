/** The sample feeds (resources/sample), read whole: five languages, four formats, three encodings, broken on purpose. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StoryDraft } from '../story.ts'
import type { Feed } from './feed.ts'
import { normalise } from './read/normalise.ts'
import { readFeed } from './read/parse.ts'

interface Manifest {
  clock: string
  sources: {
    url: string
    title: string
    earlier: string
    file: string
    contentType: string
    language: string
  }[]
}

const folder = join(import.meta.dirname, '..', '..', '..', 'resources', 'sample')
const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
const now = Date.parse(manifest.clock)

function read(title: string, which: 'file' | 'earlier' = 'file') {
  const source = manifest.sources.find((one) => one.title === title)!
  const feed = readFeed(readFileSync(join(folder, source[which])), {
    contentType: source.contentType,
    base: source.url,
  })
  return { feed, ...normalise(feed, { now, feedUrl: source.url, language: source.language }) }
}

const all = manifest.sources.map(({ title }) => read(title))

test('159 items, one of them empty: 158 stories, each with a title or a text, an identity of its own and a language', () => {
  const stories = all.flatMap((one) => one.stories)
  expect(all.reduce((sum, { feed }) => sum + feed.items.length, 0)).toBe(159)
  expect(stories).toHaveLength(158)
  for (const one of all) {
    expect(new Set(one.stories.map((story) => story.identity)).size).toBe(one.stories.length)
    for (const story of one.stories) {
      expect(story.title + story.summary).not.toBe('')
      expect(story.lang).toMatch(/^(en|ru|zh|de|fr)/)
      expect(story.text).not.toBe(story.summary)
      expect(`${story.title}${story.summary}${story.text}`).not.toMatch(/\ufffd|&\w+;|<\w/)
    }
  }
})

test('each feed names itself, with nothing to repair', () => {
  expect(all.map(({ feed }) => feed.title)).toEqual([
    'Meridian Wire',
    'Harbour Post',
    'Brussels Ledger',
    'Potomac Sheet',
    'Strait Review',
    'Dnipro Line',
    'Невский листок',
    '北湾时报',
    'Le Quai',
    'Elbkurier',
  ])
  const formats: Feed['format'][] = ['rss', 'rss', 'atom', 'json', 'rdf', 'rss', 'rss', 'rss', 'atom', 'rss']
  expect(all.map(({ feed }) => feed.format)).toEqual(formats)
})

test('windows-1251 and gb18030 read as Russian and Chinese', () => {
  const russian = read('Невский листок').stories[0]!
  expect(russian.title).toBe('Салют в Петербурге увидели полмиллиона человек')
  const chinese = read('北湾时报').stories[0]!
  expect(chinese.title).toBe('多地发布高温预警 华北入夏偏早')
})

test('relative links, inline XHTML and summary beside content (Atom)', () => {
  const story = read('Brussels Ledger').stories[0]!
  expect(story.url).toBe('https://brussels-ledger.example/2025/05/09/015')
  expect(story.summary).toMatch(/^The leaders of France, .* thirty days\.$/)
  expect(story.text).toContain('Emmanuel Macron, Friedrich Merz')
  expect(story.html).toMatch(/^<p>The leaders/)
  expect(story.author).toBe('Ledger staff')
  expect(story.published).toBe(Date.parse('2025-05-09T14:15:00Z'))
})

test('an RDF feed that asks to be polled twice an hour', () => {
  expect(read('Strait Review').feed.pollMinutes).toBe(30)
})

test('Dnipro Line, broken on purpose: everything usable is read, the rest is in the warnings', () => {
  const { feed, stories, skipped } = read('Dnipro Line')
  expect(skipped).toEqual([
    `Item ${feed.items.length} of ${feed.items.length} has no title, no text and no link; it was skipped.`,
  ])
  expect(stories.map((story: StoryDraft) => story.title)).toContain(
    'Kyiv & Lviv: flowers, sirens and a tribunal',
  )
  expect(stories.filter((story) => story.url === '')).toHaveLength(1)
  expect(feed.warnings.join(' ')).toMatch(/date/)
})

test('Potomac Sheet: an item without a date counts as first seen now, a numeric id is an id', () => {
  const { stories } = read('Potomac Sheet')
  expect(stories.filter((story) => story.published === now)).toEqual([
    expect.objectContaining({ identity: 'id:7001', publishedStated: null }),
  ])
})

test('a story that changed between two visits keeps its identity and gets another content hash', () => {
  let changed = 0
  for (const { title } of manifest.sources) {
    const before = new Map(read(title, 'earlier').stories.map((story) => [story.identity, story]))
    for (const story of read(title).stories) {
      const earlier = before.get(story.identity)
      if (earlier !== undefined && earlier.contentHash !== story.contentHash) changed++
    }
  }
  expect(changed).toBe(3)
})
