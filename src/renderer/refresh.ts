import type { Change } from '../api/contract/changes.ts'
import type { PanelName } from '../api/contract/dashboard/index.ts'

type Changes = readonly Change['type'][]

/**
 * Which changes put a panel of the dashboard out of date. A story's reading state (`state`) shows only where stories are
 * listed or counted as unread. Sources matter wherever something is expected of a theme: blocs and themes are tested
 * together, so a source's bloc can change which of them stand out.
 */
export const panelsRefreshedBy: Readonly<Record<PanelName, Changes>> = {
  lead: ['stories', 'state', 'sources', 'themes', 'alerts', 'events'],
  top: ['stories', 'sources', 'themes', 'events'],
  volume: ['stories', 'themes', 'events'],
  above: ['stories', 'sources', 'themes', 'events'],
  themes: ['stories', 'sources', 'themes', 'events'],
  blocs: ['stories', 'sources', 'themes', 'events'],
  latest: ['stories', 'state', 'sources', 'themes', 'events'],
  hits: ['stories', 'sources', 'themes', 'alerts', 'events'],
  health: ['stories', 'sources'],
  overview: ['stories', 'sources'],
}

/** Which changes put the counts of the navigation out of date. */
export const countsRefreshedBy: Changes = ['stories', 'themes', 'events']
