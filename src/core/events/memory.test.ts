import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDatabase } from '../store/open.ts'
import { openStores } from '../stores.ts'
import { createClusterer } from './clusters/clusterer.ts'
import { createStoryReader } from './clusters/readStory.ts'
import { frozenSetting } from './clusters/setting.ts'
import { CHANNELS } from './clusters/traits.ts'
import { createEventMemory, type Turn } from './memory.ts'

const DAY = 86_400_000
const builtIn = () => ({ hash: '', concepts: () => [] })
const words = [
  'Saltmouth',
  'harbour',
  'strike',
  'Osk',
  'ferry',
  'fire',
  '141',
  'Sweden',
  'vote',
  'Renfield',
  'storm',
]

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('take' as const),
      title: fc
        .array(fc.constantFrom(...words), { minLength: 1, maxLength: 7 })
        .map((list) => list.join(' ')),
      published: fc.integer({ min: 0, max: 20 * DAY }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), nth: fc.nat(), apart: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), a: fc.nat(), b: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('fail', 'write', 'reopen') }) },
)

test('a restart, a rollback and a state written anew at any moment change no later decision', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), (acts) => {
      const plain = createClusterer(frozenSetting())
      const read = createStoryReader([])
      const db = openDatabase(':memory:')
      const stores = openStores(db, 'UTC')
      let memory = createEventMemory(stores, builtIn)
      const events: number[] = []
      let id = 0
      for (const one of acts) {
        if (one.do === 'take') {
          const text = { title: one.title, summary: '', text: '', lang: 'en' }
          const turn: Turn = { id: ++id, text, published: one.published, event: undefined }
          const expected = plain.add({ story: id, reading: read(text), published: one.published })
          const decision = db.transact(() => {
            const sitting = memory.begin()
            const taken = sitting.take(turn)
            sitting.end(id)
            return taken
          })
          expect(decision).toEqual(expected)
          events.push(decision.event)
        } else if (one.do === 'move' && id > 0) {
          const story = 1 + (one.nth % id)
          const from = events[story - 1] as number
          const expected = plain.move(from, [story], null, one.apart)
          const moved = db.transact(() => {
            const sitting = memory.begin()
            const to = sitting.move(from, [story], null, one.apart)
            sitting.end()
            return to
          })
          expect(moved).toBe(expected)
          events[story - 1] = moved
        } else if (one.do === 'merge' && id > 0) {
          const [a, b] = [events[one.a % id], events[one.b % id]] as [number, number]
          const expected = plain.merge(a, b)
          db.transact(() => {
            const sitting = memory.begin()
            expect(sitting.merge(a, b)).toBe(expected)
            sitting.end()
          })
        } else if (one.do === 'fail')
          expect(() =>
            db.transact(() => {
              const text = { title: 'Osk fire in Renfield', summary: '', text: '', lang: 'en' }
              memory.begin().take({ id: 999, text, published: 0, event: undefined })
              throw new Error('disk full')
            }),
          ).toThrow('disk full')
        else if (one.do === 'write') for (const _ of memory.write(db.transact));
        else if (one.do === 'reopen') memory = createEventMemory(stores, builtIn)
      }
      if (acts.at(-1)?.do === 'write') expect(stores.clusters.journal(0, 1)).toEqual([])
      db.close()
    }),
    { numRuns: 12 },
  )
})

test('where what was written is damaged, events go on under numbers that none had', () => {
  const db = openDatabase(':memory:')
  const stores = openStores(db, 'UTC')
  const take = (memory: ReturnType<typeof createEventMemory>, id: number): number =>
    db.transact(() => {
      const sitting = memory.begin()
      const text = { title: `Unheard${id} tale${id} of place${id}`, summary: '', text: '', lang: 'en' }
      const { event } = sitting.take({ id, text, published: 0, event: undefined })
      db.exec(`INSERT INTO story_event (docid, event, source_id) VALUES (${id}, ${event}, 1)`)
      sitting.end(id)
      return event
    })
  const memory = createEventMemory(stores, builtIn)
  expect([take(memory, 1), take(memory, 2)]).toEqual([1, 2])
  for (const _ of memory.write(db.transact));
  db.exec('DELETE FROM cluster_member')
  expect(take(createEventMemory(stores, builtIn), 3)).toBe(3)
  expect(take(createEventMemory(stores, builtIn), 4)).toBe(4)
  db.close()
})

test.each(['written', 'in the journal'])(
  'where what is %s was read with other channels, events go on under numbers that none had',
  (where) => {
    const db = openDatabase(':memory:')
    const stores = openStores(db, 'UTC')
    const take = (id: number): number =>
      db.transact(() => {
        const sitting = createEventMemory(stores, builtIn).begin()
        const text = { title: 'Governor Osk opens Saltmouth harbour', summary: '', text: '', lang: 'en' }
        const { event } = sitting.take({ id, text, published: 0, event: undefined })
        db.exec(`INSERT INTO story_event (docid, event, source_id) VALUES (${id}, ${event}, 1)`)
        sitting.end(id)
        return event
      })
    expect(take(1)).toBe(1)
    if (where === 'written') {
      for (const _ of createEventMemory(stores, builtIn).write(db.transact));
      const bytes = stores.clusters.members(0, 1)[0]?.bytes as Uint8Array
      const traits = 12 + 'en'.length
      stores.clusters.putMember(
        1,
        Uint8Array.from([...bytes.slice(0, traits), ...withoutLast(bytes.slice(traits), 2)]),
      )
    } else {
      const reading = stores.clusters.journal(0, 1)[0]?.reading as Uint8Array
      db.prepare('UPDATE cluster_journal SET reading = ?').run(withoutLast(reading, 1))
    }
    expect(take(2)).toBe(2)
    expect(take(3)).toBe(2)
    db.close()
  },
)

/** Traits (two parts of a head) or a packed reading (one) as they were when there was one channel less, which is empty here. */
function withoutLast(bytes: Uint8Array, parts: number): Uint8Array {
  const all = [...new Uint32Array(Uint8Array.from(bytes).buffer)]
  const ends = all.slice(0, CHANNELS - 1).map((end) => end - parts)
  const lengths = parts === 2 ? all.slice(CHANNELS, 2 * CHANNELS - 1) : []
  return new Uint8Array(Uint32Array.from([...ends, ...lengths, ...all.slice(parts * CHANNELS)]).buffer)
}

test('concepts that an update changed hold from the next story on: what was read stays as it was, also after a restart', () => {
  const concept = (forms: readonly string[]) => ({
    hash: forms.join(),
    concepts: () => [{ name: 'osk', label: 'Osk', type: 'person', forms, except: [] }],
  })
  const [before, after] = [concept(['Osk']), concept(['Osk', 'Renfield', 'Saltmouth'])]
  const titles = [
    'Osk opens the Saltmouth harbour after strike of ferry crews',
    'Strike of ferry crews over: Osk opens Saltmouth harbour',
    'Renfield votes on a storm barrier',
    'Ferry crews end strike as Osk opens Saltmouth harbour',
  ]
  const db = openDatabase(':memory:')
  const stores = openStores(db, 'UTC')
  const take = (memory: ReturnType<typeof createEventMemory>, id: number): number =>
    db.transact(() => {
      const sitting = memory.begin()
      const text = { title: titles[id - 1] as string, summary: '', text: '', lang: 'en' }
      const { event } = sitting.take({ id, text, published: id * 3_600_000, event: undefined })
      sitting.end(id)
      return event
    })
  const readings = (): unknown[] =>
    stores.clusters.journal(0, 9).map(({ reading }) => [...(reading as Uint8Array)])
  const first = createEventMemory(stores, () => before)
  expect([take(first, 1), take(first, 2)]).toEqual([1, 1])
  const kept = readings()
  // The new version restarts from the journal, and then goes on.
  const updated = createEventMemory(stores, () => after)
  const event = [3, 4].map((id) => take(updated, id))
  expect(readings().slice(0, 2)).toEqual(kept)
  expect(event).toEqual([2, 1])
  // What a restart makes of it is the same: stories are not read again.
  const state = (memory: ReturnType<typeof createEventMemory>): unknown =>
    db.transact(() => memory.begin().central(1))
  expect(state(createEventMemory(stores, () => before))).toEqual(state(updated))
  db.close()
})
