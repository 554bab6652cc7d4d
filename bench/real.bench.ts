/**
 * Real input through the whole path: the feeds of ../shared/feeds/rss-parser and netnewswire over loopback HTTP, added as
 * sources and refreshed; then ../shared/archive imported. Prints the stories, the failures and why, times and sizes, and how
 * fast the dashboard and searches are on the result. `npm run bench -- real [keep]` leaves the data folder in place.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasSharedArchive, SHARED_ARCHIVE, sharedLines } from '../src/core/fixtures/sharedArchive.ts'
import { openWirewatch, type Wirewatch } from '../src/core/wirewatch.ts'
import { openDashboard } from './dashboard.ts'

const SHARED = join(import.meta.dirname, '../../shared')
const FEEDS = join(SHARED, 'feeds')
if (!existsSync(FEEDS) || !hasSharedArchive)
  throw new Error(`This benchmark needs ${FEEDS} and ${SHARED_ARCHIVE}.`)

const folder = mkdtempSync(join(tmpdir(), 'wirewatch-real-'))
const keep = process.argv[3] === 'keep'
const server = spawn(process.execPath, [join(import.meta.dirname, 'real', 'server.ts'), FEEDS], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const port = await new Promise<number>((resolve) =>
    server.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  )
  console.log(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`)
  const wirewatch = openWirewatch({ dataDir: folder, log: (line) => console.error(line) })
  await feeds(wirewatch, port)
  await archive(wirewatch)
  dashboards(wirewatch)
  searches(wirewatch)
  await wirewatch.close()
  const size = statSync(join(folder, 'wirewatch.sqlite')).size
  console.log(
    `\ndatabase ${(size / 1e6).toFixed(0)} MB, memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
  )
} finally {
  server.kill()
  if (keep) console.log(`kept: ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}

async function feeds(wirewatch: Wirewatch, port: number): Promise<void> {
  const files = ['rss-parser', 'netnewswire'].flatMap((name) =>
    readdirSync(join(FEEDS, name))
      .filter((file) => file !== 'LICENSE')
      .map((file) => `${name}/${file}`),
  )
  const outlines = files.map((file) => `<outline type="rss" xmlUrl="http://127.0.0.1:${port}/${file}"/>`)
  const began = performance.now()
  const { rows, job } = wirewatch.sources.importOpml(
    `<opml version="2.0"><body>${outlines.join('')}</body></opml>`,
  )
  await wirewatch.finished(job?.id ?? 0)
  const first = performance.now() - began
  const stories = count(wirewatch, '')
  const again = performance.now()
  await wirewatch.finished(wirewatch.sources.refresh().id)
  const second = performance.now() - again
  const sources = wirewatch.sources.list()
  const failed = sources.filter(({ error }) => error !== null)
  console.log(
    `\nfeeds: ${files.length} files, ${rows.filter(({ result }) => result === 'added').length} sources`,
  )
  console.log(`  first refresh ${seconds(first)}, ${stories} stories, ${rate(stories, first)}`)
  console.log(`  second refresh ${seconds(second)}, ${count(wirewatch, '') - stories} more stories`)
  console.log(`  ${failed.length} failed:`)
  for (const { url, error } of failed)
    console.log(`    ${url.split('/').slice(3).join('/')}: ${error?.code}: ${error?.message}`)
  console.log('  notes in the logs of the others:')
  for (const { id, url, error } of sources) {
    if (error !== null) continue
    const notes = wirewatch.sources.log(id, 10).flatMap((line) => line.notes)
    for (const note of notes.slice(0, 4)) console.log(`    ${url.split('/').slice(3).join('/')}: ${note}`)
    if (notes.length > 4) console.log(`      and ${notes.length - 4} more`)
  }
  const empty = sources.filter(({ error, stories }) => error === null && stories === 0)
  console.log(`  without stories: ${empty.map(({ url }) => url.split('/').at(-1)).join(', ') || 'none'}`)
}

async function archive(wirewatch: Wirewatch): Promise<void> {
  const before = count(wirewatch, '')
  const reading = performance.now()
  const lines = sharedLines()
  for (const line of lines) JSON.parse(line)
  const floor = performance.now() - reading
  const began = performance.now()
  const result = await wirewatch.archive.import(SHARED_ARCHIVE).result
  const elapsed = performance.now() - began
  console.log(`\narchive: ${lines.length} lines in ${seconds(elapsed)}, ${rate(lines.length, elapsed)}`)
  console.log(
    `  ${(elapsed / floor).toFixed(0)} × reading the file and parsing its JSON alone (${seconds(floor)})`,
  )
  console.log(
    `  ${result.added} added, ${result.updated} updated, ${result.unchanged} there already, ${result.refusedCount} refused`,
  )
  for (const { line, message } of result.refused.slice(0, 5)) console.log(`    line ${line}: ${message}`)
  console.log(`  ${count(wirewatch, '') - before} more stories in the archive`)
  const again = performance.now()
  const twice = await wirewatch.archive.import(SHARED_ARCHIVE).result
  console.log(`  a second time: ${twice.added} added in ${seconds(performance.now() - again)}`)
}

function dashboards(wirewatch: Wirewatch): void {
  const day = 86_400_000
  const now = Date.now()
  console.log('\ndashboard            first      again   stories   themes above 0')
  for (const [name, range] of [
    ['since the last visit', { kind: 'visit' }],
    ['24 hours', { kind: 'last', hours: 24 }],
    ['7 days', { kind: 'last', hours: 168 }],
    ['30 days', { kind: 'last', hours: 720 }],
    ['a year', { kind: 'custom', from: now - 365 * day, to: now }],
    ['2022', { kind: 'custom', from: Date.UTC(2022, 0, 1), to: Date.UTC(2023, 0, 1) }],
    ['all', { kind: 'custom', from: Date.UTC(2002, 0, 1), to: now }],
  ] as const) {
    const first = timed(() => openDashboard(wirewatch, range))[1]
    const again = [1, 2, 3].map(() => {
      // Any write has the figures computed again.
      wirewatch.app.saveSettings({ keepDays: null })
      return timed(() => openDashboard(wirewatch, range))[1]
    })
    const { stories, themes } = wirewatch.navigation.counts(range)
    const used = themes.filter((theme) => theme.kind === 'theme' && theme.stories.stories > 0).length
    console.log(
      `${name.padEnd(20)} ${ms(first)}  ${ms(Math.min(...again))} ${String(stories.stories).padStart(9)}   ${used}`,
    )
  }
}

function searches(wirewatch: Wirewatch): void {
  console.log('\nsearch                                          newest 50     count   stories')
  for (const query of [
    'earthquake',
    '"security council" resolution',
    'sanction* NEAR/6 @russia',
    'theme:ukraine-war after:2022-02-24 before:2022-03-24',
    '@china @taiwan -football',
    'ANY/2 (oil, gas, pipeline)',
    'lang:en -the',
    'source:"wikipedia-current-events-2002-2026" election',
    'app* @eu',
  ]) {
    const [, list] = timed(() => wirewatch.stories.list({ query, limit: 50 }))
    const [found, counting] = timed(() => wirewatch.stories.count({ query, exact: true }))
    console.log(`${query.padEnd(55)} ${ms(list)} ${ms(counting)} ${String(found.stories).padStart(9)}`)
  }
}

function count(wirewatch: Wirewatch, query: string): number {
  return wirewatch.stories.count({ query, exact: true }).stories
}

function timed<T>(run: () => T): [T, number] {
  const began = performance.now()
  const value = run()
  return [value, performance.now() - began]
}
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
function rate(stories: number, ms: number): string {
  return `${Math.round((stories * 1000) / ms).toLocaleString('en')} stories/s`
}
function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(9)
}
