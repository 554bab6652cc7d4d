import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryPlans } from '../fixtures/queryPlans.ts'
import { alertStore } from './alerts.ts'
import type { Connection } from './connection.ts'
import { type HitState, hitStore, isIn, isNewer } from './hits.ts'
import { openDatabase } from './open.ts'
import { recountHits } from './recount.ts'

const ALERTS = 3
const STORIES = 12
const VIEWS = ['new', 'all', 'starred', 'snoozed', 'dismissed'] as const

function opened(): Connection {
  const db = openDatabase(':memory:')
  db.exec("INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0)")
  for (let id = 1; id <= STORIES; id++)
    db.prepare(
      `INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
       VALUES (?, ?, 1, ?, '', '', '', '', '', '', '', 0, 0)`,
    ).run(id, id, `id:${id}`)
  for (let id = 1; id <= ALERTS; id++)
    db.prepare('INSERT INTO alert (id, name, query, created) VALUES (?, ?, ?, 0)').run(id, `Alert ${id}`, 'a')
  return db
}

const nth = (most: number) => fc.integer({ min: 1, max: most })
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      alert: nth(ALERTS),
      story: nth(STORIES),
      at: fc.nat(4),
    }),
  },
  fc.record({
    do: fc.constant('put' as const),
    alert: nth(ALERTS),
    stories: fc.uniqueArray(nth(STORIES), { maxLength: 4 }),
    state: fc.constantFrom<HitState>(0, 1, 2, 3),
    starred: fc.constantFrom<0 | 1>(0, 1),
  }),
  fc.record({ do: fc.constant('remove story' as const), story: nth(STORIES) }),
)

test('lists and counts are those of a plain list, whatever hits there are, were changed or removed', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
      const db = opened()
      const store = hitStore(db)
      type Plain = { alert: number; story: number; at: number; state: HitState; starred: 0 | 1 }
      let plain: Plain[] = []
      const gone = new Set<number>()
      for (const one of steps) {
        if (one.do === 'add') {
          const { alert, story, at } = one
          if (gone.has(story)) continue
          const isNew = !plain.some((hit) => hit.alert === alert && hit.story === story)
          expect(store.add({ alert, story, at, day: at % 2, came: '{}' })).toBe(isNew)
          if (isNew) plain.push({ alert, story, at, state: 0, starred: 0 })
        } else if (one.do === 'put') {
          const { alert, stories, state, starred } = one
          store.put(alert, stories, { state, starred, until: null })
          plain = plain.map((hit) =>
            hit.alert === alert && stories.includes(hit.story) ? { ...hit, state, starred } : hit,
          )
        } else {
          gone.add(one.story)
          db.prepare('DELETE FROM story WHERE id = ?').run(one.story)
          plain = plain.filter(({ story }) => story !== one.story)
        }
      }
      plain.sort((a, b) => (isNewer(a, b) ? -1 : 1))
      for (const view of VIEWS)
        for (const scope of [null, [1], [1, 3], Array.from({ length: 60 }, (_, i) => i + 2)]) {
          const wanted = plain.filter(
            (hit) => isIn(view, hit) && (scope === null || scope.includes(hit.alert)),
          )
          const keys = (list: readonly Plain[]) => list.map(({ alert, story, at }) => ({ alert, story, at }))
          const listed = (below?: Plain) =>
            [...store.list(scope, view, below)].map(({ alert, story, at }) => ({ alert, story, at }))
          expect(listed()).toEqual(keys(wanted))
          expect(listed(wanted[1])).toEqual(keys(wanted.slice(2)).concat(wanted[1] ? [] : keys(wanted)))
        }
      for (const view of VIEWS) {
        const docids = [1, 3, 4, 9, STORIES + 5]
        const found = store
          .ofDocids(docids, view)
          .map(({ alert, story, at, docid }) => [alert, story, at, docid])
        const wanted = plain
          .filter((hit) => isIn(view, hit) && docids.includes(hit.story))
          .map(({ alert, story, at }) => [alert, story, at, story])
        expect(found.sort()).toEqual(wanted.sort())
      }
      expect(store.many(plain).map(({ story, alert, state }) => [story, alert, state])).toEqual(
        plain.map(({ story, alert, state }) => [story, alert, state]),
      )
      const count = (passes: (hit: Plain) => boolean): number => plain.filter(passes).length
      expect(store.unseen()).toBe(count(({ state }) => state === 0))
      for (const { alert, state, starred, hits } of store.totals())
        expect(hits).toBe(
          count((hit) => hit.alert === alert && hit.state === state && hit.starred === starred),
        )
      expect(store.totals().reduce((sum, { hits }) => sum + hits, 0)).toBe(plain.length)
      for (const { alert, day, hits } of store.days(0))
        expect(hits).toBe(count((hit) => hit.alert === alert && hit.at % 2 === day))
      for (const [id, counts] of alertStore(db).counts()) {
        const mine = plain.filter(({ alert }) => alert === id)
        expect(counts).toEqual({
          hits: mine.length,
          unread: mine.filter(({ state }) => state === 0).length,
          lastHit: mine[0]?.at ?? null,
        })
      }
      // All of them came out on 1 January 1970, which was the day before in New York.
      recountHits(db, 'America/New_York')
      expect(store.days(-9).filter(({ day }) => day !== -1)).toEqual([])
      expect(store.days(-9).reduce((sum, { hits }) => sum + hits, 0)).toBe(plain.length)
      db.close()
    }),
    { numRuns: 30 },
  )
})

test('lists read an index in its order, and counts no hits at all', () => {
  const db = opened()
  const plans = queryPlans(db, hitStore)
  const lists = plans.filter(({ sql }) => sql.includes('LIMIT 256'))
  expect(lists).toHaveLength(3)
  for (const { plan } of lists) {
    const onHits = plan.filter((line) => /\bhit\b/.test(line))
    expect(onHits.join()).toMatch(/SEARCH hit USING (COVERING )?INDEX hit_(state|alert|starred) \(/)
    // The one sort is of the page that was read.
    expect(plan.slice(0, plan.findIndex((line) => line.includes('SEARCH hit')) + 2).join()).not.toMatch(
      /TEMP B-TREE/,
    )
  }
  const counts = [...plans, ...queryPlans(db, alertStore)].filter(({ sql }) => /hit_(total|day)/.test(sql))
  expect(counts.length).toBeGreaterThan(3)
  for (const { plan } of counts)
    for (const line of plan)
      if (/\bhit\b/.test(line)) expect(line).toMatch(/SEARCH hit USING .*hit_alert \(alert_id=\?/)
  db.close()
})
