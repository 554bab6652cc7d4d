/**
 * An edited theme over the archive: the preview before it is saved, and the re-tag in the background with the page's requests
 * meanwhile. `npm run bench -- retag [stories] [all]`; `all` also re-tags all themes, as a new pack does. Baselines of the same
 * run: the same requests with nothing going on, and a plain reading of all texts. Wall time is shown beside processor time,
 * which does not grow where others use the machine too.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { themeDraft } from '../src/core/fixtures/themeDraft.ts'
import { openDatabase } from '../src/core/store/open.ts'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import { archiveFolder, END } from './corpus.ts'
import { openDashboard } from './dashboard.ts'

const stories = Number(process.argv[3] ?? 100_000)
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-retag-'))
cpSync(archiveFolder(stories), folder, { recursive: true })
try {
  console.log(`${stories.toLocaleString('en')} stories, load ${loadavg()[0]?.toFixed(1)}`)
  await withoutStaleThemes()
  const wirewatch = open()
  const quiet = await busy(wirewatch, [], 5000)
  print('requests with nothing going on', quiet)
  const reading = timed(readAll)
  console.log(`plain reading of all texts: ${seconds(reading)}`)

  const draft = themeDraft(wirewatch, 'ukraine-war')
  const change = async (name: string, query: string): Promise<void> => {
    const before = themeStories(wirewatch, draft.id)
    const { job } = wirewatch.themes.save({ ...draft, query })
    const one = await busy(wirewatch, job === null ? [] : [job.id])
    print(`${name} (${before} → ${themeStories(wirewatch, draft.id)} stories)`, one)
    console.log(
      `  ${(one.cpu / reading.cpu).toFixed(1)} x a plain reading; questions: p95 ${(one.p95 / quiet.p95).toFixed(1)} x that of a quiet engine`,
    )
  }
  const edited = `(${draft.query}) OR title:(missile* OR drone*)`
  await change('one theme, nearly all of its tags new', `${draft.query} `)
  for (let i = 0; i < 3; i++) {
    const began = [performance.now(), cpu()] as const
    const preview = await wirewatch.themes.preview({ ...draft, query: edited })
    console.log(
      `preview: ${seconds({ ms: performance.now() - began[0], cpu: cpu() - began[1] })}; ${preview.matches} matches in the newest ` +
        `${preview.examined.toLocaleString('en')} stories${preview.whole ? ' (all)' : ''}, +${preview.addedCount} −${preview.removedCount}`,
    )
  }
  await change('one theme after an edit', edited)
  if (process.argv[4] === 'all') {
    const { job } = wirewatch.themes.importPack(wirewatch.themes.exportPack().json)
    print('all 16 themes', await busy(wirewatch, job === null ? [] : [job.id]))
  }
  await wirewatch.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function open(): Wirewatch {
  return openWirewatch({ dataDir: folder, now: () => END, timeZone: 'UTC', log: console.error })
}

/** Installs the pack and marks its themes as applied: the archive of the benchmarks has tags of its own. */
async function withoutStaleThemes(): Promise<void> {
  await open().close()
  const db = openDatabase(folder)
  db.prepare('UPDATE theme SET stale = 0').run()
  db.close()
}

function readAll(): number {
  const db = openDatabase(folder)
  let length = 0
  for (const [title, summary, text] of db
    .prepare('SELECT title, summary, text FROM story')
    .raw()
    .iterate() as Iterable<[string, string, string]>)
    length += title.length + summary.length + text.length
  db.close()
  return length
}

function themeStories(wirewatch: Wirewatch, theme: string): number {
  return wirewatch.themes.list().themes.find(({ id }) => id === theme)?.stories ?? 0
}

interface Spent {
  readonly ms: number
  /** Milliseconds of processor time. */
  readonly cpu: number
}

interface Measured extends Spent {
  readonly requests: number
  readonly p50: number
  readonly p95: number
  readonly most: number
  /** The 95th percentile of processor time from request to answer: what a request takes on a free machine. */
  readonly cpu95: number
  /** The part of it before work on the request began: what the re-tag adds. */
  readonly waited95: number
  /** The two kinds of request that take longest, by the median of processor time. */
  readonly slowest: string
}

/** Sends the page's requests until the jobs are done, and measures each from the moment it was due. */
async function busy(wirewatch: Wirewatch, jobs: readonly number[], atLeast = 0): Promise<Measured> {
  const requests: Record<string, () => unknown> = {
    'dashboard of a day': () => openDashboard(wirewatch, { kind: 'last', hours: 24 }),
    'dashboard of a week': () => openDashboard(wirewatch, { kind: 'last', hours: 24 * 7 }),
    'dashboard of a month': () => openDashboard(wirewatch, { kind: 'last', hours: 24 * 30 }),
    'a theme': () => wirewatch.stories.list({ query: 'theme:sanctions', limit: 50 }),
    'a concept near a word': () => wirewatch.stories.list({ query: '@russia NEAR/10 oil', limit: 50 }),
    'an OR': () => wirewatch.stories.list({ query: 'parliament OR minister*', limit: 50 }),
    'a count': () => wirewatch.stories.count({ query: 'theme:taiwan after:2026-06-01' }),
    info: () => wirewatch.app.info(),
    sources: () => wirewatch.sources.list(),
  }
  const names = Object.keys(requests)
  const began = performance.now()
  const beganCpu = cpu()
  let running = jobs.length > 0
  const ended = Promise.all(jobs.map((id) => wirewatch.finished(id))).then(() => {
    running = false
  })
  const times: number[] = []
  const cpus: number[] = []
  const waits: number[] = []
  const byName = new Map(names.map((name): [string, number[]] => [name, []]))
  for (let i = 0; running || performance.now() - began < atLeast; i++) {
    const due = performance.now()
    const dueCpu = cpu()
    await new Promise((resolve) => setImmediate(resolve))
    const begunCpu = cpu()
    const name = names[i % names.length] as string
    await requests[name]?.()
    times.push(performance.now() - due)
    cpus.push(cpu() - dueCpu)
    waits.push(begunCpu - dueCpu)
    byName.get(name)?.push(cpu() - begunCpu)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  await ended
  return {
    ms: performance.now() - began,
    cpu: cpu() - beganCpu,
    requests: times.length,
    p50: at(times, 0.5),
    p95: at(times, 0.95),
    most: at(times, 1),
    cpu95: at(cpus, 0.95),
    waited95: at(waits, 0.95),
    slowest: [...byName]
      .map(([name, all]): [string, number] => [name, at(all, 0.5)])
      .sort(([, x], [, y]) => y - x)
      .slice(0, 2)
      .map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
      .join(', '),
  }
}

function at(times: number[], share: number): number {
  times.sort((a, b) => a - b)
  return times[Math.floor((times.length - 1) * share)] ?? 0
}

function print(
  what: string,
  { requests, p50, p95, most, cpu95, waited95, slowest, ...spent }: Measured,
): void {
  console.log(
    `${what}: ${seconds(spent)}, load ${loadavg()[0]?.toFixed(1)}; ${requests} requests, p50 ${p50.toFixed(1)} ms, ` +
      `p95 ${p95.toFixed(1)} ms (processor ${cpu95.toFixed(1)} ms, ${waited95.toFixed(1)} of them until it was begun), ` +
      `most ${most.toFixed(0)} ms; slowest by processor: ${slowest}`,
  )
}

function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function seconds({ ms, cpu }: Spent): string {
  return `${(ms / 1000).toFixed(1)} s (processor ${(cpu / 1000).toFixed(1)} s)`
}

function timed(run: () => unknown): Spent {
  const began = performance.now()
  const beganCpu = cpu()
  run()
  return { ms: performance.now() - began, cpu: cpu() - beganCpu }
}
