import type { IconName } from './components/icon.tsx'
import type { t } from './messages/index.ts'

export type PlaceName = keyof typeof t.nav &
  ('dashboard' | 'stories' | 'alerts' | 'themes' | 'sources' | 'settings')

/** A page as the frame knows it: where it is and what leads there. What it shows stands in routes.tsx. */
export interface Place {
  /** Its name in the catalogue, and its entry in the navigation. */
  readonly name: PlaceName
  /** Where its navigation entry leads. */
  readonly href: string
  /** The addresses it answers to (wouter patterns). */
  readonly path: string
  readonly icon: IconName
  /** What is pressed after g. */
  readonly key: string
  /** Its content stands in a column of limited width, and so does the top bar over it. */
  readonly column?: boolean
  /** Whether the range control in the top bar applies to it. */
  readonly ranged?: boolean
  /** Whether it lists or counts events, or stories if the person wants. */
  readonly counted?: boolean
}

/** Every page there is, in the navigation's order. */
export const places: readonly Place[] = [
  {
    name: 'dashboard',
    href: '/',
    path: '/',
    icon: 'dashboard',
    key: 'd',
    ranged: true,
    counted: true,
    column: true,
  },
  { name: 'stories', href: '/stories', path: '/stories/:id?', icon: 'stories', key: 's', counted: true },
  { name: 'alerts', href: '/alerts', path: '/alerts/:id?', icon: 'alerts', key: 'a', counted: true },
  { name: 'themes', href: '/themes', path: '/themes', icon: 'themes', key: 't' },
  { name: 'sources', href: '/sources', path: '/sources', icon: 'sources', key: 'o', column: true },
  { name: 'settings', href: '/settings', path: '/settings', icon: 'settings', key: ',' },
]

/** A page that no entry of the navigation leads to; it belongs to a place that has one. */
export interface InnerPlace extends Pick<Place, 'path' | 'column'> {
  readonly name: 'event' | 'alertEditor'
  readonly of: PlaceName
}

export const innerPlaces: readonly InnerPlace[] = [
  { name: 'event', path: '/events/:id', of: 'stories', column: true },
  { name: 'alertEditor', path: '/alerts/edit/:id', of: 'alerts' },
]
