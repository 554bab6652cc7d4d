/** Feeds whose items are all alike, under new ids at every poll: the work grows with the items, not with their pairs. */
import { expect, test } from 'vitest'
import { keyOf } from '../reading/drafts.ts'
import { openDatabase } from '../store/open.ts'
import type { SourceRecord } from '../store/sources.ts'
import { storyStore } from '../store/stories.ts'
import type { StoryDraft } from '../story.ts'
import { recognise } from './recognise.ts'

const NOON = Date.UTC(2025, 4, 9, 12)
const COUNT = 400

/** Items of a poll, all with one text; `published` is one second, or the fetch where they state no date. */
const items = (poll: number, published: number): StoryDraft[] =>
  Array.from({ length: COUNT }, (_, number) => ({
    identity: `id:${poll}-${number * 7919}`,
    contentHash: 'one',
    trace: 0,
    title: 'Notice',
    summary: '',
    text: 'The ferry stays in the harbour.',
    html: '',
    url: '',
    author: '',
    lang: 'en',
    published,
    publishedStated: null,
  }))

test.each([
  ['that state one second', NOON - 3_600_000, NOON - 3_600_000],
  ['that state no date', NOON - 3_600_000, NOON],
])('items %s are the stories that the source had, each read once or twice', (_, before, after) => {
  const db = openDatabase(':memory:')
  db.exec("INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0)")
  const stories = storyStore(db)
  const fetched = NOON - 3_600_000 + (before === after ? 1000 : 0)
  for (const draft of items(1, before))
    stories.insert(draft, stories.docidFor(draft.published), {
      sourceId: 1,
      fetched,
      copyOf: null,
      signature: null,
    })
  const reads = { stories: 0, rows: 0 }
  const counted: typeof stories = {
    ...stories,
    knownById(id) {
      reads.stories++
      return stories.knownById(id)
    },
    between(...range) {
      const rows = stories.between(...range)
      reads.rows += rows.length
      return rows
    },
  }
  const source = { id: 1, link: '', last_success: fetched } as SourceRecord
  const steps = recognise(counted, source, items(2, after).map(keyOf), NOON, 'document')
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  const found = [...step.value.values()]
  expect(found.map(({ is }) => is)).toEqual(Array(COUNT).fill('same'))
  expect(new Set(found.map((one) => (one.is === 'same' ? one.known.id : 0))).size).toBe(COUNT)
  expect(reads.stories).toBeLessThanOrEqual(2 * COUNT)
  expect(reads.rows).toBeLessThanOrEqual(COUNT)
  db.close()
})
