import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Desk, test } from '../fixtures/desk.ts'
import { countedEventsIn, recountedEventsIn, rowsIn } from '../store/fixtures/recount.ts'
import { openDatabase } from '../store/open.ts'

/** An archive of two events, of so many stories each. */
async function twoEvents(desk: Desk, first: number, second: number): Promise<void> {
  const file = join(desk.folder, 'stories.jsonl')
  const lines = Array.from({ length: first + second }, (_, i) => {
    const title = `Russia and China: ${i < first ? 'gas pipeline' : 'ferry strike'} ${i}`
    const published = new Date(Date.UTC(2025, 4, 7) + i * 97_000).toISOString()
    return JSON.stringify({ id: `${i}`, title, text: title, source: `S${i % 3}`, published })
  })
  writeFileSync(file, lines.join('\n'))
  const wirewatch = await desk.reopen({ gathering: false })
  await wirewatch.finished(wirewatch.archive.import(file).job.id)
  await wirewatch.close()
  const db = openDatabase(desk.folder)
  db.exec(`INSERT INTO story_event (docid, event, source_id) SELECT docid, iif(id <= ${first}, 1, 2), source_id FROM story;
    INSERT INTO event (id, stories, first, last) SELECT event, count(*), min(docid), max(docid) FROM story_event GROUP BY 1;
    INSERT INTO cluster_state (only, seq, gathered) VALUES (1, 0, ${first + second})`)
  const add = db.prepare(
    'INSERT INTO event_day (theme_id, day, event, source_id, stories) VALUES (?, ?, ?, ?, ?)',
  )
  for (const row of recountedEventsIn(desk.folder, 7200)) add.run(...(row as number[]))
  db.close()
  await desk.reopen()
}

const membersIn = ({ folder }: Desk): unknown[] =>
  rowsIn(folder, 'SELECT id, event FROM story JOIN story_event USING (docid) ORDER BY 1')

/** Whatever is still to be moved: the counts are those of what stands in the archive. */
function isConsistent({ folder }: Desk): void {
  expect(countedEventsIn(folder)).toEqual(recountedEventsIn(folder, 7200))
  const several = 'SELECT event, count(*) AS n FROM story_event GROUP BY 1 HAVING n > 1 ORDER BY 1'
  expect(rowsIn(folder, 'SELECT id, stories FROM event WHERE stories > 1 ORDER BY 1')).toEqual(
    rowsIn(folder, several),
  )
  expect(rowsIn(folder, 'SELECT count(*) FROM story_event')).toEqual(
    rowsIn(folder, 'SELECT count(*) FROM story'),
  )
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

test('large events are merged, split and parted again some stories at a time, whatever cuts it short', async ({
  desk,
}) => {
  const FIRST = 131
  const SECOND = 170
  await twoEvents(desk, FIRST, SECOND)
  const before = membersIn(desk)
  const merged = before.map((row) => [(row as number[])[0], 1])
  const cut = fc.array(fc.record({ after: fc.integer({ min: 0, max: 4 }), reopens: fc.boolean() }), {
    maxLength: 4,
  })

  async function interrupted(cuts: readonly { after: number; reopens: boolean }[]): Promise<void> {
    for (const { after, reopens } of cuts) {
      await turns(after)
      isConsistent(desk)
      if (reopens) await desk.reopen()
      isConsistent(desk)
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.boolean(), cut, fc.boolean(), cut, async (splits, first, isWaiting, second) => {
      const { events } = desk.wirewatch
      const { change } = splits
        ? events.split(
            2,
            Array.from({ length: SECOND - 20 }, (_, i) => FIRST + 1 + i),
          )
        : events.merge(2, 1)
      await interrupted(first)
      if (isWaiting) {
        await desk.wirewatch.eventsGathered()
        isConsistent(desk)
        if (!splits) expect(membersIn(desk)).toEqual(merged)
        else expect(new Set(membersIn(desk).map((row) => (row as number[])[1])).size).toBe(3)
      }
      // Also where it has not come to its end.
      desk.wirewatch.events.undo(change)
      await interrupted(second)
      await desk.wirewatch.eventsGathered()
      isConsistent(desk)
      expect(membersIn(desk)).toEqual(before)
      expect(rowsIn(desk.folder, 'SELECT * FROM event_unfinished')).toEqual([])
      expect(rowsIn(desk.folder, 'SELECT id FROM event WHERE moving IS NOT NULL')).toEqual([])
      expect(rowsIn(desk.folder, 'SELECT * FROM event_pin')).toEqual([])
    }),
    { numRuns: 5 },
  )
}, 600_000)

test('an event of one story more than are moved at once goes whole into another', async ({ desk }) => {
  await twoEvents(desk, 5, 51)
  desk.wirewatch.events.merge(1, 2)
  await desk.wirewatch.eventsGathered()
  expect((await desk.wirewatch.events.get({ id: 1 })).all.stories).toBe(56)
  isConsistent(desk)
})

test('while stories are moved the event says so, and no other correction of it begins', async ({ desk }) => {
  await twoEvents(desk, 300, 5)
  const { events } = desk.wirewatch
  const { event, change } = events.split(
    1,
    Array.from({ length: 200 }, (_, i) => i + 1),
  )
  const asked = [1, event, 2].map((id) => events.get({ id }))
  for (const another of [
    () => events.takeOut(250),
    () => events.putIn(305, event),
    () => events.merge(1, 2),
    () => events.split(event, [1]),
  ])
    expect(another).toThrow('still moving stories')
  expect((await Promise.all(asked)).map(({ moving }) => moving)).toEqual([150, 150, 0])
  await desk.wirewatch.eventsGathered()
  expect(await events.get({ id: 1 })).toMatchObject({ moving: 0, all: { stories: 100 } })
  expect(await events.get({ id: event })).toMatchObject({ moving: 0, all: { stories: 200 } })
  events.undo(change)
  expect(() => events.undo(change)).toThrow('already')
  await desk.wirewatch.eventsGathered()
  expect((await events.get({ id: 1 })).all.stories).toBe(300)
})

test('of merges that follow each other while stories still move, each is undone by itself', async ({
  desk,
}) => {
  await twoEvents(desk, 130, 140)
  const { events } = desk.wirewatch
  const { event: third } = events.split(
    1,
    Array.from({ length: 10 }, (_, i) => i + 1),
  )
  const before = membersIn(desk)
  const { change: intoSecond } = events.merge(2, third)
  const { change: intoFirst } = events.merge(1, 2)
  await turns(1)
  events.undo(intoFirst)
  await desk.wirewatch.eventsGathered()
  events.undo(intoSecond)
  await desk.wirewatch.eventsGathered()
  expect(membersIn(desk)).toEqual(before)
  isConsistent(desk)
})

test('an undo that is killed in the middle goes on when the archive is opened again', async ({ desk }) => {
  await twoEvents(desk, 5, 1000)
  const before = membersIn(desk)
  const { change } = desk.wirewatch.events.merge(1, 2)
  await desk.wirewatch.eventsGathered()
  await desk.wirewatch.close()
  const script = join(import.meta.dirname, '..', 'fixtures', 'crashMoving.ts')
  const child = spawn(process.execPath, [script, desk.folder, String(change)], { stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  const [remaining] = rowsIn(desk.folder, 'SELECT remaining FROM event_unfinished').flat() as number[]
  expect(remaining).toBeGreaterThan(0)
  expect(remaining).toBeLessThan(1000)
  isConsistent(desk)
  await desk.reopen()
  await desk.wirewatch.eventsGathered()
  expect(membersIn(desk)).toEqual(before)
  isConsistent(desk)
})
