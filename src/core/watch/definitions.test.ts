import { expect, test } from 'vitest'
import { tokenise } from '../query/match/tokenise.ts'
import type { ConceptRecord, ThemeRecord } from '../store/themes.ts'
import { type DefinitionRows, type Definitions, keepDefinitions, type WatchedAlert } from './definitions.ts'

const concept = (name: string, ...forms: string[]): ConceptRecord => ({
  name,
  label: name,
  type: 'topic',
  forms,
  except: [],
  asOf: '',
  notes: '',
})
const group = { id: 1, key: 'energy', kind: 'group', group_id: null, query: '', enabled: 1 } as ThemeRecord
const theme = (over: Partial<ThemeRecord> = {}): ThemeRecord =>
  ({
    id: 2,
    key: 'gas',
    kind: 'theme',
    group_id: 1,
    query: '@gas',
    threshold: 0.1,
    enabled: 1,
    ...over,
  }) as ThemeRecord
const alert = (over: Partial<WatchedAlert> = {}): WatchedAlert => ({
  id: 3,
  name: 'Pipelines',
  query: 'pipeline',
  enabled: 1,
  ...over,
})

/** A keeper of these rows; `edit` stores other rows, as the door does it. */
function keep(start: Partial<DefinitionRows> = {}) {
  let rows: DefinitionRows = {
    conceptRecords: [concept('gas', 'gas', 'LNG')],
    themes: [group, theme()],
    alerts: [alert()],
    ...start,
  }
  const lines: string[] = []
  const reads: string[] = []
  const read = <K extends keyof DefinitionRows>(kind: K): DefinitionRows[K] => {
    reads.push(kind)
    return rows[kind]
  }
  const keeper = keepDefinitions(
    {
      conceptRecords: () => read('conceptRecords'),
      themes: () => read('themes'),
      alerts: () => read('alerts'),
    },
    { timeZone: 'UTC', log: (line) => lines.push(line) },
  )
  const edit = (change: Partial<DefinitionRows>): void => {
    rows = { ...rows, ...change }
    keeper.changed(...(Object.keys(change) as (keyof DefinitionRows)[]))
  }
  return { ...keeper, edit, lines, reads }
}

/** Themes and alerts that match a story of this title. */
function matches({ percolator }: Definitions, title: string): { themes: number[]; alerts: number[] } {
  const story = tokenise({ title, summary: '', text: '', published: 0 })
  const { tags, alerts } = percolator.match(story, 0)
  return { themes: [...tags.keys()].sort(), alerts: alerts.toSorted((a, b) => a - b) }
}
const STORY = 'A pipeline for gas'

test('a disabled alert no longer matches, and matches again once it is enabled', () => {
  const { now, edit } = keep()
  expect(matches(now(), STORY).alerts).toEqual([3])
  edit({ alerts: [alert({ enabled: 0 })] })
  expect(matches(now(), STORY).alerts).toEqual([])
  edit({ alerts: [alert()] })
  expect(matches(now(), STORY).alerts).toEqual([3])
  edit({ alerts: [] })
  expect(matches(now(), STORY).alerts).toEqual([])
})

test('a disabled theme no longer tags, from the start and after an edit', () => {
  const { now, edit } = keep({ themes: [group, theme({ enabled: 0 })] })
  expect(matches(now(), STORY).themes).toEqual([])
  edit({ themes: [group, theme()] })
  expect(matches(now(), STORY).themes).toEqual([2])
  edit({ themes: [group, theme({ enabled: 0 })] })
  expect(matches(now(), STORY).themes).toEqual([])
  edit({ themes: [group, theme(), theme({ id: 7, key: 'ships', query: 'pipeline' })] })
  expect(matches(now(), STORY).themes).toEqual([2, 7])
  edit({ themes: [group] })
  expect(matches(now(), STORY).themes).toEqual([])
})

test('an alert’s old query is gone when an edit adds theme:, and when one takes it out', () => {
  const { now, edit } = keep()
  edit({ alerts: [alert({ query: 'pipeline theme:gas' })] })
  expect(matches(now(), 'A pipeline for water').alerts).toEqual([])
  expect(matches(now(), STORY).alerts).toEqual([3])
  edit({ alerts: [alert({ query: 'pipeline' })] })
  expect(matches(now(), 'A pipeline for water').alerts).toEqual([3])
  edit({ alerts: [alert({ query: 'ship theme:gas' })] })
  expect(matches(now(), STORY).alerts).toEqual([])
})

test('a theme’s edit reaches its tags: query, threshold, group', () => {
  const { now, edit } = keep({ alerts: [alert({ query: 'theme:energy' })] })
  expect(matches(now(), STORY)).toEqual({ themes: [2], alerts: [3] })
  edit({ themes: [group, theme({ group_id: null })] })
  expect(matches(now(), STORY)).toEqual({ themes: [2], alerts: [] })
  expect(now().groupOf(2)).toBeNull()
  edit({ themes: [group, theme({ threshold: 1 })] })
  expect(matches(now(), STORY)).toEqual({ themes: [], alerts: [] })
  edit({ themes: [group, theme({ query: 'coal' })] })
  expect(matches(now(), STORY).themes).toEqual([])
  expect(matches(now(), 'Coal again').themes).toEqual([2])
  expect(now().groupOf(2)).toBe(1)
})

test('a concept’s edit reaches themes, alerts and entities that name it', () => {
  const { now, edit } = keep({ alerts: [alert({ query: '@gas' })] })
  expect(matches(now(), 'An LNG terminal')).toEqual({ themes: [2], alerts: [3] })
  edit({ conceptRecords: [concept('gas', 'gas')] })
  expect(matches(now(), 'An LNG terminal')).toEqual({ themes: [], alerts: [] })
  edit({ conceptRecords: [concept('gas', 'methane')] })
  expect(matches(now(), 'A cloud of methane')).toEqual({ themes: [2], alerts: [3] })
  const story = tokenise({ title: 'Methane, methane', summary: '', text: '', published: 0 })
  expect(now().entitiesIn(story, 0)).toEqual([])
  edit({ conceptRecords: [{ ...concept('gas', 'methane'), type: 'place' }] })
  expect(now().entitiesIn(story, 0)).toEqual([{ name: 'gas', count: 2 }])
})

test('is compiled in turns: others have theirs between, and what they change is seen', async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    alert({
      id: 10 + i,
      query: `gas AND (${Array.from({ length: 60 }, (_, j) => `w${i}x${j}*`).join(' OR ')} OR pipeline)`,
    }),
  )
  const { now, edit } = keep({ alerts: many })
  let turns = 0
  let compiled = false
  const compiling = now()
    .compiled()
    .then(() => now().compiled())
    .then(() => {
      compiled = true
    })
  for (; !compiled; turns++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (turns === 0) edit({ alerts: [...many.slice(1), alert()] })
  }
  await compiling
  expect(turns).toBeGreaterThan(1)
  expect(matches(now(), STORY).alerts).toEqual([3, ...many.slice(1).map(({ id }) => id)])
  expect(matches(now(), STORY).themes).toEqual([2])
})

test('an edit leaves alone what it does not touch', () => {
  const { now, edit, reads } = keep()
  const before = now()
  const { version } = before.percolator
  expect(reads.splice(0).sort()).toEqual(['alerts', 'conceptRecords', 'themes'])
  expect(now()).toBe(before)
  expect(reads).toEqual([])

  edit({ themes: [theme({ name: 'Gas, liquid and not', stale: 1 }), group] })
  const after = now()
  expect(reads.splice(0)).toEqual(['themes'])
  expect(after.themes.map(({ id }) => id)).toEqual([2, 1])
  expect(before.themes.map(({ id }) => id)).toEqual([1, 2])
  expect(after.concepts).toBe(before.concepts)
  expect(after.percolator).toBe(before.percolator)
  expect(after.percolator.version).toBe(version)

  edit({ alerts: [alert(), alert({ id: 4, name: 'Ships', query: 'ship' })] })
  expect(now().percolator).toBe(before.percolator)
  expect(now().percolator.version).toBe(version + 1)
})

test('what cannot be read is left out and named once; when it can be read it matches', () => {
  const broken = [alert({ id: 4, name: 'gas', query: '@gone' }), alert()]
  const { now, edit, lines } = keep({ alerts: broken, themes: [group, theme({ query: 'gas (' })] })
  expect(now().broken.map(({ kind, id }) => [kind, id])).toEqual([
    ['theme', 2],
    ['alert', 4],
  ])
  expect(matches(now(), STORY)).toEqual({ themes: [], alerts: [3] })
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^gas cannot be read and is left out: ./)

  edit({ alerts: [...broken] })
  expect(now().broken).toHaveLength(2)
  expect(lines).toHaveLength(2)
  edit({ conceptRecords: [concept('gas', 'gas'), concept('gone', 'gas')] })
  expect(now().broken.map(({ kind }) => kind)).toEqual(['theme'])
  expect(matches(now(), STORY).alerts).toEqual([3, 4])
  expect(lines).toHaveLength(2)
  edit({ themes: [group, theme()] })
  expect(now().broken).toEqual([])
  expect(matches(now(), STORY).themes).toEqual([2])
})

test('an edit that makes a query unreadable takes the old one out', () => {
  const { now, edit } = keep()
  now()
  edit({ alerts: [alert({ query: '@nobody' })], themes: [group, theme({ query: '@nobody' })] })
  expect(matches(now(), STORY)).toEqual({ themes: [], alerts: [] })
})

test('concepts that contradict each other are refused for as long as they do', () => {
  const { now, edit } = keep()
  now()
  edit({ conceptRecords: [concept('gas', '@gas')] })
  expect(() => now()).toThrow('includes itself')
  expect(() => now()).toThrow('includes itself')
  edit({ conceptRecords: [concept('gas', 'gas')] })
  expect(matches(now(), STORY).themes).toEqual([2])
})

test('to list themes and concepts compiles none; the percolator compiles what it holds', () => {
  const { now, lines } = keep({
    conceptRecords: [concept('gas', 'gas'), concept('unread', '"')],
    themes: [group, theme(), theme({ id: 4, key: 'unread', query: '@unread' })],
  })
  expect(now().themes).toHaveLength(3)
  expect(now().entities('unread')).toEqual(['unread'])
  expect(now().groupOf(4)).toBe(1)
  expect(lines).toEqual([])
  expect(matches(now(), STORY)).toEqual({ themes: [2], alerts: [3] })
  expect(lines).toEqual([expect.stringContaining('unread cannot be read and is left out')])
})
