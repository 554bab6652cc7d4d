import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryPlans } from '../fixtures/queryPlans.ts'
import { alertStore } from './alerts.ts'
import type { Connection } from './connection.ts'
import { openDatabase } from './open.ts'

const ALERTS = 3
const STORIES = 12

function opened(): Connection {
  const db = openDatabase(':memory:')
  db.exec("INSERT INTO source (id, url, added) VALUES (1, 'https://a.example/', 0)")
  for (let id = 1; id <= STORIES; id++)
    db.prepare(
      `INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang, published, fetched)
       VALUES (?, ?, 1, ?, '', '', '', '', '', '', '', 0, 0)`,
    ).run(id, id, `id:${id}`)
  return db
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constant('hit' as const), fc.nat(ALERTS - 1), fc.nat(STORIES - 1), fc.nat(4)),
  },
  fc.tuple(fc.constant('seen' as const), fc.option(fc.nat(ALERTS - 1)), fc.option(fc.nat(STORIES - 1))),
)

test('lists and counts of hits are those of a plain list, whatever hits there are and were seen, page by page', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const db = opened()
      const store = alertStore(db)
      const ids = Array.from({ length: ALERTS }, (_, n) =>
        store.save(
          {
            name: `Alert ${n}`,
            query: 'a',
            enabled: true,
            settings: '{}',
            folder: '',
            colour: null,
            note: '',
          },
          0,
        ),
      ).map(({ id }) => id)
      const plain = new Map<string, { alert: number; story: number; at: number; seen: boolean }>()
      for (const [what, alert, story, at] of steps) {
        if (what === 'hit') {
          const [id, on] = [ids[alert] as number, story + 1]
          const key = `${id} ${on}`
          expect(store.hit(id, on, at, '{}')).toBe(!plain.has(key))
          if (!plain.has(key)) plain.set(key, { alert: id, story: on, at, seen: false })
        } else {
          const id = alert === null ? undefined : (ids[alert] as number)
          const on = story === null ? undefined : [story + 1]
          store.markSeen({ alert: id, stories: on })
          for (const one of plain.values())
            if ((id === undefined || one.alert === id) && (on === undefined || on.includes(one.story)))
              one.seen = true
        }
      }
      const all = [...plain.values()].sort((a, b) => b.at - a.at || b.story - a.story || b.alert - a.alert)
      for (const alert of [undefined, ...ids])
        for (const unseen of [false, true]) {
          const wanted = all.filter((h) => (alert === undefined || h.alert === alert) && !(unseen && h.seen))
          const listed = []
          let cursor: string | undefined
          do {
            const page = store.hits({ alert, unseen, limit: 4, cursor })
            listed.push(...page.hits)
            cursor = page.next ?? undefined
          } while (cursor !== undefined)
          expect(
            listed.map((h) => ({ alert: h.alert_id, story: h.story_id, at: h.at, seen: h.state !== 0 })),
          ).toEqual(wanted)
        }
      expect(store.unread()).toBe(all.filter(({ seen }) => !seen).length)
      for (const [id, counts] of store.counts()) {
        const mine = all.filter(({ alert }) => alert === id)
        expect(counts).toEqual({
          hits: mine.length,
          unread: mine.filter(({ seen }) => !seen).length,
          lastHit: mine[0]?.at ?? null,
        })
      }
      db.close()
    }),
    { numRuns: 60 },
  )
})

test('a query for one alert is looked up by the alert', () => {
  const db = opened()
  const ofOne = queryPlans(db, alertStore).filter(
    ({ sql }) => sql.includes('@alert') && !sql.includes('@stories'),
  )
  expect(ofOne.length).toBeGreaterThan(2)
  for (const { plan } of ofOne) {
    const onHits = plan.filter((line) => /\bhit\b/.test(line))
    expect(onHits.length).toBeGreaterThan(0)
    for (const line of onHits) expect(line).toMatch(/SEARCH hit USING .*hit_alert \(alert_id=\?/)
  }
  db.close()
})
