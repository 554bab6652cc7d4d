import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Hit } from '../../api/contract/inbox.ts'
import { test, URL_A } from '../fixtures/desk.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import type { Wirewatch } from '../wirewatch.ts'

async function allHits({ inbox }: Wirewatch): Promise<Hit[]> {
  const { groups } = await inbox.list({ show: 'all', query: '', grouped: false, limit: 200 })
  return groups.map(({ lead }) => lead)
}

test('an alert hits a story once, whatever happens to the story after', async ({
  wirewatch,
  feeds,
  refresh,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'Old pipeline' }])
  await wirewatch.sources.add({ url: URL_A })
  const alert = wirewatch.alerts.save({ name: 'Pipelines', query: 'pipeline*', enabled: true })
  feeds.set(URL_A, [
    { id: '1', title: 'Old pipeline' },
    { id: '2', title: 'New pipeline agreed' },
  ])
  await refresh()
  expect(wirewatch.app.info().unreadHits).toBe(1)
  const [hit] = (await allHits(wirewatch)) as [Hit]
  expect(hit).toMatchObject({
    alert: { name: 'Pipelines' },
    state: 'new',
    story: { title: 'New pipeline agreed' },
  })
  expect(hit.evidence).toEqual([{ field: 'title', start: 4, end: 12 }])
  await wirewatch.inbox.mark({ filter: { show: 'new', alert: alert.id, query: '' } }, { act: 'seen' })
  feeds.set(URL_A, [{ id: '2', title: 'New pipeline agreed, at last' }])
  await refresh()
  expect(wirewatch.app.info().unreadHits).toBe(0)
  expect(await allHits(wirewatch)).toHaveLength(1)
})

test('stories are matched by alerts and themes as they were last saved', async ({
  wirewatch,
  feeds,
  refresh,
  titles,
}) => {
  const items = Array.from({ length: 5 }, (_, n) => ({ id: `${n}`, title: `Kremlin and Beijing ${n}` }))
  feeds.set(URL_A, items.slice(0, 1))
  await wirewatch.sources.add({ url: URL_A })
  const alert = wirewatch.alerts.save({ name: 'A', query: 'kremlin', enabled: true })
  const other = wirewatch.alerts.save({ name: 'B', query: 'beijing', enabled: true })

  /** Names of the alerts that the newest story hits, once so many are there. */
  const next = async (many: number): Promise<string[]> => {
    feeds.set(URL_A, items.slice(0, many))
    await refresh()
    const hits = await allHits(wirewatch)
    return hits.filter(({ story }) => story.title.endsWith(`${many - 1}`)).map((hit) => hit.alert.name)
  }
  expect((await next(2)).sort()).toEqual(['A', 'B'])
  wirewatch.alerts.save({ ...alert, enabled: false })
  expect(await next(3)).toEqual(['B'])
  wirewatch.alerts.save({ ...alert, query: 'oslo', enabled: true })
  wirewatch.alerts.remove(other.id)
  expect(await next(4)).toEqual([])
  expect(titles('theme:russia-china')).toHaveLength(4)
  const { job } = wirewatch.themes.save({ ...themeDraft(wirewatch, 'russia-china'), enabled: false })
  await wirewatch.finished(job?.id ?? 0)
  await next(5)
  expect(titles()).toHaveLength(5)
  expect(titles('theme:russia-china')).toEqual([])
})

test('an alert may ask for themes, and sees the tags of the story it is shown', async ({
  wirewatch,
  feeds,
}) => {
  wirewatch.alerts.save({ name: 'RC', query: 'theme:russia-china gas', enabled: true })
  feeds.set(URL_A, [
    { id: '1', title: 'Russia and China discuss gas', text: 'Putin and Xi Jinping spoke of gas.' },
    { id: '2', title: 'Gas bills in Norway' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const hits = await allHits(wirewatch)
  expect(hits.map((hit) => hit.story.title)).toEqual(['Russia and China discuss gas'])
  expect(hits[0]?.evidence.length).toBeGreaterThan(0)
})

test('a first fetch is told of as one notice, also to a shell that opens later; an import only to one that is open', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  wirewatch.alerts.save({ name: 'Ships', query: 'ship', enabled: true })
  feeds.set(URL_A, [
    { id: '1', title: 'A ship' },
    { id: '2', title: 'Another ship', published: 'Fri, 09 May 2025 10:00:00 GMT' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  const importOne = (name: string, date = '2025-05-08') => {
    const file = join(desk.folder, `${name}.jsonl`)
    writeFileSync(file, JSON.stringify({ title: `The ship ${name}`, text: 'Sails.', date }))
    return wirewatch.archive.import(file).result
  }
  expect(await importOne('Vega')).toMatchObject({ added: 1 })
  wirewatch.deliverNotices({})
  const told = wirewatch.alerts.takeNotices()
  expect(told).toMatchObject([{ alert: { name: 'Ships' }, story: { title: 'Another ship' }, more: 1 }])
  wirewatch.alerts.acknowledge(told.map(({ id }) => id))
  expect(await importOne('Deneb')).toMatchObject({ added: 1 })
  expect(wirewatch.alerts.takeNotices()).toMatchObject([{ story: { title: 'The ship Deneb' }, more: 0 }])
  // What is older than two days is a hit, but no news.
  expect(await importOne('Altair', '2024-05-01')).toMatchObject({ added: 1 })
  expect(wirewatch.alerts.takeNotices()).toEqual([])
  const hits = await allHits(wirewatch)
  expect(hits).toHaveLength(5)
  expect(hits.filter(({ state }) => state === 'seen').map(({ story }) => story.title)).toEqual([
    'The ship Altair',
  ])
})
