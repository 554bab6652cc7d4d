import { expect, test } from 'vitest'
import type { StoryRow } from '../../api/contract/stories.ts'
import { eventLines, storyLines } from './eventLines.ts'

const row = (id: number, event: StoryRow['event'], lang = 'en', read = false): StoryRow => ({
  id,
  title: `Story ${id}`,
  excerpt: '',
  url: '',
  source: { id: 1, title: '', bloc: '', kind: 'unknown', country: '' },
  lang,
  published: id * 10,
  fetched: id * 10,
  read,
  starred: false,
  copy: false,
  copies: 0,
  event,
  edited: false,
  themes: [],
  names: [],
})
const summit = { id: 5, name: '', stories: 4, sources: 3, headline: 7 }
const alone = { id: 6, name: '', stories: 1, sources: 1, headline: null }
const none = new Map<number, readonly StoryRow[]>()

test('an event is one line, where its newest story stands, told by its most central one', () => {
  const lines = eventLines([row(9, summit, 'ru'), row(8, alone), row(7, summit)], none, 'en')
  expect(lines.map(({ row: { id }, newest, stories }) => ({ id, newest, stories }))).toEqual([
    { id: 7, newest: 90, stories: [9, 7] },
    { id: 8, newest: 80, stories: [8] },
  ])
})

test('where the most central story is not listed, the newest in the reader’s language stands for it', () => {
  const elsewhere = { ...summit, headline: 1 }
  const rows = [row(9, elsewhere, 'ru'), row(8, elsewhere, 'en-GB'), row(7, elsewhere)]
  expect(eventLines(rows, none, 'en')[0]?.row.id).toBe(8)
  expect(eventLines([row(9, elsewhere, 'ru')], none, 'en')[0]?.row.id).toBe(9)
  // A copy stands for its event only where nothing else does.
  const copied = [{ ...row(9, elsewhere), copy: true }, row(8, elsewhere)]
  expect(eventLines(copied, none, 'en')[0]?.row.id).toBe(8)
})

test('an open event is followed by its other stories, also by those the list has not come to', () => {
  const rows = [row(9, summit), row(8, alone), row(7, summit)]
  const opened = new Map([[5, [row(9, summit), row(7, summit), row(3, summit)]]])
  expect(eventLines(rows, opened, 'en').map(({ row: { id }, member }) => [id, member])).toEqual([
    [7, false],
    [9, true],
    [3, true],
    [8, false],
  ])
  // Its stories are on their way: those that are known stand for them.
  expect(eventLines(rows, new Map([[5, undefined]]), 'en').map(({ row: { id } }) => id)).toEqual([7, 9, 8])
})

test('an event is read when all of its listed stories are', () => {
  expect(eventLines([row(9, summit, 'en', true), row(7, summit)], none, 'en')[0]?.read).toBe(false)
  expect(eventLines([row(9, summit, 'en', true), row(7, summit, 'en', true)], none, 'en')[0]?.read).toBe(true)
})

test('a story without an event, or alone in it, is a line of its own; so is each where events are not asked for', () => {
  const rows = [row(9, null), row(8, alone), row(7, summit), row(6, summit)]
  expect(eventLines(rows, none, 'en')).toHaveLength(3)
  expect(storyLines(rows).map(({ row: { id } }) => id)).toEqual([9, 8, 7, 6])
})
