import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../store/open.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-crash-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Ingests until `steps` more feeds are in, then is killed a moment later, in the middle of whatever it does. */
function ingestAndKill(from: number, steps: number, moment: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '..', 'fixtures', 'crash.ts'), folder, String(from)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let last = from
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.stdout.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().trim().split('\n')) last = Number(line)
      if (last >= from + steps) setTimeout(() => child.kill('SIGKILL'), moment)
    })
    child.on('exit', (_code, signal) => (signal === 'SIGKILL' ? resolve(last) : reject(new Error(errors))))
  })
}

test('a kill at any moment loses nothing committed and doubles nothing', async () => {
  let step = 0
  for (const moment of [0, 7, 16]) {
    step = await ingestAndKill(step, 2, moment)
    const db = openDatabase(folder)
    const ask = (sql: string): unknown => db.prepare(sql).pluck().get()
    const rows = (sql: string): unknown[] => db.prepare(sql).raw().all()
    // Everything up to the last feed that was reported is there; of a later one its oldest stories, all, or none.
    const stories = ask('SELECT count(*) FROM story') as number
    expect(stories).toBeGreaterThanOrEqual(step * 30 + 40)
    expect(ask('SELECT max(CAST(substr(identity, 4) AS INTEGER)) FROM story')).toBe(stories - 1)
    expect(ask('SELECT count(*) FROM story_words WHERE story_words MATCH \'"pipeline"\'')).toBe(stories)
    expect(ask('SELECT count(*) FROM hit')).toBe(stories)
    expect(ask('SELECT count(DISTINCT identity) FROM story')).toBe(stories)
    expect(rows('SELECT theme_id, day, source_id, stories FROM daily ORDER BY 1, 2, 3')).toEqual(
      rows(`
        SELECT 0, published / 86400000, source_id, count(*) FROM story GROUP BY 1, 2, 3 UNION ALL
        SELECT theme_id, published / 86400000, source_id, count(*) FROM tag JOIN story ON story.id = tag.story_id
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    )
    // Every story has its event or waits for it, and the counts by event are those of a recount.
    expect(ask('SELECT count(*) FROM story_event')).toBe(
      ask('SELECT count(*) FROM story WHERE id <= (SELECT gathered FROM cluster_state)'),
    )
    expect(ask('SELECT seq FROM cluster_state')).toBe(ask('SELECT count(*) FROM story_event'))
    const shared = '(SELECT event FROM story_event GROUP BY event HAVING count(*) > 1)'
    expect(
      rows('SELECT theme_id, day, event, source_id, stories FROM event_day ORDER BY 1, 2, 3, 4'),
    ).toEqual(
      rows(`
        SELECT 0, published / 86400000, event, story.source_id, count(*) FROM story JOIN story_event USING (docid)
        WHERE event IN ${shared} GROUP BY 1, 2, 3, 4 UNION ALL
        SELECT theme_id, published / 86400000, event, story.source_id, count(*)
        FROM tag JOIN story ON story.id = tag.story_id JOIN story_event ON story_event.docid = story.docid
        WHERE event IN ${shared} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`),
    )
    expect(ask('PRAGMA integrity_check')).toBe('ok')
    db.close()
  }
})
