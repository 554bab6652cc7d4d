/**
 * The inbox of 2,000 alerts with 100,000 hits: `npm run bench -- inbox [alerts] [hits]`.
 * Each request of the page as the engine answers it: the slowest of some, cold and warm. Beside them what the list of all that is
 * new and the counts by alert take where the hits are read through.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HitFilter } from '../src/api/contract/inbox.ts'
import { picker, seeded } from '../src/core/fixtures/random.ts'
import { indexEntry } from '../src/core/query/fulltext/indexEntry.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import type { HitState } from '../src/core/store/hits.ts'
import { openDatabase } from '../src/core/store/open.ts'
import type { Indexed } from '../src/core/store/stories.ts'
import { openStores } from '../src/core/stores.ts'
import { openWirewatch } from '../src/core/wirewatch.ts'

const alerts = Number(process.argv[3] ?? 2000)
const hits = Number(process.argv[4] ?? 100_000)
const HITS_OF_A_STORY = 5
const STORIES_OF_AN_EVENT = 4
const FOLDERS = 40
const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 29, 12)
const ALL: HitFilter = { show: 'all', query: '' }

const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-inbox-'))
try {
  fill()
  await measure()
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}

/** An archive in which each story holds the words of the alerts that hit it. */
function fill(): void {
  const random = seeded(17)
  const pick = picker(random)
  const db = openDatabase(dataDir)
  const stores = openStores(db, 'UTC')
  const words = Array.from({ length: 4000 }, (_, i) => `word${i.toString(36)}`)
  db.transact(() => {
    for (let id = 1; id <= 20; id++)
      db.prepare('INSERT INTO source (id, url, added, bloc, last_success) VALUES (?, ?, 0, ?, 1)').run(
        id,
        `https://source${id}.example/`,
        ['EU', 'RU', 'CN', 'US'][id % 4],
      )
    for (let i = 0; i < alerts; i++)
      stores.alerts.save(
        {
          name: `Alert ${i}`,
          query: `term${i}`,
          enabled: true,
          settings: '{}',
          folder: `Folder ${i % FOLDERS}`,
          colour: null,
          note: '',
        },
        0,
      )
  })
  const stories = Math.ceil(hits / HITS_OF_A_STORY)
  for (let start = 0; start < stories; start += 1000)
    db.transact(() => {
      const entries = new Map<number, Indexed>()
      for (let n = start; n < Math.min(stories, start + 1000); n++) {
        const published = NOW - Math.floor(((stories - n) / stories) * 30 * DAY)
        const mine = [
          ...new Set(Array.from({ length: HITS_OF_A_STORY }, () => Math.floor(random() ** 2 * alerts))),
        ]
        const title = `${pick(words)} ${pick(words)} term${mine[0]} ${pick(words)}`
        const rest = Array.from({ length: 150 }, () => words[Math.floor(random() ** 3 * words.length)])
        const text = [...rest, ...mine.map((i) => `term${i}`)].join(' ')
        const docid = stores.stories.docidFor(published)
        const sourceId = 1 + (n % 20)
        const draft = {
          identity: `id:${n}`,
          contentHash: '',
          trace: 0,
          title,
          summary: '',
          text,
          url: '',
          author: '',
          lang: 'en',
          published,
          publishedStated: null,
          html: '',
        }
        const placement = { sourceId, fetched: published, copyOf: null, signature: null }
        const story = stores.stories.insert(
          draft as Parameters<typeof stores.stories.insert>[0],
          docid,
          placement,
        )
        const read = tokenise({ title, summary: '', text, published })
        entries.set(docid, { words: indexEntry(read, sourceId), again: false })
        stores.events.put(
          { docid, sourceId },
          1 + Math.floor(n / STORIES_OF_AN_EVENT),
          n % STORIES_OF_AN_EVENT,
        )
        for (const i of mine) {
          const at = published + 60_000
          stores.hits.add({ alert: i + 1, story, at, day: Math.floor(published / DAY), came: '' })
          const state = stateOf(random())
          const starred = random() < 0.02 ? 1 : 0
          if (state !== 0 || starred === 1) stores.hits.put(i + 1, [story], { state, starred, until: null })
        }
      }
      stores.stories.index(entries)
    })
  db.close()
}

function stateOf(x: number): HitState {
  if (x < 0.6) return 0
  if (x < 0.9) return 1
  return x < 0.93 ? 2 : 3
}

async function measure(): Promise<void> {
  const wirewatch = openWirewatch({ dataDir, now: () => NOW, timeZone: 'UTC', gathering: false })
  for (const { id } of wirewatch.app.info().jobs) await wirewatch.finished(id)
  const { inbox } = wirewatch
  const total = inbox.overview().hits
  console.log(`${alerts} alerts, hits: ${JSON.stringify(total)}; load ${loadavg()[0]?.toFixed(1)}\n`)
  const page = (filter: Partial<HitFilter>, grouped = true, cursor?: string) =>
    inbox.list({ ...ALL, ...filter, grouped, limit: 30, ...(cursor === undefined ? {} : { cursor }) })
  const deep = await cursorAfter(40)
  const asked: Record<string, () => unknown> = {
    'overview: alerts, counts, 14 days': () => inbox.overview(),
    'all new, by event': () => page({ show: 'new' }),
    'all new, each hit': () => page({ show: 'new' }, false),
    'all, by event': () => page({}),
    'all new, page 41': () => page({ show: 'new' }, true, deep),
    'one alert, by event': () => page({ alert: 7 }),
    'a folder of 50': () => page({ folder: 'Folder 3' }),
    starred: () => page({ show: 'starred' }),
    snoozed: () => page({ show: 'snoozed' }),
    dismissed: () => page({ show: 'dismissed' }),
    'filter: a frequent word': () => page({ query: 'word1' }),
    'filter: a rare word': () => page({ query: 'term1500' }),
    'filter: no word but a date': () => page({ query: 'within:3d' }),
    'filter in one alert': () => page({ alert: 7, query: 'word2' }),
    'one event opened': () => page({ event: 99 }, false),
    'alerts.list': () => wirewatch.alerts.list(),
    'app.info': () => wirewatch.app.info(),
  }
  console.log('request'.padEnd(36), 'cold  warm (ms, median of 5)')
  for (const [name, ask] of Object.entries(asked)) {
    const cold = await timed(ask)
    const warm: number[] = []
    for (let i = 0; i < 5; i++) warm.push(await timed(ask))
    console.log(
      name.padEnd(36),
      cold.toFixed(0).padStart(4),
      (warm.sort((a, b) => a - b)[2] as number).toFixed(1).padStart(6),
    )
  }
  const one = { hits: [{ alert: 7, stories: (await page({ alert: 7 })).groups[0]?.refs[0]?.stories ?? [] }] }
  let undo: Awaited<ReturnType<typeof inbox.mark>>['undo'] | undefined
  const acts: Record<string, () => Promise<unknown>> = {
    'mark a hit seen': async () => {
      undo = (await inbox.mark(one, { act: 'seen' })).undo
    },
    'undo it': () => inbox.undo(undo as NonNullable<typeof undo>),
    'snooze an event': async () => {
      undo = (await inbox.mark(one, { act: 'snooze', for: 'hour' })).undo
    },
    'undo that': () => inbox.undo(undo as NonNullable<typeof undo>),
    [`mark all ${total.new} new seen`]: async () => {
      undo = (await inbox.mark({ filter: { ...ALL, show: 'new' } }, { act: 'seen' })).undo
    },
    'undo all that': () => inbox.undo(undo as NonNullable<typeof undo>),
  }
  console.log('\nact'.padEnd(37), '  ms, processor, longest pause of others')
  for (const [name, run] of Object.entries(acts)) {
    const pauses = watchPauses()
    const cpu = process.cpuUsage()
    const ms = await timed(run)
    const { user, system } = process.cpuUsage(cpu)
    const figures = [ms, (user + system) / 1000, pauses()]
    console.log(name.padEnd(36), ...figures.map((figure) => figure.toFixed(0).padStart(6)))
  }
  await wirewatch.close()

  const db = openDatabase(dataDir)
  const plain = {
    'all new, sorted': db.prepare(
      'SELECT hit.*, alert.name FROM alert JOIN hit ON hit.alert_id = alert.id AND +hit.state = 0 ORDER BY hit.at DESC, story_id DESC LIMIT 30',
    ),
    'counts of each alert': db.prepare(
      'SELECT alert_id, count(*), count(*) FILTER (WHERE state = 0) FROM hit GROUP BY alert_id',
    ),
    'counts by day': db.prepare('SELECT alert_id, day, count(*) FROM hit WHERE day > 0 GROUP BY 1, 2'),
  }
  console.log('\nbaseline: the hits read through'.padEnd(37), '  ms, warm')
  for (const [name, statement] of Object.entries(plain)) {
    statement.all()
    console.log(name.padEnd(36), (await timed(() => statement.all())).toFixed(1).padStart(6))
  }
  db.close()

  async function cursorAfter(pages: number): Promise<string | undefined> {
    let cursor: string | undefined
    for (let n = 0; n < pages; n++) cursor = (await page({ show: 'new' }, true, cursor)).next ?? undefined
    return cursor
  }
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** @returns ends it, and tells the longest time in ms in which nobody else had a turn */
function watchPauses(): () => number {
  let last = performance.now()
  let longest = 0
  const look = (): void => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const timer = setInterval(look, 1)
  return () => {
    look()
    clearInterval(timer)
    return longest
  }
}
