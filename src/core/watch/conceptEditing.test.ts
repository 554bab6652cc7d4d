import { afterEach, beforeEach, expect, test } from 'vitest'
import { feedAnswer } from '../fixtures/answer.ts'
import { rssFeed } from '../fixtures/rss.ts'
import { openDatabase } from '../store/open.ts'
import { openStores } from '../stores.ts'
import { installPack } from '../themes/install.ts'
import type { Pack } from '../themes/pack.ts'
import { openWirewatch, type Wirewatch } from '../wirewatch.ts'

const FEED = 'https://harbour.example/feed'
const TITLES = ['Walrus seen in harbour', 'Narwhal washed ashore', 'Seal pups counted']
let wirewatch: Wirewatch

beforeEach(async () => {
  const items = TITLES.map((title, i) => ({ id: `${i}`, title }))
  const body = rssFeed(items, { title: 'Harbour' })
  wirewatch = openWirewatch({
    dataDir: ':memory:',
    now: () => Date.UTC(2025, 4, 5, 12),
    timeZone: 'UTC',
    fetch: async ({ url }) => feedAnswer(url, body),
  })
  await wirewatch.sources.add({ url: FEED, kind: 'independent' })
})
afterEach(() => wirewatch.close())

const concept = (label: string, forms: string[], name?: string) =>
  wirewatch.themes.saveConcept({
    label,
    type: 'topic',
    forms,
    except: [],
    asOf: '',
    notes: '',
    ...(name && { name }),
  })
const theme = (name: string, query: string, group = 'conflict') =>
  wirewatch.themes.save({ name, description: '', group, query, threshold: 0, colour: 1, enabled: true })
const titles = (query: string): string[] =>
  wirewatch.stories
    .list({ query, limit: 10 })
    .rows.map(({ title }) => title)
    .sort()
const done = async (job: { id: number } | null): Promise<void> => {
  if (job !== null) await wirewatch.finished(job.id)
}

test('a changed concept re-tags the archive with the themes that reach it, also through another concept', async () => {
  const tusked = concept('Tusked ones', ['walrus*']).concept
  expect(tusked.name).toBe('tusked-ones')
  concept('Arctic beasts', ['@tusked-ones', 'seal*'])
  const beasts = theme('Beasts', '@arctic-beasts')
  await done(beasts.job)
  expect(titles(`theme:${beasts.theme.id}`)).toEqual(['Seal pups counted', 'Walrus seen in harbour'])

  const { job } = concept('Tusked ones', [' narwhal* ', '', 'narwhal*'], 'tusked-ones')
  await done(job)
  expect(wirewatch.themes.concepts().find(({ name }) => name === 'tusked-ones')?.forms).toEqual(['narwhal*'])
  expect(titles(`theme:${beasts.theme.id}`)).toEqual(['Narwhal washed ashore', 'Seal pups counted'])
  expect(titles('@tusked-ones')).toEqual(['Narwhal washed ashore'])
})

test('a theme that names it as an entity follows too, and one that does not is left alone', async () => {
  wirewatch.themes.saveConcept({
    label: 'Wally',
    type: 'person',
    forms: ['walrus*'],
    except: [],
    asOf: '',
    notes: '',
  })
  const named = theme('Wally', 'entity:wally')
  await done(named.job)
  expect(titles(`theme:${named.theme.id}`)).toEqual(['Walrus seen in harbour'])
  await done(concept('Wally', ['seal*'], 'wally').job)
  expect(titles(`theme:${named.theme.id}`)).toEqual(['Seal pups counted'])
  expect(concept('Unused', ['gull*']).job).toBeNull()
})

test('a concept that themes are judged by is one that they use', async () => {
  await done(theme('Walruses', 'walrus').job)
  const users = (name: string): string[] => wirewatch.themes.conceptUse(name).themes.map(({ id }) => id)
  expect(users('pastime')).toContain('walruses')
  expect(users('pastime')).toContain('summits')
  expect(users('taiwan-sport')).toEqual(['taiwan'])
  expect(() => wirewatch.themes.removeConcept('taiwan-sport')).toThrow('is still used by the theme “Taiwan”')
  const { job } = concept('Sport', ['walrus*'], 'taiwan-sport')
  expect(job?.title).toBe('Re-tagging Taiwan')
  await done(job)
})

test('what is wrong with a concept is said, and nothing is kept', () => {
  concept('One', ['walrus'])
  concept('Two', ['@one'])
  expect(() => concept('One', ['@two'], 'one')).toThrow('includes itself')
  expect(() => concept('One', ['*rus'], 'one')).toThrow('The form *rus of the concept “one” cannot be read')
  expect(() => concept('One', ['@nobody'], 'one')).toThrow('@nobody')
  expect(() => concept('One', [' '], 'one')).toThrow('“One” has no form')
  expect(() => concept(' ', ['x'])).toThrow('no label')
  expect(wirewatch.themes.concepts().find(({ name }) => name === 'one')?.forms).toEqual(['walrus'])
})

test('a concept goes only when nothing uses it, and comes back as it was', async () => {
  const { concept: one } = concept('One', ['walrus'])
  concept('Two', ['@one'])
  await done(theme('Ones', '@one OR seal').job)
  wirewatch.alerts.save({ name: 'Any one', query: '@one', enabled: true })
  expect(wirewatch.themes.conceptUse('one')).toMatchObject({
    themes: [{ name: 'Ones' }],
    concepts: [{ name: 'two' }],
    alerts: [{ name: 'Any one' }],
    searches: [],
  })
  expect(() => wirewatch.themes.removeConcept('one')).toThrow(
    '“One” is still used by the theme “Ones”, the concept “Two” and the alert “Any one”: take @one out there first.',
  )
  wirewatch.themes.removeConcept('two')
  expect(wirewatch.themes.concepts().map(({ name }) => name)).not.toContain('two')
  expect(() => wirewatch.themes.removeConcept('two')).toThrow('There is no concept “two”')
  concept('Two', ['@one'], 'two')
  expect(titles('@two')).toEqual(['Walrus seen in harbour'])
  expect(one.label).toBe('One')
})

test('a theme can be put into a group of its own, which other themes can join', async () => {
  const theme = (name: string, group: string, newGroup?: string) =>
    wirewatch.themes.save({
      name,
      description: '',
      group,
      ...(newGroup !== undefined && { newGroup }),
      query: 'walrus',
      threshold: 0,
      colour: 1,
      enabled: true,
    })
  const { theme: made, job } = theme('Walruses', 'conflict', ' Arctic  ')
  await done(job)
  expect(wirewatch.themes.list().groups.at(-1)).toMatchObject({ id: made.group, name: 'Arctic' })
  expect(theme('More walruses', 'conflict', 'arctic').theme.group).toBe(made.group)
  expect(titles(`theme:${made.group}`)).toEqual(['Walrus seen in harbour'])
})

test('the next version of the built-in pack leaves concepts that a person changed or removed', () => {
  const db = openDatabase(':memory:')
  const parts = openStores(db, 'UTC')
  const pack = (form: string): Pack => ({
    format: 'wirewatch-pack',
    version: 1,
    name: 'P',
    description: '',
    asOf: '',
    groups: [],
    themes: [],
    concepts: ['mine', 'gone', 'theirs'].map((name) => ({
      name,
      label: name,
      type: 'topic',
      forms: [form],
      except: [],
      asOf: '',
      notes: '',
    })),
  })
  installPack(parts, pack('old'), { byPerson: false })
  parts.themes.putConcept(
    { name: 'mine', label: 'mine', type: 'topic', forms: ['own'], except: [], asOf: '', notes: '' },
    { edited: true },
  )
  parts.themes.removeConcept('gone', 1)
  installPack(parts, pack('new'), { byPerson: false })
  const kept = (): unknown => parts.themes.concepts().map(({ name, forms }) => [name, ...forms])
  expect(kept()).toEqual([
    ['mine', 'own'],
    ['theirs', 'new'],
  ])
  installPack(parts, pack('chosen'), { byPerson: true })
  expect(kept()).toEqual([
    ['gone', 'chosen'],
    ['mine', 'chosen'],
    ['theirs', 'chosen'],
  ])
  db.close()
})
