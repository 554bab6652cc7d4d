import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { SECRETS_FILE } from '../delivery/secrets.ts'
import { test, URL_A } from '../fixtures/desk.ts'
import { openDatabase } from '../store/open.ts'
import { ALERT_TABLES } from '../store/removedAlert.ts'

test('a deleted alert is gone with all it had, and comes back with all of it', async ({ desk }) => {
  const { wirewatch, feeds } = desk
  const item = (n: number) => ({
    id: `${n}`,
    title: `Pipeline number ${n} opened in town ${n * 7919}`,
    published: new Date(desk.clock).toUTCString(),
  })
  feeds.set(URL_A, [])
  await wirewatch.sources.add({ url: URL_A })
  const settings = { collapse: 'none', cooldownMs: 3_600_000 } as const
  const other = wirewatch.alerts.save({ name: 'Others', query: 'opened', enabled: true })
  const { id } = wirewatch.alerts.save({
    name: 'Pipes',
    query: 'pipeline',
    enabled: true,
    folder: 'Gas',
    settings,
  })
  const address = 'https://hooks.example/s3cret'
  await wirewatch.channels.add({ alert: id, kind: 'webhook', address })
  const secrets = (): string => readFileSync(join(desk.folder, SECRETS_FILE), 'utf8')
  const kept = secrets()
  expect(kept).toContain(address)
  feeds.set(URL_A, [1, 2, 3, 4].map(item))
  await desk.refresh()
  await wirewatch.eventsGathered()
  const [first] = (
    await wirewatch.inbox.list({ show: 'all', query: '', alert: id, grouped: false, limit: 9 })
  ).groups
  await wirewatch.inbox.mark({ hits: first?.refs ?? [] }, { act: 'star' })
  const all = async () => ({
    alerts: wirewatch.alerts.list(),
    overview: wirewatch.inbox.overview(),
    hits: await wirewatch.inbox.list({ show: 'all', query: '', grouped: false, limit: 50 }),
    channels: wirewatch.channels.list(),
    deliveries: wirewatch.channels.deliveries({ limit: 50 }),
    why: wirewatch.alerts.why({ alert: id, story: first?.lead.story.id ?? 0 }),
  })
  const before = await all()
  expect(before.overview.alerts.find((alert) => alert.id === id)?.hits).toMatchObject({ all: 4, starred: 1 })
  expect(before.deliveries.length).toBeGreaterThan(0)

  wirewatch.alerts.remove(id)
  expect(wirewatch.alerts.list().map(({ name }) => name)).toEqual(['Others'])
  expect(wirewatch.inbox.overview().hits).toMatchObject({ all: 4, starred: 0 })
  expect(wirewatch.channels.list().channels).toEqual([])
  expect(secrets()).not.toContain(address)
  // Nobody gets its id meanwhile; its name can be taken, and then it waits.
  const third = wirewatch.alerts.save({ name: 'pipes', query: 'oil', enabled: true })
  expect([id, other.id]).not.toContain(third.id)
  expect(() => wirewatch.alerts.restore(id)).toThrow(/There is an alert “pipes” already/)
  expect(secrets()).not.toContain(address)
  wirewatch.alerts.remove(third.id)

  wirewatch.alerts.restore(id)
  expect(await all()).toEqual(before)
  expect(secrets()).toBe(kept)
  expect(() => wirewatch.alerts.restore(id)).toThrow(/cannot be brought back/)
  // It watches again, and tells what it holds at the end of its cooldown.
  feeds.set(URL_A, [5].map(item))
  await desk.refresh()
  await wirewatch.eventsGathered()
  expect(wirewatch.inbox.overview().alerts.find((alert) => alert.id === id)?.hits.all).toBe(5)

  // A story that is gone meanwhile leaves the others; after an hour nothing is left to bring back.
  wirewatch.alerts.remove(id)
  const source = wirewatch.sources.list()[0]?.id ?? 0
  await wirewatch.sources.remove(source)
  expect(wirewatch.alerts.restore(id).hits).toBe(0)
  wirewatch.alerts.remove(id)
  desk.clock += 3_600_001
  expect(() => wirewatch.alerts.restore(id)).toThrow(/cannot be brought back/)
})

test('whatever goes with an alert or its notices is brought back', () => {
  const db = openDatabase(':memory:')
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  const referring = tables.filter((table) =>
    (db.pragma(`foreign_key_list(${table})`) as { table: string }[]).some(
      (key) => key.table === 'alert' || key.table === 'notice',
    ),
  )
  // The counts of hits follow from the hits.
  const counts = ['hit_total', 'hit_day']
  expect([...ALERT_TABLES.map(([table]) => table), ...counts].sort()).toEqual(['alert', ...referring].sort())
  db.close()
})
