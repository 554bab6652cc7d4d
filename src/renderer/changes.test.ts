import { QueryClient, type QueryKey } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Change } from '../api/contract/changes.ts'
import { api } from './api.ts'
import { touched } from './changes.ts'

const range = { kind: 'visit' } as const
const known: Record<string, QueryKey> = {
  lead: api.dashboard.lead.queryKey({ input: { range } }),
  volume: api.dashboard.volume.queryKey({ input: { range } }),
  above: api.dashboard.above.queryKey({ input: { range } }),
  themes: api.dashboard.themes.queryKey({ input: { range } }),
  blocs: api.dashboard.blocs.queryKey({ input: { range } }),
  latest: api.dashboard.latest.queryKey({ input: { range } }),
  hits: api.dashboard.hits.queryKey({ input: { range } }),
  health: api.dashboard.health.queryKey({ input: { range } }),
  navigation: api.navigation.counts.queryKey({ input: { range } }),
  'list of stories': api.stories.list.queryKey({ input: { query: '', limit: 10 } }),
  'one story': api.stories.get.queryKey({ input: { id: 7 } }),
  'another story': api.stories.get.queryKey({ input: { id: 8 } }),
  'list of sources': api.sources.list.queryKey({ input: {} }),
  'list of themes': api.themes.list.queryKey({ input: {} }),
  inbox: api.inbox.overview.queryKey({ input: {} }),
  'saved searches': api.query.saved.queryKey({ input: {} }),
  settings: api.app.settings.queryKey({ input: {} }),
  'panels of the dashboard': api.views.panels.queryKey({ input: {} }),
  info: api.app.info.queryKey({ input: {} }),
}

/** The names of what a change has fetched again. */
function outdated(change: Change): string[] {
  const queries = new QueryClient()
  for (const key of Object.values(known)) queries.setQueryData(key, {})
  for (const queryKey of touched(change)) void queries.invalidateQueries({ queryKey })
  return Object.keys(known).filter((name) => queries.getQueryState(known[name] ?? [])?.isInvalidated)
}

const panels = ['lead', 'volume', 'above', 'themes', 'blocs', 'latest', 'hits', 'health']

test('new stories have all panels, the navigation and the lists fetched again', () => {
  expect(outdated({ type: 'stories', added: 1, updated: 0 })).toEqual([
    ...panels,
    'navigation',
    'list of stories',
    'list of sources',
    'list of themes',
    'info',
  ])
})

test('a source has every panel fetched again that shows sources or expects something of them', () => {
  expect(outdated({ type: 'sources', ids: [1] })).toEqual([
    ...panels.filter((name) => name !== 'volume'),
    'list of sources',
    'info',
  ])
})

test('a theme has every panel fetched again that shows themes', () => {
  expect(outdated({ type: 'themes' })).toEqual([
    ...panels.filter((name) => name !== 'health'),
    'navigation',
    'list of stories',
    'one story',
    'another story',
    'list of themes',
  ])
})

test('reading a story costs two panels, the lists and that story', () => {
  expect(outdated({ type: 'state', stories: [7] })).toEqual([
    'lead',
    'latest',
    'list of stories',
    'one story',
  ])
})

test('a hit costs two panels and the inbox', () => {
  expect(outdated({ type: 'alerts', hits: 1 })).toEqual(['lead', 'hits', 'inbox', 'info'])
})

test('saved searches and settings cost no panel', () => {
  expect(outdated({ type: 'searches' })).toEqual(['saved searches'])
  expect(outdated({ type: 'settings' })).toEqual(['settings', 'info'])
})
