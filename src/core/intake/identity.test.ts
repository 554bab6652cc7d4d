/** Feeds by how they name their items, over several polls: as many stories as there are items, each reported once. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { type RssItem, rssFeed } from '../fixtures/rss.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'

const NOON = Date.UTC(2025, 4, 9, 12)
const SITE = 'https://harbour-post.example/'

/** An item as its author knows it. */
interface Notice {
  readonly number: number
  readonly title: string
  readonly text: string
  readonly published: number | undefined
}

interface Place {
  readonly poll: number
  /** Its place in the document, from 0, and the number of places. */
  readonly at: number
  readonly of: number
}

type Policy = (notice: Notice, place: Place) => string | undefined

const ids = {
  lasting: ({ number }) => `n-${number}`,
  none: () => undefined,
  shared: () => '0',
  'of the feed': () => SITE,
  'random at every poll': ({ number }, { poll }) => `x${poll}-${(number * 7919) % 1000}`,
  'by place': (_, { at }) => String(at + 1),
  'by place, from 0, in an address': (_, { at }) => `${SITE}feed#item-${at}`,
  'by place, from the end': (_, { at, of }) => `item-${of - at}`,
  'by the clock': (_, { poll, at }) => `${Math.floor(NOON / 1000) + poll * 3600}-${at}`,
  'a place on the front page': ({ number }) => `${SITE}#${number}`,
  'lasting but for its case': ({ number }, { poll }) => (poll % 2 ? `N-${number}` : `n-${number}`),
  'lasting but for its scheme and slash': ({ number }, { poll }) =>
    poll % 2 ? `https://a.example/n/${number}/` : `http://a.example/n/${number}`,
  'lasting but for its session': ({ number }, { poll }) =>
    `https://a.example/n/${number}?PHPSESSID=${poll}f7`,
} satisfies Record<string, Policy>

const links = {
  lasting: ({ number }) => `${SITE}notices/${number}`,
  none: () => undefined,
  'the front page': () => SITE,
  'a place on the front page': ({ number }) => `${SITE}#notice-${number}`,
  'by place': (_, { at }) => `${SITE}item?no=${at + 1}`,
  'one page': () => `${SITE}notices`,
  'a token': ({ number }, { poll }) => `${SITE}read?token=${poll}${(number * 31) % 97}x`,
  'a session': ({ number }, { poll }) => `${SITE}n/${number};jsessionid=${poll}ab`,
  'another host at every poll': ({ number }, { poll }) => `http://cdn${poll}.example/notices/${number}`,
} satisfies Record<string, Policy>

type IdPolicy = keyof typeof ids
type LinkPolicy = keyof typeof links

let poll = 0
let itemsOf: (poll: number) => RssItem[]
let wirewatch: Wirewatch
beforeAll(() => {
  wirewatch = openWirewatch({
    dataDir: ':memory:',
    now: () => NOON + poll * 3_600_000,
    timeZone: 'UTC',
    random: () => 0.5,
    fetch: async ({ url }) =>
      feedAnswer(url, rssFeed(itemsOf(poll), { title: 'Harbour Post', link: SITE, language: 'en' })),
  })
})
afterAll(() => wirewatch.close())

/** Polls of a new source with an alert for all of it; each document holds some notices in some order. */
async function polls(id: IdPolicy, link: LinkPolicy, documents: readonly (readonly Notice[])[]) {
  itemsOf = (poll) => {
    const document = documents[poll] as readonly Notice[]
    return document.map((notice, at) => {
      const place = { poll, at, of: document.length }
      const [guid, address] = [(ids[id] as Policy)(notice, place), (links[link] as Policy)(notice, place)]
      return {
        title: notice.title,
        text: notice.text,
        ...(guid === undefined ? {} : { id: guid }),
        ...(address === undefined ? {} : { link: address }),
        ...(notice.published === undefined ? {} : { published: notice.published }),
      }
    })
  }
  poll = 0
  wirewatch.alerts.save({ name: 'All', query: 'the', enabled: true })
  const source = await wirewatch.sources.add({ url: `${SITE}feed` })
  for (poll = 1; poll < documents.length; poll++)
    await wirewatch.finished(wirewatch.sources.refresh(source.id).id)
  const { rows } = wirewatch.stories.list({ query: '', limit: 200 })
  const [alert] = wirewatch.alerts.list()
  await wirewatch.sources.remove(source.id)
  wirewatch.alerts.remove(alert?.id ?? 0)
  return {
    texts: rows.map(({ title, excerpt }) => `${title}: ${excerpt}`).sort(),
    edited: rows.filter(({ edited }) => edited).length,
    hits: alert?.hits,
  }
}

const WORDS = [
  'ferry',
  'harbour',
  'strike',
  'water',
  'bridge',
  'school',
  'market',
  'museum',
  'storm',
  'election',
]

/** @param dated every notice has a date of its own; then some have one title and some no text of their own */
function notices(dated: boolean): fc.Arbitrary<Notice[]> {
  const one = fc.record({ update: fc.boolean(), dayOnly: fc.boolean() })
  return fc.array(one, { minLength: 2, maxLength: 9 }).map((list) =>
    list.map(({ update, dayOnly }, number) => {
      const word = WORDS[number] as string
      return {
        number,
        title: dated && update ? 'Update of the day' : `About the ${word}`,
        text: `The ${word} is what ${['we', 'they', 'all'][number % 3]} talk of today, ${word} and ${number} more.`,
        published: dated
          ? NOON - (number + 1) * 86_400_000 + (dayOnly ? -43_200_000 : number * 61_000)
          : undefined,
      }
    }),
  )
}

/** Documents that each hold some of the notices in any order: items leave and come back. */
const flapping = (list: readonly Notice[]): fc.Arbitrary<Notice[][]> =>
  fc.array(fc.shuffledSubarray([...list], { minLength: 1 }), { minLength: 2, maxLength: 5 })

const policies = fc.record({
  id: fc.constantFrom(...(Object.keys(ids) as IdPolicy[])),
  link: fc.constantFrom(...(Object.keys(links) as LinkPolicy[])),
})

/** Nothing but the text names an item; a document of one item then looks like the one before, edited. */
const namesNothing = (id: IdPolicy, link: LinkPolicy): boolean =>
  link === 'one page' &&
  (id === 'none' || id === 'shared' || id === 'of the feed' || id.startsWith('by place'))

/** Links that go over to other stories, with no id that tells: each is then its story, rewritten. */
const leadsToOthers = (id: IdPolicy, link: LinkPolicy): boolean =>
  link === 'by place' && !id.startsWith('lasting') && !id.startsWith('random')

test.each([true, false])('one story for each item, reported once; dated: %s', async (dated) => {
  await fc.assert(
    fc.asyncProperty(
      policies,
      notices(dated).chain((list) => flapping(list)),
      async ({ id, link }, drawn) => {
        fc.pre(!leadsToOthers(id, link))
        const documents = namesNothing(id, link) ? drawn.filter((document) => document.length > 1) : drawn
        fc.pre(documents.length > 0)
        const seen = new Set(documents.flat().map(({ title, text }) => `${title}: ${text}`))
        const kept = await polls(id, link, documents)
        expect(kept).toEqual({ texts: [...seen].sort(), edited: 0, hits: seen.size })
      },
    ),
    { numRuns: 60, endOnFailure: true },
  )
})

test('an edited title is a change of its story where the id or the link lasts', async () => {
  const named = policies.filter(
    ({ id, link }) => id === 'lasting' || link === 'lasting' || link === 'another host at every poll',
  )
  await fc.assert(
    fc.asyncProperty(named, notices(true), fc.nat(), async ({ id, link }, list, chosen) => {
      const changed = list.map((notice, at) =>
        at === chosen % list.length ? { ...notice, title: `${notice.title}, corrected` } : notice,
      )
      const kept = await polls(id, link, [list, changed, changed])
      expect(kept).toEqual({
        texts: changed.map(({ title, text }) => `${title}: ${text}`).sort(),
        edited: 1,
        hits: list.length,
      })
    }),
    { numRuns: 20, endOnFailure: true },
  )
})
