/** A server's clock or zone is mended: every date of its feed moves, and ids and links are new at every poll besides. */
import { expect, test } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { openWirewatch } from '../wirewatch.ts'

const NOON = Date.UTC(2025, 4, 9, 12)
const SITE = 'https://harbour-post.example/'
const DAY = 86_400_000
const LONG = 60_000
const WORDS = ['ferry', 'harbour', 'strike', 'water', 'bridge']

/** Stories and hits after two polls, of which the second has other dates, ids and links. */
async function polls(
  move: (published: number) => number,
): Promise<{ stories: number; hits: number | undefined }> {
  let poll = 0
  const wirewatch = openWirewatch({
    dataDir: ':memory:',
    now: () => NOON + poll * 3_600_000,
    timeZone: 'UTC',
    fetch: async ({ url }) => {
      const items = WORDS.map((word, number) => {
        const published = NOON - (number + 2) * DAY + number * 61_000
        return {
          id: `x${poll}-${number * 7919}`,
          link: `${SITE}read?token=${poll}${number * 31}x`,
          title: `About the ${word}`,
          text: `The ${word} is closed all day.`,
          published: poll === 0 ? published : move(published),
        }
      })
      return feedAnswer(url, rssFeed(items, { title: 'Harbour Post', link: SITE, language: 'en' }))
    },
  })
  try {
    wirewatch.alerts.save({ name: 'All', query: 'the', enabled: true })
    await wirewatch.sources.add({ url: `${SITE}feed` })
    poll = 1
    await wirewatch.finished(wirewatch.sources.refresh().id)
    return { stories: wirewatch.app.info().stories, hits: wirewatch.alerts.list()[0]?.hits }
  } finally {
    await wirewatch.close()
  }
}

test.each([
  ['an hour later', (published: number) => published + 3_600_000],
  ['eight hours earlier', (published: number) => published - 8 * 3_600_000],
  ['without their hours', (published: number) => Math.floor(published / DAY) * DAY],
])(
  '%s: no story and no hit comes again',
  async (_, move) => {
    expect(await polls(move)).toEqual({ stories: 5, hits: 5 })
  },
  LONG,
)

test(
  'the same notices a day later are notices of their own',
  async () => {
    expect(await polls((published) => published + DAY)).toEqual({ stories: 10, hits: 10 })
  },
  LONG,
)
