import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { conceptBook } from '../watch/conceptBook.ts'
import { createJudge } from '../watch/judgement/judge.ts'
import { type Pack, readPack, writeJson, writePack } from './pack.ts'
import { openPackFolder } from './packFolder.ts'

const folder = fileURLToPath(new URL('../../../resources/themes/great-powers-and-europe', import.meta.url))

const small: Pack = {
  format: 'wirewatch-pack',
  version: 1,
  name: 'Rivers',
  description: 'Two rivers.',
  asOf: '2026-03-28',
  groups: [{ id: 'water', name: 'Water', colour: 1, order: 0 }],
  themes: [
    {
      id: 'floods',
      name: 'Floods',
      description: '',
      group: 'water',
      query: '@rivers NEAR/8 flood*',
      threshold: 0.3,
      colour: 2,
      order: 0,
      enabled: true,
    },
  ],
  concepts: [
    {
      name: 'rivers',
      label: 'Rivers',
      type: 'topic',
      forms: ['@danube', 'Elbe', 'case:"Po"'],
      except: ['Elbe Tower'].map((form) => `"${form}"`),
      asOf: '',
      notes: '',
    },
    {
      name: 'danube',
      label: 'Danube',
      type: 'place',
      forms: ['Danube', 'Donau', 'Дуна*', '"多瑙河"'],
      except: ['"Blue Danube"'],
      asOf: '',
      notes: '',
    },
  ],
}
const changed = (change: (pack: Pack) => void): string => {
  const pack = structuredClone(small)
  change(pack)
  return JSON.stringify(pack)
}
const theme = (pack: Pack) => pack.themes[0] as Pack['themes'][number]
const concept = (pack: Pack, at = 0) => pack.concepts[at] as Pack['concepts'][number]

test('a pack written is the same pack read', () => {
  expect(readPack(writePack(small))).toEqual(small)
})

test('lists of forms fill their lines, so that a pack can be read and compared', () => {
  const pack = structuredClone(small)
  concept(pack).forms = Array.from({ length: 80 }, (_, i) => `form${i}`)
  const text = writePack(pack)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110)
  expect(text.split('\n').length).toBeLessThan(80)
  expect(readPack(text)).toEqual(pack)
})

describe('a concept takes in others', () => {
  const book = conceptBook(small.concepts)
  const matches = (title: string) =>
    createEvaluator(parseQuery('@rivers', { use: 'match' }).query, {
      concepts: book,
      timeZone: 'UTC',
    }).matches(tokenise({ title, summary: '', text: '', published: null }), 0)
  test.each(['The Danube rises', 'Дунай вышел из берегов', '多瑙河水位上涨', 'Po di Goro', 'Elbe'])(
    '%s',
    (title) => expect(matches(title)).toBe(true),
  )
  test.each(['The Blue Danube waltz', 'Elbe Tower unfinished', 'po'])('not %s', (title) =>
    expect(matches(title)).toBe(false),
  )
})

test.each<[string, string, string]>([
  ['text that is not JSON', '{', 'This file is not JSON'],
  ['another file', '{"a":1}', 'This file is not a Wirewatch pack'],
  ['a later version', changed((p) => Object.assign(p, { version: 2 })), 'version 2 of the format'],
  [
    'a field of the wrong kind',
    changed((p) => Object.assign(theme(p), { threshold: 2 })),
    'The theme “floods”, “threshold”',
  ],
  ['an unknown field', changed((p) => Object.assign(concept(p), { froms: [] })), 'The concept “rivers”'],
  [
    'a name twice',
    changed((p) => p.concepts.push(concept(p))),
    'The concept “rivers” is in this pack twice.',
  ],
  [
    'a group that is not there',
    changed((p) => Object.assign(theme(p), { group: 'air' })),
    'in the group “air”',
  ],
  [
    'a query that cannot be read',
    changed((p) => Object.assign(theme(p), { query: '(flood*' })),
    'The query of the theme “floods” cannot be read',
  ],
  ['an unknown concept in a query', changed((p) => Object.assign(theme(p), { query: '@lakes' })), 'lakes'],
  [
    'a query that a theme may not have',
    changed((p) => Object.assign(theme(p), { query: 'is:unread flood' })),
    'The query of the theme “floods”',
  ],
  [
    'a form that cannot be read',
    changed((p) => Object.assign(concept(p), { forms: ['*tion'] })),
    'The form *tion of the concept “rivers”',
  ],
  [
    'a form that is a query',
    changed((p) => Object.assign(concept(p), { forms: ['a OR b'] })),
    'The form a OR b',
  ],
  [
    'an unknown concept taken in',
    changed((p) => Object.assign(concept(p), { forms: ['@rhine'] })),
    'The concept “rivers” includes @rhine',
  ],
  ['a circle', changed((p) => concept(p, 1).forms.push('@rivers')), 'includes itself'],
  ['a day that is none', changed((p) => Object.assign(p, { asOf: 'May' })), 'The pack, “asOf”'],
])('%s is refused, and the entry named', (_what, json, message) => {
  expect(() => readPack(json)).toThrow(message)
})

describe('the pack that comes with the app', () => {
  const pack = readPack(JSON.stringify(openPackFolder(folder).pack()))

  test('is kept as writeJson writes it, a file for each theme', () => {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.json')) {
        const text = readFileSync(join(folder, file), 'utf8')
        expect(writeJson(JSON.parse(text)), file).toBe(text)
      }
    expect(readdirSync(join(folder, 'themes')).sort()).toEqual(
      pack.themes.map(({ id }) => `${id}.json`).sort(),
    )
  })

  test('is as one file the same pack', () => expect(readPack(writePack(pack))).toEqual(pack))

  test('has another hash when a word of it changes', () => {
    const copy = mkdtempSync(join(tmpdir(), 'wirewatch-pack-'))
    cpSync(folder, copy, { recursive: true })
    expect(openPackFolder(copy).hash).toBe(openPackFolder(folder).hash)
    const file = join(copy, 'concepts', 'china.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('Beijing', 'Peking'))
    expect(openPackFolder(copy).hash).not.toBe(openPackFolder(folder).hash)
    rmSync(copy, { recursive: true })
  })

  test('has the sixteen themes', () =>
    expect(pack.themes.map((t) => t.id).sort()).toEqual([
      'brics',
      'energy-trade',
      'eu-china',
      'eu-russia',
      'eu-us',
      'foreign-fighters',
      'russia-china',
      'sanctions',
      'summits',
      'taiwan',
      'tariffs',
      'tech-controls',
      'ukraine-war',
      'us-china',
      'us-russia',
      'ww2-memory',
    ]))

  test('gives the themes of a group different colours', () => {
    for (const group of pack.groups) {
      const colours = pack.themes.filter((t) => t.group === group.id).map((t) => t.colour)
      expect(new Set(colours).size, group.id).toBe(colours.length)
    }
  })

  test('holds no topic that nothing uses', () => {
    const used = new Set(
      [...pack.themes.map((t) => t.query), ...pack.concepts.flatMap((c) => c.forms)]
        .join(' ')
        .match(/@[a-z0-9-]+/g) ?? [],
    )
    const judge = createJudge()
    for (const { id } of pack.themes) for (const concept of judge.concepts(id)) used.add(`@${concept}`)
    const idle = pack.concepts.filter((c) => c.type === 'topic' && !used.has(`@${c.name}`)).map((c) => c.name)
    expect(idle).toEqual([])
  })
})

test('what the built-in pack names as an entity is one, not a list of many', () => {
  const { concepts } = openPackFolder(folder).pack()
  const entities = concepts.filter(({ type }) => type !== 'topic')
  expect(entities.length).toBeGreaterThan(60)
  // One thing with a plural in its name.
  const one = new Set(['united-states', 'us-government'])
  const many =
    /\b(?:officials|companies|leaders|forces|services|institutions|places|regions|countries|states|europe)\b/i
  const lists = entities.filter(({ name, label }) => !one.has(name) && many.test(label))
  expect(lists.map(({ label }) => label)).toEqual([])
})
