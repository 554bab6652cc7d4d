import { expect, test } from 'vitest'
import type { StoryRow } from '../../api/contract/stories.ts'
import { arrivals, merged, type Page } from './arrivals.ts'

const row = (id: number, published: number, title = ''): StoryRow => ({
  id,
  title,
  excerpt: '',
  url: '',
  source: { id: 1, title: '', bloc: '', kind: 'unknown', country: '' },
  lang: '',
  published,
  fetched: published,
  read: false,
  starred: false,
  copy: false,
  copies: 0,
  event: null,
  edited: false,
  themes: [],
  names: [],
})
const ids = (pages: readonly Page[]): number[][] => pages.map((p) => p.rows.map((r) => r.id))
const pages: Page[] = [
  { rows: [row(9, 90), row(8, 80)], next: 'a' },
  { rows: [row(7, 70), row(6, 60)], next: 'b' },
]

test('new stories come in at their place, and the rows that were there keep theirs', () => {
  const fresh = [row(12, 100), row(9, 90), row(11, 75), row(10, 65)]
  expect(arrivals(pages, fresh).map((r) => r.id)).toEqual([12, 11, 10])
  expect(ids(merged(pages, fresh))).toEqual([
    [12, 9, 8],
    [11, 7, 10, 6],
  ])
})

test('what lies beyond the loaded part waits for its page', () => {
  expect(arrivals(pages, [row(10, 50)])).toEqual([])
  const complete: Page[] = [{ rows: [row(9, 90)], next: null }]
  expect(ids(merged(complete, [row(10, 50)]))).toEqual([[9, 10]])
})

test('a story that changed at its source is shown as it is now', () => {
  expect(merged(pages, [row(8, 80, 'Corrected')])[0]?.rows[1]?.title).toBe('Corrected')
})

test('the first story comes into an empty list', () => {
  expect(ids(merged([{ rows: [], next: null }], [row(1, 1)]))).toEqual([[1]])
})
