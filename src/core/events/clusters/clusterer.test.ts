import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CANDIDATES, type Clusterer, createClusterer } from './clusterer.ts'
import { createStoryReader } from './readStory.ts'
import { frozenSetting } from './setting.ts'
import { readingFrom } from './traits.ts'

const read = createStoryReader([])
const setting = frozenSetting()
const DAY = 86_400_000

interface Told {
  readonly title: string
  readonly lang?: string
  readonly published?: number | null
}

function add(clusterer: Clusterer, { title, lang = 'en', published = 0 }: Told) {
  return clusterer.add({ reading: read({ title, summary: '', text: '', lang }), published })
}

/** The event of each story after all have come. */
function events(stories: readonly Told[], restartAt = -1): number[] {
  let clusterer = createClusterer(setting)
  const goesOn = new Map<number, number>()
  const found = stories.map((story, i) => {
    if (i === restartAt) clusterer = createClusterer(setting, structuredClone(clusterer.save()))
    const { event, merged } = add(clusterer, story)
    for (const from of merged) goesOn.set(from, event)
    return event
  })
  return found.map((event) => {
    let at = event
    for (let to = goesOn.get(at); to !== undefined; to = goesOn.get(at)) at = to
    return at
  })
}

const MONKEYS = [
  'Monkeys escape from overturned truck on Mississippi highway',
  'Mississippi truck crash: escaped monkeys are not diseased, university says',
]

test('stories on one happening are one event, another is another', () => {
  const [a, b, c] = events([
    { title: MONKEYS[0] as string },
    { title: MONKEYS[1] as string, published: 3_600_000 },
    { title: 'Central bank cuts interest rates for the third time', published: 3_600_000 },
  ])
  expect(b).toBe(a)
  expect(c).not.toBe(a)
})

test('a name in all the news joins nothing', () => {
  const titles = [
    'Trump signs order on drug prices',
    'Trump to meet Japanese prime minister in Tokyo',
    'Judge blocks Trump plan to end refugee programme',
    'Trump praises golf course in Scotland',
    'Trump picks new chief of the space agency',
  ]
  expect(new Set(events(titles.map((title) => ({ title })))).size).toBe(titles.length)
})

test('a story joins by its text where it has no date, and not an event that is long over', () => {
  const [a, b] = events([{ title: MONKEYS[0] as string }, { title: MONKEYS[0] as string, published: null }])
  expect(b).toBe(a)
  const [c, d] = events([
    { title: MONKEYS[0] as string },
    { title: MONKEYS[0] as string, published: (setting.days + 1) * DAY },
  ])
  expect(d).not.toBe(c)
})

test('stories in another language are of one event by names, places and dates', () => {
  const [a, b, c] = events([
    { title: 'Rishi Sunak becomes prime minister of the United Kingdom after Liz Truss resigns' },
    { title: 'Риши Сунак стал премьер-министром Великобритании после отставки Лиз Трасс', lang: 'ru' },
    { title: 'Лула да Силва победил на выборах президента Бразилии', lang: 'ru' },
  ])
  expect(b).toBe(a)
  expect(c).not.toBe(a)
})

test('one wrong date does not end the events before it', () => {
  const [a, , c] = events([
    { title: MONKEYS[0] as string },
    { title: 'A look into the future', published: 400 * 365 * DAY },
    { title: MONKEYS[1] as string, published: 3_600_000 },
  ])
  expect(c).toBe(a)
})

test('the newest first gives events too', () => {
  const [a, b] = events([
    { title: MONKEYS[1] as string, published: 20 * DAY },
    { title: MONKEYS[0] as string, published: 19.9 * DAY },
  ])
  expect(b).toBe(a)
})

test('a copy is of the event of its original, whatever its text', () => {
  const clusterer = createClusterer(setting)
  const { event } = add(clusterer, { title: MONKEYS[0] as string })
  const copy = clusterer.add({
    reading: read({ title: 'Cranes move again', summary: '', text: '', lang: 'en' }),
    published: 0,
    event,
  })
  expect(copy).toMatchObject({ event, begins: false, logOdds: null, merged: [] })
})

const bytes = ({ buffer }: Int32Array | Uint32Array): string =>
  createHash('sha256').update(new Uint8Array(buffer)).digest('hex')

const story = fc.record({
  title: fc
    .array(
      fc.constantFrom(
        'Saltmouth',
        'harbour',
        'strike',
        'Osk',
        'ferry',
        'fire',
        '141',
        'Sweden',
        'vote',
        'Renfield',
        'storm',
      ),
      {
        minLength: 1,
        maxLength: 7,
      },
    )
    .map((list) => list.join(' ')),
  lang: fc.constantFrom('en', 'de', 'zh'),
  published: fc.option(fc.integer({ min: 0, max: 20 * DAY })),
})

test('the same stories in the same order are of the same events, also after a restart in between; each has exactly one', () => {
  fc.assert(
    fc.property(fc.array(story, { maxLength: 60 }), fc.nat(60), (stories, restartAt) => {
      const once = events(stories)
      expect(events(stories)).toEqual(once)
      expect(events(stories, restartAt)).toEqual(once)
      expect(once.length).toBe(stories.length)
      expect(once.every((event) => Number.isInteger(event) && event > 0)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('what was decided, taken in again without comparing, leaves the same state', () => {
  fc.assert(
    fc.property(fc.array(story, { maxLength: 60 }), (stories) => {
      const [once, again] = [createClusterer(setting), createClusterer(setting)]
      for (const { title, lang, published } of stories) {
        const reading = read({ title, summary: '', text: '', lang })
        const { course } = once.add({ reading, published })
        again.replay({ reading: readingFrom(reading.terms.slice(), reading.language), published }, course)
      }
      const [{ keys, holders, rarity, ...rest }, other] = [once.save(), again.save()]
      expect({ ...other, keys: 0, holders: 0, rarity: 0 }).toEqual({
        ...rest,
        keys: 0,
        holders: 0,
        rarity: 0,
      })
      expect([other.keys, other.holders, other.rarity.counts].map(bytes)).toEqual(
        [keys, holders, rarity.counts].map(bytes),
      )
    }),
    { numRuns: 10 },
  )
})

test('however many events share a term, a story is compared with few, and of an event few members are kept', () => {
  const clusterer = createClusterer(setting)
  for (let i = 0; i < 3000; i++)
    add(clusterer, { title: `Trump in Saltmouth on ${i} and other names ${i * 7}`, published: i })
  expect(clusterer.mostCandidates).toBeLessThanOrEqual(CANDIDATES)
  expect(Math.max(...clusterer.save().events.map(({ members }) => members.length))).toBeLessThanOrEqual(10)
})

test('events that are over are forgotten', () => {
  const clusterer = createClusterer(setting)
  for (let i = 0; i < 4000; i++)
    add(clusterer, { title: `Unheard${i} tale${i} of place${i}`, published: i * DAY })
  expect(clusterer.events).toBeLessThanOrEqual(2001)
})

test('no more stories are kept than there is room for, however many events are open', () => {
  const clusterer = createClusterer(setting, undefined, 50)
  for (let i = 0; i < 120; i++) {
    add(clusterer, { title: i % 3 === 0 ? (MONKEYS[0] as string) : `Unheard${i} tale${i} of place${i}` })
    const kept = clusterer.save().events.reduce((sum, { members }) => sum + members.length, 0)
    expect(clusterer.members).toBe(kept)
    // One more comes before the next is forgotten.
    expect(kept).toBeLessThanOrEqual(51)
  }
})
