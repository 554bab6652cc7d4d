/**
 * An edited theme over the archive: the preview before it is saved, and the re-tag in the background with what the page asks
 * meanwhile. `npm run bench -- retag [stories]`; baseline: the same questions with nothing going on.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import { archiveFolder, END } from './corpus.ts'

const stories = Number(process.argv[3] ?? 100_000)
const made = archiveFolder(stories)
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-retag-'))
cpSync(made, folder, { recursive: true })
try {
  const wirewatch = openWirewatch({ dataDir: folder, now: () => END, timeZone: 'UTC', log: console.error })
  console.log(`${stories.toLocaleString('en')} stories, load ${loadavg()[0]?.toFixed(1)}`)
  const whole = await busy(
    wirewatch,
    wirewatch.app.info().jobs.map(({ id }) => id),
  )
  say('all 16 themes tagged anew', whole)

  const theme = wirewatch.themes.list().themes.find(({ id }) => id === 'ukraine-war')
  if (theme === undefined) throw new Error('The pack has no theme ukraine-war.')
  const { stories: tagged, order: _, ...draft } = theme
  const edited = { ...draft, query: `(${draft.query}) OR title:(missile* OR drone*)` }
  const previews = Array.from({ length: 3 }, () => timed(() => wirewatch.themes.preview(edited)))
  const [preview] = previews[0] as [ReturnType<Wirewatch['themes']['preview']>, number]
  console.log(
    `preview: ${Math.min(...previews.map(([, ms]) => ms)).toFixed(0)} ms; ${preview.matches} matches in the newest ` +
      `${preview.looked.toLocaleString('en')} stories${preview.whole ? ' (all)' : ''}, +${preview.addedCount} −${preview.removedCount}`,
  )
  const quiet = await busy(wirewatch, [], 3000)
  const { job } = wirewatch.themes.save(edited)
  const one = await busy(wirewatch, job === null ? [] : [job.id])
  const after = wirewatch.themes.list().themes.find(({ id }) => id === theme.id)?.stories
  say(`one theme tagged anew (${tagged} → ${after} stories)`, one)
  say('the same questions with nothing going on', quiet)
  console.log(`ratio: p95 ${(one.p95 / quiet.p95).toFixed(1)} x that of a quiet engine`)
  await wirewatch.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

interface Measured {
  readonly ms: number
  readonly asked: number
  readonly p50: number
  readonly p95: number
  readonly most: number
}

/** Asks what a page asks until the jobs are done: how long each answer took from when it was wanted. */
async function busy(wirewatch: Wirewatch, jobs: readonly number[], atLeast = 0): Promise<Measured> {
  const questions = [
    () => wirewatch.dashboard.get({ kind: 'last', hours: 24 }),
    () => wirewatch.dashboard.get({ kind: 'last', hours: 24 * 7 }),
    () => wirewatch.dashboard.get({ kind: 'last', hours: 24 * 30 }),
    () => wirewatch.stories.list({ query: 'theme:sanctions', limit: 50 }),
    () => wirewatch.stories.list({ query: '@russia NEAR/10 oil', limit: 50 }),
    () => wirewatch.stories.list({ query: 'parliament OR minister*', limit: 50 }),
    () => wirewatch.stories.count({ query: 'theme:taiwan after:2026-06-01' }),
    () => wirewatch.app.info(),
    () => wirewatch.sources.list(),
  ]
  const began = performance.now()
  let running = jobs.length > 0
  const ended = Promise.all(jobs.map((id) => wirewatch.finished(id))).then(() => {
    running = false
  })
  const times: number[] = []
  for (let i = 0; running || performance.now() - began < atLeast; i++) {
    const wanted = performance.now()
    await new Promise((resolve) => setImmediate(resolve))
    questions[i % questions.length]?.()
    times.push(performance.now() - wanted)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  await ended
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0
  return { ms: performance.now() - began, asked: times.length, p50: at(0.5), p95: at(0.95), most: at(1) }
}

function say(what: string, { ms, asked, p50, p95, most }: Measured): void {
  console.log(
    `${what}: ${(ms / 1000).toFixed(1)} s; ${asked} questions, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${most.toFixed(0)} ms`,
  )
}

function timed<T>(run: () => T): [T, number] {
  const began = performance.now()
  return [run(), performance.now() - began]
}
