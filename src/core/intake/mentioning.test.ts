import { expect } from 'vitest'
import { type Desk, type Item, test, URL_A, URL_B } from '../fixtures/desk.ts'
import { picker, seeded } from '../fixtures/random.ts'
import { openDatabase } from '../store/open.ts'

const WORDS = [
  'Walrus',
  'narwhal',
  'seal pups',
  'Baltic port',
  'Ice Council',
  'tide',
  'harbour',
  'no news',
  'the port of ice',
]
const NAMES = ['walrus', 'narwhal', 'arctic', 'port', 'council'] as const

const entity = (name: string, forms: string[], except: string[] = []) => ({
  name,
  label: name,
  type: name === 'port' ? ('place' as const) : ('organisation' as const),
  forms,
  except,
  asOf: '',
  notes: '',
})

/** What is known of who and what stories name, once nothing is looked for any more. */
async function known({ wirewatch }: Desk, query = '') {
  for (;;) {
    const { entities, waiting, examined } = await wirewatch.entities.list({
      query,
      limit: 60,
      unit: 'events',
    })
    if (!waiting) return { entities, examined }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Every number is that of the search it opens. */
async function expectCounted(desk: Desk, query = ''): Promise<void> {
  const { entities } = await known(desk, query)
  const listed = new Map(entities.map((one) => [one.name, one]))
  for (const { name } of desk.wirewatch.themes.concepts().filter(({ type }) => type !== 'topic')) {
    const text = `@${name} ${query}`.trim()
    const { stories, events } = await desk.wirewatch.stories.countExactly({ query: text, events: true })
    const found = listed.get(name)
    expect({ name, stories: found?.stories.stories ?? 0, events: found?.stories.events ?? 0 }).toEqual({
      name,
      stories,
      events,
    })
    for (const { stories: together } of found?.with ?? [])
      expect(together.stories).toBe(
        (await desk.wirewatch.stories.countExactly({ query: together.query, events: false })).stories,
      )
  }
}

test('whatever comes, changes and goes, stories and concepts, each entity has the stories that a search finds', async ({
  desk,
}) => {
  const random = seeded(Number(process.env.WIREWATCH_SEED ?? 5))
  const pick = picker(random)
  const some = (): string =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(WORDS)).join(' and ')
  const items = new Map<string, Item[]>([
    [URL_A, []],
    [URL_B, []],
  ])
  const publish = (): void => {
    for (const [url, list] of items)
      desk.feeds.set(
        url,
        list.map((item) => ({ ...item })),
      )
  }
  publish()
  for (const url of items.keys())
    await desk.wirewatch.sources.add({ url, kind: 'independent' }).catch(() => undefined)
  let next = 0
  const forms = (name: string): string[] => [
    pick(['walrus*', 'narwhal', '"seal pups"', 'port', '"ice council"', 'tide', 'harbour']),
    ...(name === 'arctic' ? ['@walrus'] : []),
  ]
  desk.wirewatch.themes.saveConcept(entity('walrus', ['walrus']))
  for (let round = 0; round < 25; round++) {
    const what = random()
    if (what < 0.5) {
      const list = items.get(pick([URL_A, URL_B])) as Item[]
      for (let i = 0; i < 4; i++)
        list.unshift({ id: `item ${++next}`, title: `${some()} ${next}`, text: some() })
      publish()
      await desk.refresh()
    } else if (what < 0.65) {
      const list = items.get(pick([URL_A, URL_B])) as Item[]
      if (list.length > 0) list.splice(0, 1, { ...(list[0] as Item), text: some() })
      publish()
      await desk.refresh()
    } else if (what < 0.85) {
      const name = pick(NAMES)
      desk.wirewatch.themes.saveConcept(entity(name, forms(name), random() < 0.3 ? ['"port of ice"'] : []))
    } else if (what < 0.95) {
      const free = ['narwhal', 'port', 'council'].filter((name) =>
        desk.wirewatch.themes.concepts().some((concept) => concept.name === name),
      )
      if (free.length > 0) desk.wirewatch.themes.removeConcept(pick(free))
    } else await desk.reopen()
    if (random() < 0.4) await expectCounted(desk, pick(['', '(tide OR harbour)', '@walrus']))
  }
  await desk.idle()
  await expectCounted(desk)
})

test('an archive from before mentions were kept has its stories looked through, newest first, also where that was cut short', async ({
  desk,
}) => {
  desk.feeds.set(URL_A, [
    { id: '1', title: 'Walrus seen' },
    { id: '2', title: 'A walrus and a narwhal' },
    { id: '3', title: 'Tide' },
  ])
  await desk.wirewatch.sources.add({ url: URL_A, kind: 'independent' })
  desk.wirewatch.themes.saveConcept(entity('walrus', ['walrus']))
  desk.wirewatch.themes.saveConcept(entity('narwhal', ['narwhal']))
  await expectCounted(desk)
  await desk.wirewatch.close()
  const db = openDatabase(desk.folder)
  db.exec("DELETE FROM mention; DELETE FROM entity; DELETE FROM setting WHERE key = 'conceptsChanged'")
  db.close()
  await desk.reopen()
  const { entities } = await known(desk)
  expect(entities.map(({ name, stories }) => [name, stories.stories])).toEqual([
    ['walrus', 2],
    ['narwhal', 1],
  ])
  expect(entities[0]?.with.map(({ name }) => name)).toEqual(['narwhal'])
})
