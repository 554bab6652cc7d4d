import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Desk, test } from '../fixtures/desk.ts'
import { openDatabase } from '../store/open.ts'

const STORIES = 2700
const BLOCS = ['US', 'RU', 'CN'] as const
/** The words of a bloc's newest hundred stories; before that all write alike. */
const LATER = ['embargo', 'blockade', 'quarantine'] as const

/** An archive of one event with more stories than are counted at once. */
async function largeEvent(desk: Desk): Promise<void> {
  const file = join(desk.folder, 'stories.jsonl')
  const lines = Array.from({ length: STORIES }, (_, i) => {
    const bloc = i % BLOCS.length
    const word = i < STORIES - 300 ? 'harbour' : LATER[bloc]
    return JSON.stringify({
      id: `${i}`,
      title: `Island ${word} report ${i}`,
      text: `Island ${word} report ${i}`,
      source: `S${i % 12}`,
      lang: i < 30 ? 'de' : i % 2 === 0 ? 'en' : 'en-GB',
      published: new Date(Date.UTC(2025, 4, 7) + i * 97_000).toISOString(),
    })
  })
  writeFileSync(file, lines.join('\n'))
  const wirewatch = await desk.reopen({ gathering: false })
  await wirewatch.finished(wirewatch.archive.import(file).job.id)
  await wirewatch.close()
  const db = openDatabase(desk.folder)
  db.exec(`INSERT INTO story_event (docid, event, source_id) SELECT docid, 1, source_id FROM story;
    INSERT INTO event (id, stories, first, last) SELECT 1, count(*), min(docid), max(docid) FROM story_event;
    INSERT INTO cluster_state (only, seq, gathered) VALUES (1, 0, ${STORIES})`)
  db.close()
  const { sources } = await desk.reopen()
  for (const { id, title } of sources.list()) sources.edit([id], { bloc: BLOCS[Number(title.slice(1)) % 3] })
}

test('of an event with many stories each number opens what it counts', async ({ desk }) => {
  await largeEvent(desk)
  const { events } = desk.wirewatch
  const event = await events.get({ id: 1 })
  expect(event.all).toEqual({ stories: STORIES, query: 'event:1' })
  expect([event.sources, event.voices.length, event.byBloc.length, event.byLanguage.length]).toEqual([
    12, 12, 3, 2,
  ])
  for (const { stories } of [event, ...event.byBloc, ...event.byLanguage])
    expect(desk.count(stories.query), stories.query).toBe(stories.stories)
  for (const list of [event.byBloc, event.byLanguage])
    expect(list.reduce((sum, { stories }) => sum + stories.stories, 0)).toBe(STORIES)
  expect(event.voices.reduce((sum, { stories }) => sum + stories, 0)).toBe(STORIES)
  expect(event.days.reduce((sum, { stories }) => sum + stories, 0)).toBe(STORIES)
  expect(event.voices.map(({ published }) => published)).toEqual(
    Array.from({ length: 12 }, (_, i) => Date.UTC(2025, 4, 7) + i * 97_000),
  )
  expect((await events.list({ query: '', limit: 1 })).rows.map(({ id, stories }) => [id, stories])).toEqual([
    [1, event.all],
  ])
  const left = AbortSignal.abort(new Error('The page was left.'))
  await expect(events.get({ id: 1 }, left)).rejects.toThrow('left')
})

test('the words of a side are those of its newest stories', async ({ desk }) => {
  await largeEvent(desk)
  const { blocs } = await desk.wirewatch.events.sides({ query: 'event:1' })
  expect(blocs.map(({ bloc }) => bloc).sort()).toEqual([...BLOCS].sort())
  for (const { bloc, stories, words } of blocs) {
    expect(desk.count(stories.query)).toBe(stories.stories)
    expect(words[0]?.word).toBe(LATER[BLOCS.indexOf(bloc as (typeof BLOCS)[number])])
  }
})
