import { type ComponentType, lazy } from 'react'
import { t } from '../messages/index.ts'
import { Above } from './above.tsx'
import { Blocs } from './blocs.tsx'
import { Health } from './health.tsx'
import { Hits } from './hits.tsx'
import { Latest } from './latest.tsx'
import { Countries } from './map/countries.tsx'
import { ThemesTable } from './themesTable.tsx'
import { TopEvents } from './topEvents.tsx'
import { Volume } from './volume.tsx'
import { WhoAndWhat } from './whoAndWhat.tsx'

// Further down than a window shows: not part of the first script.
const BlocsSideBySide = lazy(async () => ({ default: (await import('./sidesPanels.ts')).BlocsSideBySide }))
const BlindSpots = lazy(async () => ({ default: (await import('./sidesPanels.ts')).BlindSpots }))

/** How much of a row a panel takes; what is left of a row is shared among those that stand in it. */
export type PanelSize = 'third' | 'half' | 'wide'

export interface PanelEntry {
  /** Kept in archives and in saved views: never changed. */
  readonly id: string
  readonly title: string
  readonly size: PanelSize
  /** Fetches, refreshes and fails by itself. It asks for nothing before it is drawn. */
  readonly Panel: ComponentType
}

/** Every panel there is, in the order of a review, in which they stand until the person arranges them; those side by side are about as tall. */
export const panels: readonly PanelEntry[] = [
  { id: 'events', title: t.dashboard.top.title, size: 'wide', Panel: TopEvents },
  { id: 'above', title: t.dashboard.above.title, size: 'third', Panel: Above },
  { id: 'hits', title: t.dashboard.hits.title, size: 'half', Panel: Hits },
  { id: 'health', title: t.dashboard.health.title, size: 'half', Panel: Health },
  { id: 'volume', title: t.dashboard.volume.title, size: 'half', Panel: Volume },
  { id: 'blocs', title: t.dashboard.blocs.title, size: 'half', Panel: Blocs },
  { id: 'sides', title: t.dashboard.sides.title, size: 'half', Panel: BlocsSideBySide },
  { id: 'blind', title: t.dashboard.blind.title, size: 'half', Panel: BlindSpots },
  { id: 'entities', title: t.entities.title, size: 'half', Panel: WhoAndWhat },
  { id: 'countries', title: t.countries.title, size: 'half', Panel: Countries },
  { id: 'themes', title: t.dashboard.themes.title, size: 'half', Panel: ThemesTable },
  { id: 'latest', title: t.dashboard.latest.title, size: 'half', Panel: Latest },
]

/** The ids of all panels. */
export const PANEL_IDS: readonly string[] = panels.map(({ id }) => id)
