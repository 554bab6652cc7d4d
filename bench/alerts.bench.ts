/**
 * Alerts in a whole refresh: `npm run bench -- alerts [rate|delay]`.
 *
 * `rate`: 1,000 stories of ten feeds against 10,000 alerts of mixed form, all that follows from them written; the same without
 * alerts, and the matcher alone on the same stories, in the same run. The hits are compared with each query evaluated by itself.
 *
 * `delay`: from the end of a fetch to the call of a webhook on loopback, with 100,000 stories that have their events and 1,000
 * alerts; as a baseline the round trip of a bare request to that webhook.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { feedAnswer } from '../src/core/fixtures/answer.ts'
import { picker, seeded } from '../src/core/fixtures/random.ts'
import { type RssItem, rssFeed } from '../src/core/fixtures/rss.ts'
import { parseQuery } from '../src/core/query/language/parse.ts'
import { createEvaluator, createMatcher } from '../src/core/query/match/matcher.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import { alertStore } from '../src/core/store/alerts.ts'
import { ARCHIVE_FILE, openDatabase } from '../src/core/store/open.ts'
import { openStores } from '../src/core/stores.ts'
import { subjectOfRecord } from '../src/core/watch/storySubject.ts'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import { archiveFolder, archiveTexts, END } from './corpus.ts'
import { mixedAlerts } from './mixedAlerts.ts'

const texts = archiveTexts()
/** Stories of each feed that come first. */
const FIRST = 4
const NO_CALL_MS = 10_000
const which = process.argv[3]
console.log(`load ${loadavg()[0]?.toFixed(1)}`)
if (which !== 'delay') await measureRate()
if (which !== 'rate') await measureDelay()

function putAlerts(folder: string, queries: readonly string[]): void {
  const db = openDatabase(folder)
  const alerts = alertStore(db)
  db.transact(() => {
    for (const [n, query] of queries.entries())
      alerts.save(
        { name: `Alert ${n}`, query, enabled: true, settings: '{}', folder: '', colour: null, note: '' },
        END,
      )
  })
  db.close()
}

function told({ taken, gathered, processor }: Record<'taken' | 'gathered' | 'processor', number>): string {
  return `${taken.toFixed(0)} ms, with events ${gathered.toFixed(0)} ms, processor ${processor.toFixed(0)} ms`
}

async function measureRate(): Promise<void> {
  const next = mixedAlerts(texts, seeded(3))
  const queries = Array.from({ length: 10_000 }, next)
  const random = seeded(5)
  const pick = picker(random)
  const feeds = Array.from({ length: 10 }, (_, feed) =>
    Array.from({ length: FIRST + 100 }, (_, n): RssItem => {
      const title = pick(texts)
      return {
        id: `${feed}-${n}`,
        title: title.slice(0, 120),
        text: `${title} ${pick(texts)}`,
        published: END - n * 60_000,
      }
    }),
  )

  const empty = rssFeed([])
  const few = feeds.map((items) => rssFeed(items.slice(0, FIRST)))
  const rest = feeds.map((items) => rssFeed(items.slice(FIRST)))

  /** A first refresh of few stories has the queries compiled and the threads started; the next one is measured. */
  async function refresh(alerts: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'wirewatch-alerts-'))
    putAlerts(folder, alerts)
    let bodies = feeds.map(() => empty)
    const wirewatch = openWirewatch({
      dataDir: folder,
      timeZone: 'UTC',
      now: () => END,
      fetch: async ({ url }) => feedAnswer(url, bodies[Number(url.slice(-1))] ?? empty),
    })
    for (let n = 0; n < 10; n++) await wirewatch.sources.add({ url: `https://${n}.example/${n}` })
    async function measured(next: typeof bodies) {
      bodies = next
      const [start, cpu] = [performance.now(), process.cpuUsage()]
      await wirewatch.finished(wirewatch.sources.refresh().id)
      const taken = performance.now() - start
      await wirewatch.eventsGathered()
      const { user, system } = process.cpuUsage(cpu)
      return { taken, gathered: performance.now() - start, processor: (user + system) / 1000 }
    }
    const first = await measured(few)
    const figures = await measured(rest)
    await wirewatch.close()
    return { folder, first, ...figures }
  }

  rmSync((await refresh([])).folder, { recursive: true })
  const bare = await refresh([])
  rmSync(bare.folder, { recursive: true })
  const full = await refresh(queries)
  const db = openDatabase(full.folder)
  const stores = openStores(db, 'UTC')
  const ids = db.prepare('SELECT id FROM story ORDER BY id').pluck().all() as number[]
  const stories = ids.map((id) => stores.stories.get(id)).filter((story) => story !== undefined)
  const context = { concepts: new Map(), timeZone: 'UTC' }
  const parsed = queries.map((query) => {
    try {
      return parseQuery(query, { use: 'alert' }).query
    } catch {
      return null
    }
  })
  const hits = db.prepare('SELECT alert_id, story_id FROM hit').raw().all() as [number, number][]
  const found = new Set(hits.map(([alert, story]) => `${alert} ${story}`))
  const matcher = createMatcher(context)
  for (const [n, query] of parsed.entries()) if (query !== null) matcher.set(String(n + 1), query)
  matcher.match(tokenise({ ...subjectOfRecord(stories[0] as never) }), END)
  const start = performance.now()
  for (const story of stories.slice(-1000)) matcher.match(tokenise(subjectOfRecord(story)), END)
  const alone = performance.now() - start
  const undecided = db.prepare("SELECT count(*) FROM hit WHERE decision ->> 'outcome' IS NULL").pluck().get()
  const notices = db.prepare('SELECT count(*) FROM notice').pluck().get()
  const added = full.processor - bare.processor
  console.log(
    `1,000 stories × ${queries.length} alerts: ${hits.length} hits, ${notices} notices, ${undecided} undecided`,
  )
  console.log(`  the matcher alone         ${alone.toFixed(0)} ms`)
  console.log(`  a refresh without alerts  ${told(bare)}`)
  console.log(`  a refresh with them       ${told(full)}`)
  console.log(
    `  what they add             ${added.toFixed(0)} ms of processor time, ${(((added - alone) / hits.length) * 1000).toFixed(0)} µs a hit beside the matcher`,
  )
  console.log(`  the first refresh, which compiles them: ${told(full.first)}`)
  let wrong = 0
  let right = 0
  const read = stories.map((story) => ({ id: story.id, story: tokenise(subjectOfRecord(story)) }))
  for (const [n, query] of parsed.entries()) {
    if (query === null || queries[n]?.includes('@')) continue
    const evaluator = createEvaluator(query, context)
    for (const { id, story } of read)
      if (evaluator.matches(story, END) === found.has(`${n + 1} ${id}`)) right++
      else wrong++
  }
  console.log(`  against each by itself: ${right.toLocaleString('en')} right, ${wrong} wrong`)
  db.close()
  rmSync(full.folder, { recursive: true })
}

async function measureDelay(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-alerts-'))
  copyFileSync(join(await gatheredFolder(100_000), ARCHIVE_FILE), join(folder, ARCHIVE_FILE))
  const next = mixedAlerts(texts, seeded(3))
  putAlerts(folder, ['pipeline', ...Array.from({ length: 999 }, next)])
  let called: () => void = () => undefined
  const server = createServer((request, response) => {
    called()
    request.resume()
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const nextCall = (): Promise<number> =>
    new Promise((resolve) => {
      called = () => resolve(performance.now())
    })

  let clock = END
  let ended = 0
  const items: RssItem[] = []
  const wirewatch = openWirewatch({
    dataDir: folder,
    timeZone: 'UTC',
    now: () => clock,
    async fetch({ url }) {
      const answer = feedAnswer(url, rssFeed(items.slice(-100), { title: 'Post' }))
      ended = performance.now()
      return answer
    },
  })
  await wirewatch.eventsGathered()
  wirewatch.deliverNotices({})
  const alert = wirewatch.alerts.list().find(({ name }) => name === 'Alert 0')
  await wirewatch.channels.add({ alert: alert?.id ?? 0, kind: 'webhook', address })
  const { id } = await wirewatch.sources.add({ url: 'https://post.example/feed' })
  const pick = picker(seeded(9))
  const delays: number[] = []
  const bare: number[] = []
  let collapsed = 0
  for (let round = 0; round < 30; round++) {
    clock += 3_600_000
    for (let n = 0; n < 20; n++)
      items.push({
        id: `${round}-${n}`,
        title: n === 7 ? `Pipeline: ${pick(texts).slice(0, 90)}` : pick(texts).slice(0, 100),
        text: pick(texts),
        published: clock,
      })
    const call = nextCall()
    await wirewatch.finished(wirewatch.sources.refresh(id).id)
    const at = await Promise.race([call, setTimeout(NO_CALL_MS, null, { ref: false })])
    if (at === null) collapsed += collapsedIn(wirewatch, alert?.id ?? 0)
    else delays.push(at - ended)
    const start = performance.now()
    const reached = nextCall()
    await fetch(address, { method: 'POST', body: '{}' })
    bare.push((await reached) - start)
  }
  await wirewatch.close()
  server.close()
  rmSync(folder, { recursive: true })
  const [first, warm] = [delays.slice(0, 1), delays.slice(1)]
  const at = (list: readonly number[], share: number): string =>
    `${([...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))] ?? 0).toFixed(1)} ms`
  console.log(
    `From the end of a fetch of 20 new stories to the call of the webhook, 100,000 stories, 1,000 alerts, ${warm.length} times (${collapsed} more were of an event that was told before):`,
  )
  console.log(
    `  median ${at(warm, 0.5)}, 9 of 10 within ${at(warm, 0.9)}, at most ${at(warm, 1)} (goal 1,000 ms); the first since the start ${at(first, 1)}`,
  )
  console.log(`  a bare request to it: median ${at(bare, 0.5)}, at most ${at(bare, 1)}`)
}

/** 1 where the newest hit of an alert is of an event that was told before. @throws Error where it should have been told */
function collapsedIn(wirewatch: Wirewatch, alert: number): 1 {
  const story = wirewatch.stories.list({ query: 'title:pipeline', limit: 1 }).rows[0]?.id ?? 0
  const { steps } = wirewatch.alerts.why({ alert, story })
  if (steps.some(({ step, passed }) => step === 'collapse' && passed === false)) return 1
  throw new Error(`No call within ${NO_CALL_MS} ms: ${JSON.stringify(steps)}`)
}

/** A copy of an archive whose stories have their events, as the engine gives them. */
async function gatheredFolder(n: number): Promise<string> {
  const from = archiveFolder(n)
  const folder = `${from}-gathered`
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  mkdirSync(making, { recursive: true })
  copyFileSync(join(from, ARCHIVE_FILE), join(making, ARCHIVE_FILE))
  const wirewatch = openWirewatch({ dataDir: making, timeZone: 'UTC', now: () => END })
  await wirewatch.eventsGathered()
  for (const { id } of wirewatch.app.info().jobs) await wirewatch.finished(id)
  await wirewatch.close()
  renameSync(making, folder)
  return folder
}
