import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CHANNELS, type Message } from '../alerts/notices.ts'
import { type Changes, createChanges } from '../changes.ts'
import { createPoster } from '../feeds/fetch/post.ts'
import type { Connection } from '../store/connection.ts'
import { openDatabase } from '../store/open.ts'
import { openStores, type Stores } from '../stores.ts'
import type { Channel } from './channel.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { openChannelSecrets } from './secrets.ts'

const START = Date.UTC(2026, 10, 29)
const SECOND = 1000
const DAY = 86_400_000
let db: Connection
let stores: Stores
let changes: Changes
let dispatcher: Dispatcher
let clock: number
let lines: string[]
let wakes: number

beforeEach(() => {
  db = openDatabase(':memory:')
  stores = openStores(db, 'UTC')
  db.exec(`INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0);
    INSERT INTO alert (id, name, query, created) VALUES (1, 'Ships', 'a', 0), (2, 'Ports', 'b', 0);`)
  clock = START
  lines = []
  wakes = 0
  changes = createChanges()
  changes.subscribe(({ type }) => {
    if (type === 'notices') wakes++
  })
  restart()
})
afterEach(async () => {
  await dispatcher.close()
  changes.close()
  db.close()
})

/** One that knows nothing but what is in the archive: as after a crash. */
function restart(): void {
  const log = (line: string): void => void lines.push(line)
  dispatcher = createDispatcher({
    ...stores,
    secrets: openChannelSecrets({ dataDir: ':memory:', log }),
    poster: createPoster({ now: () => clock }),
    read: () => {
      throw new Error('no channel beside the desktop')
    },
    changes,
    now: () => clock,
    log,
    reset: () => undefined,
  })
}
/** A story that an alert hits, and others before it, with their notice, as one transaction writes them. */
function hit(alertId: number, storyId: number, hits = 1): void {
  const stories = [...Array.from({ length: hits - 1 }, (_, before) => 1000 * storyId + before), storyId]
  db.transact(() => {
    for (const id of stories) {
      db.exec(`INSERT OR IGNORE INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang,
        published, fetched) VALUES (${id}, ${id}, 1, '${id}', '', 'Story ${id}', '', '', '', '', '', 0, 0)`)
      stores.hits.add({ alert: alertId, story: id, at: clock, day: 0, came: '{}' })
    }
    const rest = { event: null, trigger: 'each', priority: 3, at: clock, words: '' }
    stores.notices.add({ alertId, key: `story:${storyId}`, stories, ...rest }, CHANNELS)
  })
}
const outbox = (): unknown[] => db.prepare('SELECT notice_id FROM outbox ORDER BY 1').pluck().all()
const deliveries = (): unknown[] =>
  db.prepare('SELECT notice_id, attempt, status FROM delivery ORDER BY 1, 2').raw().all()

/** A channel whose deliveries end when the test says so. */
function channel() {
  const told: Message[] = []
  const ends: { done: () => void; fail: (reason: Error) => void }[] = []
  const desktop: Channel = {
    deliver: (message) =>
      new Promise((resolve, reject) => {
        told.push(message)
        ends.push({ done: resolve, fail: reject })
      }),
  }
  const end = async (how: 'done' | 'fail'): Promise<void> => {
    const next = ends.shift()
    if (how === 'done') next?.done()
    else next?.fail(new Error('The desktop is busy.'))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { desktop, told, end }
}
const begin = (desktop?: Channel): void => dispatcher.start({ desktop }, { isSample: false })

test('what waits is delivered at the start, once, and recorded', async () => {
  hit(1, 11)
  const { desktop, told, end } = channel()
  begin(desktop)
  expect(told).toEqual([
    { id: 1, alert: { id: 1, name: 'Ships' }, story: { id: 11, title: 'Story 11' }, more: 0, alerts: 1 },
  ])
  expect(outbox()).toEqual([1])
  dispatcher.look()
  await end('done')
  expect(told).toHaveLength(1)
  expect(outbox()).toEqual([])
  expect(deliveries()).toEqual([[1, 1, 'delivered']])
  restart()
  begin(desktop)
  expect(told).toHaveLength(1)
})

test('a commit is told of at once; what comes of an alert meanwhile is told together, afterwards', async () => {
  const { desktop, told, end } = channel()
  begin(desktop)
  hit(1, 11)
  changes.emit({ type: 'alerts', hits: 1 })
  changes.emit({
    type: 'job',
    job: { id: 1, kind: 'refresh', title: '', state: 'done', done: 0, total: 0, message: '' },
  })
  expect(told.map(({ story }) => story.id)).toEqual([11])
  hit(1, 12)
  hit(1, 13, 3)
  hit(2, 13)
  dispatcher.look()
  expect(told.map(({ alert, story }) => [alert.id, story.id])).toEqual([
    [1, 11],
    [2, 13],
  ])
  await end('done')
  expect(told.at(-1)).toMatchObject({ alert: { id: 1 }, story: { id: 13 }, more: 3 })
  await end('done')
  await end('done')
  expect(outbox()).toEqual([])
})

test('a failing channel is tried again after growing pauses, with the same id, and given up at last', async () => {
  hit(1, 11)
  const { desktop, told, end } = channel()
  begin(desktop)
  await end('fail')
  expect(deliveries()).toEqual([[1, 1, 'failed']])
  expect(dispatcher.next(clock)).toBe(clock + SECOND)
  dispatcher.look()
  expect(told).toHaveLength(1)
  clock += SECOND
  dispatcher.look()
  expect(told.map(({ id }) => id)).toEqual([1, 1])
  await end('done')
  expect(deliveries()).toEqual([
    [1, 1, 'failed'],
    [1, 2, 'delivered'],
  ])
  expect(dispatcher.next(clock)).toBeNull()

  hit(2, 12)
  dispatcher.look()
  for (let attempt = 1; attempt <= 8; attempt++) {
    await end('fail')
    clock += DAY
    dispatcher.look()
  }
  expect(deliveries().at(-1)).toEqual([2, 8, 'given-up'])
  expect(outbox()).toEqual([])
  expect(lines).toEqual(['A notice is given up after 8 attempts: The desktop is busy.'])
})

test('attempts go on being counted after a restart, and what is due then is tried at once', async () => {
  hit(1, 11)
  const first = channel()
  begin(first.desktop)
  await first.end('fail')
  clock += 5 * SECOND
  restart()
  const second = channel()
  begin(second.desktop)
  expect(second.told.map(({ id }) => id)).toEqual([1])
  await second.end('fail')
  expect(dispatcher.next(clock)).toBe(clock + 10 * SECOND)
})

test('a kill between the call and its record repeats the message with its id', () => {
  hit(1, 11)
  begin(channel().desktop)
  restart()
  const { desktop, told } = channel()
  begin(desktop)
  expect(told.map(({ id }) => id)).toEqual([1])
})

test('a channel that throws is one that fails', async () => {
  hit(1, 11)
  begin({
    deliver() {
      throw new Error('no desktop')
    },
  })
  await vi.waitFor(() => expect(deliveries()).toEqual([[1, 1, 'failed']]))
})

test('without a channel a page takes what waits; of two windows one gets it', () => {
  begin()
  expect(wakes).toBe(0)
  hit(1, 11)
  hit(1, 12)
  dispatcher.look()
  expect(wakes).toBe(1)
  const taken = dispatcher.take()
  expect(taken).toMatchObject([{ id: 2, story: { id: 12 }, more: 1 }])
  expect(dispatcher.take()).toEqual([])
  expect(outbox()).toEqual([1, 2])
  dispatcher.acknowledge([2])
  expect(outbox()).toEqual([])
  expect(deliveries()).toEqual([
    [1, 1, 'delivered'],
    [2, 1, 'delivered'],
  ])
  dispatcher.acknowledge([2, 99])
  expect(deliveries()).toHaveLength(2)
})

test('what a page took and did not acknowledge is for others half a minute later', () => {
  begin()
  hit(1, 11)
  dispatcher.look()
  dispatcher.take()
  expect(dispatcher.next(clock)).toBe(clock + 30 * SECOND)
  clock += 29 * SECOND
  expect(dispatcher.take()).toEqual([])
  clock += SECOND
  dispatcher.look()
  expect(wakes).toBe(2)
  expect(dispatcher.take().map(({ id }) => id)).toEqual([1])
  clock -= 60 * SECOND
  expect(dispatcher.take().map(({ id }) => id)).toEqual([1])
})

test('where the desktop delivers, a page gets nothing', () => {
  hit(1, 11)
  begin(channel().desktop)
  hit(2, 11)
  expect(dispatcher.take()).toEqual([])
  expect(wakes).toBe(0)
})

test('before a shell is there nothing is told, and nothing is lost', () => {
  hit(1, 11)
  dispatcher.look()
  expect([wakes, outbox()]).toEqual([0, [1]])
  begin()
  expect(wakes).toBe(1)
})

test('a hit that was seen in the inbox is not told any more', () => {
  hit(1, 11)
  hit(2, 11)
  for (const { alert, story } of [...stores.hits.list([1], 'new')])
    stores.hits.put(alert, [story], { state: 1, until: null, starred: 0 })
  const { desktop, told } = channel()
  begin(desktop)
  expect(told.map(({ alert }) => alert.id)).toEqual([2])
  expect(outbox()).toEqual([2])
})

test('an alert or a story that is gone has nothing to tell', () => {
  hit(1, 11)
  hit(2, 12)
  stores.alerts.remove(1)
  db.exec('DELETE FROM story WHERE id = 12')
  const { desktop, told } = channel()
  begin(desktop)
  expect(told).toEqual([])
  expect(outbox()).toEqual([])
})

test('what the set-up of the sample brought is no news', () => {
  hit(1, 11)
  const { desktop, told } = channel()
  dispatcher.start({ desktop }, { isSample: true })
  expect(told).toEqual([])
  hit(1, 12)
  dispatcher.look()
  expect(told.map(({ story }) => story.id)).toEqual([12])
})

test('a notice waits a week for somebody to be told, and is forgotten after a month', async () => {
  hit(1, 11)
  clock += 6 * DAY
  hit(1, 12)
  await dispatcher.tidy(new AbortController().signal)
  expect(outbox()).toEqual([1, 2])
  clock += 2 * DAY
  await dispatcher.tidy(new AbortController().signal)
  expect(outbox()).toEqual([2])
  expect(deliveries()).toEqual([[1, 1, 'given-up']])
  clock += 30 * DAY
  await dispatcher.tidy(new AbortController().signal)
  await dispatcher.tidy(new AbortController().signal)
  expect(db.prepare('SELECT count(*) FROM notice').pluck().get()).toBe(0)
  expect(deliveries()).toEqual([])
})

test('an alert has one notice about a story, ever', () => {
  hit(1, 11)
  hit(1, 11)
  expect(outbox()).toEqual([1])
})

test('closing leaves in the outbox what is being delivered', async () => {
  hit(1, 11)
  const desktop: Channel = {
    deliver: (_, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  }
  begin(desktop)
  await dispatcher.close()
  expect(outbox()).toEqual([1])
  expect(deliveries()).toEqual([])
})
