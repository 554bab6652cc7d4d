import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Change } from '../../../api/contract/changes.ts'
import type { PanelName } from '../../../api/contract/dashboard/index.ts'
import { countsRefreshedBy, panelsRefreshedBy } from '../../../renderer/refresh.ts'
import { FeedError } from '../../feeds/feed.ts'
import { type Desk, test, URL_A, URL_B } from '../../fixtures/desk.ts'

/** Fixed, so that only what is done changes what is shown. */
const ranges = [
  { kind: 'custom', from: Date.UTC(2025, 4, 8), to: Date.UTC(2025, 4, 10) },
  { kind: 'custom', from: Date.UTC(2025, 3, 1), to: Date.UTC(2025, 4, 10) },
] as const

/** What each panel and the navigation show. */
function shown({ wirewatch: { dashboard, navigation } }: Desk): Map<string, string> {
  const answers = { ...dashboard, navigation: navigation.counts }
  return new Map(
    Object.entries(answers).map(([name, answer]) => [
      name,
      JSON.stringify(ranges.map((range) => answer(range))),
    ]),
  )
}

/** The kinds of change that the engine reports of some work. */
async function reported({ wirewatch, folder }: Desk, work: () => unknown): Promise<Set<Change['type']>> {
  const types = new Set<Change['type']>()
  const stream = wirewatch.changes()
  await stream.next()
  await work()
  // The end of a job is reported after all that came before it.
  const nothing = join(folder, 'nothing.jsonl')
  writeFileSync(nothing, '')
  const { job } = wirewatch.archive.import(nothing)
  for await (const change of stream) {
    if (change.type === 'job' && change.job.id === job.id && change.job.state !== 'running') break
    types.add(change.type)
  }
  return types
}

const work: Record<string, (desk: Desk) => unknown> = {
  'stories arrive': ({ feeds, refresh }) => {
    feeds.set(URL_A, [{ id: '9', title: 'China and Russia sign one more pipeline deal' }])
    return refresh()
  },
  'two events are one': ({ wirewatch }) => wirewatch.events.merge(1, 2),
  'a story is read': ({ wirewatch }) => wirewatch.stories.setRead([first(wirewatch)], true),
  'a story is starred': ({ wirewatch }) => wirewatch.stories.setStarred(first(wirewatch), true),
  'a tag is corrected': ({ wirewatch }) => wirewatch.stories.correct(first(wirewatch), 'taiwan', 1),
  'a source is renamed': ({ wirewatch }) => wirewatch.sources.edit([1], { customTitle: 'The Post' }),
  'a source changes sides': ({ wirewatch }) => wirewatch.sources.edit([1], { bloc: 'CN' }),
  'a source fails': ({ feeds, refresh }) => {
    feeds.set(URL_B, new FeedError('status-500', 'The server failed.'))
    return refresh()
  },
  'a source is paused': ({ wirewatch }) => wirewatch.sources.edit([2], { paused: true }),
  'a source goes': ({ wirewatch }) => wirewatch.sources.remove(2),
  'a theme is renamed': ({ wirewatch }) => editTheme(wirewatch, { name: 'Moscow and Beijing', colour: 3 }),
  'a theme is widened': ({ wirewatch }) => editTheme(wirewatch, { query: 'title:ice' }),
  'a theme is switched off': ({ wirewatch }) => editTheme(wirewatch, { enabled: false }),
  'a theme is removed': ({ wirewatch }) => wirewatch.themes.remove('taiwan'),
  'an alert is renamed': ({ wirewatch }) => {
    const [alert] = wirewatch.alerts.list()
    if (alert !== undefined) wirewatch.alerts.save({ ...draftOf(alert), name: 'Gas' })
  },
  'hits are looked at': ({ wirewatch }) =>
    wirewatch.inbox.mark({ filter: { show: 'new', query: '' } }, { act: 'seen' }),
}

test('whatever is done, the page fetches every panel again that then shows something else', async ({
  desk,
}) => {
  const { wirewatch, feeds } = desk
  feeds.set(URL_A, [
    {
      id: '1',
      title: 'Xi Jinping visits Putin: Russia and China',
      published: 'Thu, 08 May 2025 10:00:00 GMT',
    },
    { id: '2', title: 'Ice cream prices rise' },
  ])
  feeds.set(URL_B, [{ id: '3', title: 'Pipeline deal between Russia and China' }])
  wirewatch.alerts.save({ name: 'Pipelines', query: 'pipeline', enabled: true })
  await wirewatch.sources.add({ url: URL_A, bloc: 'EU' })
  await wirewatch.sources.add({ url: URL_B, bloc: 'RU' })

  for (const [what, doIt] of Object.entries(work)) {
    const before = shown(desk)
    const types = await reported(desk, () => doIt(desk))
    const after = shown(desk)
    const changed = [...after.keys()].filter((panel) => before.get(panel) !== after.get(panel))
    expect(changed, what).not.toEqual([])
    const missed = changed.filter((panel) => {
      const by = panel === 'navigation' ? countsRefreshedBy : panelsRefreshedBy[panel as PanelName]
      return !by.some((type) => types.has(type))
    })
    expect(missed, `${what}: ${[...types].join(', ')} were reported`).toEqual([])
  }
}, 600_000)

const first = (wirewatch: Desk['wirewatch']): number =>
  wirewatch.stories.list({ query: '', limit: 1 }).rows[0]?.id ?? 0

function editTheme(
  wirewatch: Desk['wirewatch'],
  edit: { name?: string; colour?: number; query?: string; enabled?: boolean },
): Promise<unknown> | undefined {
  const theme = wirewatch.themes.list().themes.find(({ id }) => id === 'russia-china')
  if (theme === undefined) throw new Error('The pack has no theme russia-china.')
  const { stories: _, order: __, ...draft } = theme
  const { job } = wirewatch.themes.save({ ...draft, ...edit })
  return job === null ? undefined : wirewatch.finished(job.id)
}

const draftOf = ({ id, name, query, enabled }: ReturnType<Desk['wirewatch']['alerts']['list']>[number]) => ({
  id,
  name,
  query,
  enabled,
})
