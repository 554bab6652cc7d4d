import { ORPCError } from '@orpc/client'
import type { QueryKey } from '@tanstack/react-query'
import type { Change } from '../api/contract/changes.ts'
import type { Job } from '../api/contract/common.ts'
import type { PanelName } from '../api/contract/dashboard/index.ts'
import { api, client, queryClient } from './api.ts'
import { currentConnection, setConnection } from './connection.ts'
import { countsRefreshedBy, panelsRefreshedBy } from './refresh.ts'

/** How long changes are gathered before what they touch is fetched again. */
const GATHER_MS = 400
/** The same for what reads many stories to be answered: entities, and blocs side by side. */
const GATHER_LONG_MS = 5_000
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 8_000
/** How long "the engine restarted" stays to be read. */
const BACK_MS = 6_000

const listeners = new Set<(change: Change) => void>()

/** Calls `listener` with every change the engine reports; returns how to stop. */
export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Follows the engine's event stream for as long as the page lives: what a change touches is fetched again, and a
 * broken stream is opened again with growing pauses, after which everything is fetched again.
 */
export async function followChanges(): Promise<never> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      for await (const change of await client.changes({})) {
        if (change.type === 'hello') {
          wait = FIRST_WAIT_MS
          arrived()
        }
        touch(change)
        for (const listener of listeners) listener(change)
      }
      setConnection('lost')
    } catch (error) {
      setConnection(error instanceof ORPCError && error.status === 401 ? 'refused' : 'lost')
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

function arrived(): void {
  const again = currentConnection() !== 'connecting'
  setConnection(again ? 'back' : 'live')
  void queryClient.invalidateQueries({}, { cancelRefetch: again })
  if (again)
    setTimeout(() => {
      if (currentConnection() === 'back') setConnection('live')
    }, BACK_MS)
}

const stale = new Map<string, QueryKey>()
let gathering = false
let manyWait = false

function touch(change: Change): void {
  if (change.type === 'job') rememberJob(change.job)
  if (!manyWait && touchesMany.has(change.type)) {
    manyWait = true
    setTimeout(() => {
      manyWait = false
      for (const queryKey of MANY_STORIES) void queryClient.invalidateQueries({ queryKey })
    }, GATHER_LONG_MS)
  }
  for (const key of touched(change)) stale.set(JSON.stringify(key), key)
  if (gathering || stale.size === 0) return
  gathering = true
  setTimeout(() => {
    gathering = false
    const keys = [...stale.values()]
    stale.clear()
    for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
  }, GATHER_MS)
}

/** What reads many stories. */
const MANY_STORIES: readonly QueryKey[] = [
  api.entities.key(),
  api.events.sides.key(),
  api.events.blindSpots.key(),
  api.events.voice.key(),
]
/** Events one by one and in lists. */
const FEW_STORIES: readonly QueryKey[] = [
  api.events.list.key(),
  api.events.waiting.key(),
  api.events.get.key(),
  api.events.why.key(),
]

const touchesMany: ReadonlySet<Change['type']> = new Set([
  'stories',
  'state',
  'sources',
  'themes',
  'alerts',
  'events',
])

/** The keys of what a change puts out of date. */
export function touched(change: Change): QueryKey[] {
  return [...lists(change), ...figures(change)]
}

function figures({ type }: Change): QueryKey[] {
  const panels = Object.keys(panelsRefreshedBy) as PanelName[]
  return [
    ...panels
      .filter((name) => panelsRefreshedBy[name].includes(type))
      .map((name) => api.dashboard[name].key()),
    ...(countsRefreshedBy.includes(type) ? [api.navigation.counts.key()] : []),
  ]
}

function lists(change: Change): QueryKey[] {
  switch (change.type) {
    case 'stories':
      return [
        api.app.info.key(),
        ...FEW_STORIES,
        api.stories.list.key(),
        api.stories.count.key(),
        api.stories.histogram.key(),
        api.themes.list.key(),
        api.sources.list.key(),
      ]
    case 'state':
      return [
        api.stories.list.key(),
        api.stories.count.key(),
        ...change.stories.map((id) => api.stories.get.key({ input: { id } })),
      ]
    case 'sources':
      return [api.sources.key(), ...FEW_STORIES, api.app.info.key()]
    case 'themes':
      return [api.themes.key(), api.stories.key(), ...FEW_STORIES]
    case 'alerts':
      return [api.alerts.key(), api.inbox.key(), api.app.info.key()]
    case 'events':
      return [...FEW_STORIES, api.stories.key()]
    case 'deliveries':
      return [api.channels.key()]
    case 'searches':
      return [api.query.saved.key(), api.query.history.key()]
    case 'views':
      return [api.views.key()]
    case 'settings':
      return [api.app.settings.key(), api.app.info.key()]
    case 'job':
      return change.job.state === 'running' ? [] : [api.app.info.key()]
    case 'hello':
    case 'notices':
      return []
  }
}

/** Progress comes many times a second: it goes straight into what is known of the engine, without a call. */
function rememberJob(job: Job): void {
  queryClient.setQueryData(api.app.info.queryKey({ input: {} }), (info) => {
    if (info === undefined) return undefined
    const others = info.jobs.filter(({ id }) => id !== job.id)
    return { ...info, jobs: job.state === 'running' ? [...others, job] : others }
  })
}
