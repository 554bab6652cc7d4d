import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { connectionTo } from '../connection.ts'
import { docidAt } from '../docid.ts'
import { migrate } from '../open.ts'
import { recountHits } from '../recount.ts'
import { Counts, tagStore } from '../tags.ts'
import { migrations } from './index.ts'

test('003: a source that is there keeps as many stories as in general', () => {
  const db = new Database(':memory:')
  migrate(db, 'test', migrations.slice(0, 2))
  db.exec(
    "INSERT INTO source (id, url, custom_title, language, country, bloc, kind, added, keep_days) VALUES (1, 'https://a.example/', '', '', '', '', 'unknown', 0, 30)",
  )
  migrate(db, 'test', migrations.slice(0, 3))
  expect(db.prepare('SELECT keep_days, keep_stories FROM source').all()).toEqual([
    { keep_days: 30, keep_stories: null },
  ])
  db.close()
})

test('005: hits stay as they are, whatever was seen of them', () => {
  const db = new Database(':memory:')
  migrate(db, 'test', migrations.slice(0, 4))
  db.exec(`INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0);
    INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
      VALUES (1, 1, 1, 'a', '', '', '', '', '', '', '', 0, 0), (2, 2, 1, 'b', '', '', '', '', '', '', '', 0, 0);
    INSERT INTO alert (id, name, query, created) VALUES (1, 'a', 'a', 0), (2, 'b', 'b', 0);
    INSERT INTO hit (alert_id, story_id, at, seen) VALUES (1, 1, 5, 1), (1, 2, 6, 0), (2, 1, 5, 0);`)
  const hits = (): unknown[] =>
    db.prepare('SELECT alert_id, story_id, at, seen FROM hit ORDER BY 1, 2').raw().all()
  const before = hits()
  expect(before).toHaveLength(3)
  migrate(db, 'test', migrations.slice(0, 5))
  expect(hits()).toEqual(before)
  db.pragma('foreign_keys = ON')
  db.exec('DELETE FROM alert WHERE id = 1')
  expect(hits()).toEqual([[2, 1, 5, 0]])
  db.close()
})

test('006: old hits have nothing to tell; a notice goes with its alert or its story', () => {
  const db = new Database(':memory:')
  migrate(db, 'test', migrations.slice(0, 5))
  db.exec(`INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0);
    INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
      VALUES (1, 1, 1, 'a', '', '', '', '', '', '', '', 0, 0), (2, 2, 1, 'b', '', '', '', '', '', '', '', 0, 0);
    INSERT INTO alert (id, name, query, created) VALUES (1, 'a', 'a', 0), (2, 'b', 'b', 0);
    INSERT INTO hit (alert_id, story_id, at, seen) VALUES (1, 1, 5, 0), (2, 2, 6, 0)`)
  migrate(db, 'test', migrations.slice(0, 6))
  const ids = (table: string): unknown[] => db.prepare(`SELECT * FROM ${table}`).raw().all()
  expect(ids('hit')).toHaveLength(2)
  expect([ids('notice'), ids('outbox'), ids('delivery')]).toEqual([[], [], []])
  db.pragma('foreign_keys = ON')
  db.exec(`INSERT INTO notice (id, alert_id, story_id, hits, at) VALUES (1, 1, 1, 1, 5), (2, 2, 2, 1, 6);
    INSERT INTO outbox VALUES (1, 'desktop', 0), (2, 'desktop', 0);
    INSERT INTO delivery VALUES (1, 'desktop', 1, 5, 'failed', ''), (2, 'desktop', 1, 5, 'failed', '')`)
  db.exec('DELETE FROM alert WHERE id = 1; DELETE FROM story WHERE id = 2')
  expect([ids('notice'), ids('outbox'), ids('delivery')]).toEqual([[], [], []])
  db.close()
})

test('007: hits, notices, what waits of them and how they were told stay', () => {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, 'test', migrations.slice(0, 6))
  db.exec(`INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0);
    INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
      VALUES (1, 1, 1, 'a', '', '', '', '', '', '', '', 0, 0), (2, 2, 1, 'b', '', '', '', '', '', '', '', 0, 0);
    INSERT INTO alert (id, name, query, created) VALUES (1, 'a', 'a', 0), (2, 'b', 'b', 0);
    INSERT INTO hit (alert_id, story_id, at, seen) VALUES (1, 1, 5, 1), (1, 2, 6, 0), (2, 1, 5, 0);
    INSERT INTO notice (id, alert_id, story_id, hits, at) VALUES (1, 1, 1, 1, 5), (2, 1, 2, 4, 6), (9, 2, 1, 1, 5);
    DELETE FROM notice WHERE id = 9;
    INSERT INTO outbox VALUES (2, 'desktop', 7);
    INSERT INTO delivery VALUES (1, 'desktop', 1, 5, 'delivered', ''), (2, 'desktop', 1, 6, 'failed', 'why')`)
  const rows = (sql: string): unknown[] => db.prepare(sql).raw().all()
  const told = [
    'SELECT * FROM outbox',
    'SELECT * FROM delivery',
    'SELECT id, alert_id, story_id, hits, at FROM notice',
  ]
  const before = told.map(rows)
  migrate(db, 'test', migrations.slice(0, 7))
  expect(told.map(rows)).toEqual(before)
  expect(rows('SELECT key FROM notice')).toEqual([['story:1'], ['story:2']])
  expect(rows('SELECT * FROM notice_hit')).toEqual([
    [1, 1],
    [2, 2],
  ])
  expect(rows('SELECT alert_id, story_id, at, state, decision FROM hit ORDER BY 1, 2')).toEqual([
    [1, 1, 5, 1, ''],
    [1, 2, 6, 0, ''],
    [2, 1, 5, 0, ''],
  ])
  // A number that was used is not used again.
  const notice =
    "INSERT INTO notice (alert_id, key, trigger, priority, at, hits, words) VALUES (1, 'w', 'each', 3, 8, 1, '')"
  expect(db.prepare(notice).run().lastInsertRowid).toBe(10)
  expect(() => db.prepare(notice).run()).toThrow(/UNIQUE/)
  // A notice stays while one of its stories is there.
  db.exec('INSERT INTO notice_hit VALUES (2, 1); DELETE FROM story WHERE id = 2')
  const left = 'SELECT id, story_id FROM notice ORDER BY id'
  expect(rows(left)).toEqual([
    [1, 1],
    [2, 1],
    [10, null],
  ])
  db.exec('DELETE FROM story WHERE id = 1')
  expect(rows(left)).toEqual([[10, null]])
  db.exec('DELETE FROM alert WHERE id = 1')
  expect([
    rows('SELECT * FROM notice'),
    rows('SELECT * FROM outbox'),
    rows('SELECT * FROM delivery'),
  ]).toEqual([[], [], []])
  db.close()
})

test('009: alerts tell on the desktop as before, and the log outlives the stories that it is about', () => {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, 'test', migrations.slice(0, 8))
  db.exec(`INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0);
    INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
      VALUES (1, 1, 1, 'a', '', '', '', '', '', '', '', 0, 0);
    INSERT INTO alert (id, name, query, created) VALUES (1, 'a', 'a', 0);
    INSERT INTO notice (id, alert_id, key, trigger, priority, at, story_id, hits, words) VALUES (1, 1, 'story:1', 'each', 3, 5, 1, 1, '');
    INSERT INTO notice_hit VALUES (1, 1);
    INSERT INTO outbox VALUES (1, 'desktop', 0), (1, 'webhook-1', 7);
    INSERT INTO delivery VALUES (1, 'webhook-1', 1, 6, 'failed', 'why')`)
  migrate(db, 'test', migrations.slice(0, 9))
  const rows = (sql: string): unknown[] => db.prepare(sql).raw().all()
  expect(rows('SELECT desktop FROM alert')).toEqual([[1]])
  expect(rows('SELECT * FROM delivery')).toEqual([[1, 'webhook-1', 1, 6, 'failed', 'why', null]])
  db.exec('DELETE FROM story')
  expect(rows('SELECT id, story_id FROM notice')).toEqual([[1, null]])
  expect(rows('SELECT channel FROM outbox')).toEqual([['webhook-1']])
  expect(rows('SELECT count(*) FROM delivery')).toEqual([[1]])
  db.close()
})

test('012: alerts that are told by what came before are to be brought in line with the archive, no others', () => {
  const db = new Database(':memory:')
  migrate(db, 'test', migrations.slice(0, 11))
  const settings = [
    '{}',
    '{"trigger":{"kind":"digest"}}',
    '{"trigger":{"kind":"spike"}}',
    '{"trigger":{"kind":"silence"}}',
  ]
  for (const [n, text] of settings.entries())
    db.prepare('INSERT INTO alert (name, query, created, settings) VALUES (?, ?, 0, ?)').run(
      `${n}`,
      'oil',
      text,
    )
  migrate(db, 'test', migrations.slice(0, 12))
  expect(db.prepare('SELECT revised FROM alert ORDER BY id').pluck().all()).toEqual(['oil', 'oil', '', ''])
  db.close()
})

test('013: hits stay as they stood, are counted as they stand and by the day of their story, and go on being counted', () => {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, 'test', migrations.slice(0, 12))
  // In Berlin that is 2 January and 3 January.
  const evening = Date.UTC(2026, 0, 2, 22, 30)
  const later = Date.UTC(2026, 0, 2, 23, 30)
  db.exec("INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0)")
  for (const [id, published] of [evening, later, later].entries())
    db.prepare(
      `INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
       VALUES (?, ?, 1, ?, '', '', '', '', '', '', '', ?, 0)`,
    ).run(id, docidAt(published) + id, `${id}`, published)
  db.exec(`INSERT INTO alert (id, name, query, created) VALUES (1, 'a', 'a', 0), (2, 'b', 'b', 0);
    INSERT INTO hit (alert_id, story_id, at, state, until, starred, fits, decision) VALUES
      (1, 0, 5, 0, NULL, 0, 1, ''), (1, 1, 6, 1, NULL, 1, 1, '{"outcome":"told"}'), (1, 2, 6, 2, 99, 0, 0, '{"outcome":"snoozed"}'),
      (2, 1, 7, 3, NULL, 0, 1, '{}'), (2, 2, 8, 0, NULL, 0, 1, '{}')`)
  const rows = (sql: string): unknown[] => db.prepare(sql).raw().all()
  const hits = (): unknown[] =>
    rows(
      'SELECT alert_id, story_id, at, state, until, starred, fits, decision FROM hit ORDER BY alert_id, story_id',
    )
  const before = hits()
  migrate(db, 'test', migrations.slice(0, 13))
  expect(hits()).toEqual(before)
  const totals = (): unknown[] => rows('SELECT * FROM hit_total WHERE hits > 0 ORDER BY 1, 2, 3')
  expect(totals()).toEqual([
    [1, 0, 0, 1],
    [1, 1, 1, 1],
    [1, 2, 0, 1],
    [2, 0, 0, 1],
    [2, 3, 0, 1],
  ])
  recountHits(connectionTo(db), 'Europe/Berlin')
  const days = (): unknown[] => rows('SELECT * FROM hit_day WHERE hits > 0 ORDER BY 1, 2')
  const [first, second] = [Date.UTC(2026, 0, 2) / 86_400_000, Date.UTC(2026, 0, 3) / 86_400_000]
  expect(days()).toEqual([
    [1, first, 1],
    [1, second, 2],
    [2, second, 2],
  ])
  db.exec(`UPDATE hit SET state = 1 WHERE story_id = 2; DELETE FROM story WHERE id = 1`)
  expect(totals()).toEqual([
    [1, 0, 0, 1],
    [1, 1, 0, 1],
    [2, 1, 0, 1],
  ])
  expect(days()).toEqual([
    [1, first, 1],
    [1, second, 1],
    [2, second, 1],
  ])
  db.exec('DELETE FROM alert WHERE id = 1')
  expect([totals(), days()]).toEqual([[[2, 1, 0, 1]], [[2, second, 1]]])
  db.close()
})

test('002: an archive’s totals are those of its days, and follow them', () => {
  const db = new Database(':memory:')
  migrate(db, 'test', migrations.slice(0, 1))
  db.exec('INSERT INTO daily VALUES (0, 100, 1, 3), (0, 101, 1, 4), (0, 101, 2, 5), (7, 101, 2, 1)')
  migrate(db, 'test', migrations.slice(0, 2))
  const totals = (): unknown[] => db.prepare('SELECT * FROM total ORDER BY 1, 2').raw().all()
  expect(totals()).toEqual([
    [0, 1, 7],
    [0, 2, 5],
    [7, 2, 1],
  ])
  db.exec(`INSERT INTO daily VALUES (0, 101, 1, 2), (7, 102, 1, 6)
    ON CONFLICT DO UPDATE SET stories = stories + excluded.stories`)
  db.exec('DELETE FROM daily WHERE day = 101 AND source_id = 2')
  expect(totals()).toEqual([
    [0, 1, 9],
    [0, 2, 0],
    [7, 1, 6],
    [7, 2, 0],
  ])
  db.close()
})

test('004: totals stay as they are and are left to who writes the daily counts', () => {
  const db = new Database(':memory:')
  migrate(db, 'test', migrations.slice(0, 3))
  db.exec('INSERT INTO daily VALUES (0, 100, 1, 3), (0, 101, 1, 4)')
  migrate(db, 'test', migrations.slice(0, 4))
  migrate(db, 'test', migrations)
  const totals = (): unknown[] => db.prepare('SELECT * FROM total').raw().all()
  expect(totals()).toEqual([[0, 1, 7]])
  const counts = new Counts()
  counts.add(0, { day: 101, sourceId: 1, event: null }, 2)
  counts.add(0, { day: 102, sourceId: 1, event: null }, 1)
  tagStore(connectionTo(db)).write(counts)
  expect(totals()).toEqual([[0, 1, 10]])
  db.close()
})
