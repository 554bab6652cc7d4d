import { expect, test } from 'vitest'
import type { Connection } from './connection.ts'
import { openDatabase } from './open.ts'
import { type SettingValues, settingStore } from './settings.ts'

const NAMES = [
  'keepDays',
  'keepStories',
  'polling',
  'visitedAt',
  'timeZone',
  'hitZone',
  'builtInPack',
  'wordsRule',
  'unindexedBefore',
  'conceptsChanged',
  'unmentionedBefore',
  'hostWaits',
  'headlineLanguage',
  'archive',
  'panels',
  'annotations',
] as const

const valuesIn = (db: Connection): Record<string, unknown> => {
  const settings = settingStore(db)
  return Object.fromEntries(NAMES.map((name) => [name, settings.get(name)]))
}
const textsIn = (db: Connection): Record<string, unknown> =>
  Object.fromEntries(db.prepare<[], [string, string]>('SELECT key, value FROM setting').raw().all())

const SET: SettingValues = {
  keepDays: 30,
  keepStories: 10_000,
  polling: false,
  visitedAt: 1_746_784_800_000,
  timeZone: 'Europe/Berlin',
  hitZone: 'Europe/Berlin',
  builtInPack: 'c0ffee',
  wordsRule: 2,
  unindexedBefore: 1_746_784_800_000_000,
  conceptsChanged: false,
  unmentionedBefore: 1_746_784_800_000_001,
  headlineLanguage: 'zh',
  archive: 'a1',
  panels: { order: ['volume', 'above'], hidden: ['hits'] },
  annotations: [{ day: '2025-05-09', text: 'Victory Day' }],
  hostWaits: '[["a.example",{"until":1,"status":429}]]',
}
/** As every version has kept these values. */
const KEPT = {
  keepDays: '30',
  keepStories: '10000',
  polling: 'no',
  visitedAt: '1746784800000',
  timeZone: 'Europe/Berlin',
  hitZone: 'Europe/Berlin',
  builtInPack: 'c0ffee',
  wordsRule: '2',
  unindexedBefore: '1746784800000000',
  conceptsChanged: 'no',
  unmentionedBefore: '1746784800000001',
  headlineLanguage: 'zh',
  archive: 'a1',
  panels: '{"order":["volume","above"],"hidden":["hits"]}',
  annotations: '[{"day":"2025-05-09","text":"Victory Day"}]',
  hostWaits: '[["a.example",{"until":1,"status":429}]]',
}

test('a new data folder has the defaults: everything is kept, sources are polled', () => {
  const db = openDatabase(':memory:')
  expect(valuesIn(db)).toEqual({
    keepDays: null,
    keepStories: null,
    polling: true,
    visitedAt: null,
    timeZone: null,
    hitZone: null,
    wordsRule: null,
    unindexedBefore: null,
    conceptsChanged: true,
    unmentionedBefore: null,
    builtInPack: null,
    headlineLanguage: null,
    archive: null,
    panels: { order: [], hidden: [] },
    annotations: [],
    hostWaits: null,
  })
  db.close()
})

test('settings are kept as texts of one format, which an earlier version wrote and a later one reads', () => {
  const db = openDatabase(':memory:')
  const settings = settingStore(db)
  const put = <K extends keyof SettingValues>(name: K): void => settings.set(name, SET[name])
  for (const name of NAMES) put(name)
  expect(textsIn(db)).toEqual(KEPT)
  expect(valuesIn(db)).toEqual(SET)
  settings.set('keepDays', null)
  settings.set('polling', true)
  expect(textsIn(db)).toMatchObject({ keepDays: '0', polling: 'yes' })
  expect([settings.get('keepDays'), settings.get('polling')]).toEqual([null, true])
  db.close()
})
