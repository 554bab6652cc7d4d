import { expect, test } from 'vitest'
import { parseQuery } from '../../core/query/language/parse.ts'
import { limitOf, tighter } from '../settings/limits.ts'
import { idsOf, selected, sourcesOf } from './selection.ts'
import { queryOfSource } from './sourceName.ts'
import { fillings } from './suggested.ts'
import { decodeXml } from './xmlText.ts'

let ids = 0
const source = (title: string, state: 'ok' | 'failing' | 'ended' | 'fetching', kind = 'wire') => ({
  id: ++ids,
  title,
  customTitle: '',
  url: `https://${title.toLowerCase()}.example/feed`,
  state,
  kind,
})

test('sources are found by state, kind and words of their name or address, in the order of their names', () => {
  const all = [source('Zürich', 'ok'), source('Ångström', 'failing'), source('Bern', 'ended', 'state')]
  const found = (wanted: Partial<Parameters<typeof selected>[1]>): string[] =>
    selected(all, { show: 'all', kind: '', text: '', ...wanted }).map(({ title }) => title)
  expect(found({})).toEqual(['Ångström', 'Bern', 'Zürich'])
  expect(found({ show: 'failing' })).toEqual(['Ångström', 'Bern'])
  expect(found({ show: 'nonsense' })).toHaveLength(3)
  expect(found({ kind: 'state' })).toEqual(['Bern'])
  expect(found({ text: 'zurich feed' })).toEqual(['Zürich'])
  expect(found({ text: 'example bern zurich' })).toEqual([])
  const [, { id }] = all as [unknown, { id: number }]
  expect(
    found({ ids: idsOf(new URL(sourcesOf([id]), 'https://x.example').searchParams.get('ids')) }),
  ).toEqual(['Ångström'])
})

test('the query of a source’s stories is valid for any name', () => {
  const query = (title: string): string => queryOfSource({ title, customTitle: '', url: 'https://x.example' })
  expect(query('BBC World')).toBe('source:"BBC World"')
  for (const title of [
    'The "Quai"',
    '“北湾时报”',
    'a OR b) NOT',
    '«Ведомости»: политика',
    "Sa'udi „Post“",
    '',
  ])
    expect(() => parseQuery(query(title), { use: 'search' }), title).not.toThrow()
})

test('an OPML file is read in the encoding it names', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  expect(decodeXml(bytes('<opml title="Привет"/>'))).toBe('<opml title="Привет"/>')
  const head = bytes('<?xml version="1.0" encoding="windows-1251"?><opml title="')
  const cyrillic = Uint8Array.from([...head, 0xcf, 0xf0, 0x22])
  expect(decodeXml(cyrillic)).toContain('title="Пр"')
  expect(decodeXml(Uint8Array.from([0xff, 0xfe, 0x3c, 0x00, 0x1f, 0x04]))).toBe('<П')
  expect(decodeXml(bytes('<?xml version="1.0" encoding="no-such"?><a/>'))).toContain('<a/>')
})

test('a retention limit is a whole number from 1 or nothing, and tightening it is noticed', () => {
  expect(
    ['', ' ', '365', '1 000 000', '10,000', '0', '-1', '3.5x', 'abc', '9'.repeat(20)].map(limitOf),
  ).toEqual([null, null, 365, 1_000_000, 10_000, undefined, undefined, undefined, undefined, undefined])
  expect([tighter(null, 30), tighter(60, 30), tighter(30, 60), tighter(30, null), tighter(30, 30)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('suggestions fill in what is not known, together for sources that get the same, and change nothing else', () => {
  const nothing = { bloc: '', country: '', kind: 'unknown', language: '' } as const
  const hint = { bloc: 'EU', country: 'NL', kind: 'independent', language: 'nl' } as const
  const sources = [
    { id: 1, ...nothing },
    { id: 2, ...nothing },
    { id: 3, ...nothing, bloc: 'UK', country: 'GB', language: 'en' },
    { id: 4, ...hint, language: '' },
    { id: 5, ...nothing },
    { id: 6, ...nothing },
  ]
  const found = fillings(sources, [...[1, 2, 3, 4].map((id) => ({ id, ...hint })), { id: 5, ...nothing }])
  expect(found.map(({ edit, sources: of }) => [edit, of.map(({ id }) => id)])).toEqual([
    [hint, [1, 2]],
    [{ kind: 'independent' }, [3]],
  ])
})
