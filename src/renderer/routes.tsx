import { type ComponentType, lazy } from 'react'
import { DashboardPage } from './dashboard/dashboardPage.tsx'
import type { InnerPlace, PlaceName } from './places.ts'

/** What each place shows. The dashboard comes with the first script; the others are fetched when they are first opened. */
export const pages: Record<PlaceName | InnerPlace['name'], ComponentType> = {
  dashboard: DashboardPage,
  stories: lazy(async () => ({ default: (await import('./stories/storiesPage.tsx')).StoriesPage })),
  event: lazy(async () => ({ default: (await import('./events/eventPage.tsx')).EventPage })),
  alerts: lazy(async () => ({ default: (await import('./alerts/alertsPage.tsx')).AlertsPage })),
  alertEditor: lazy(async () => ({
    default: (await import('./alerts/editor/alertEditorPage.tsx')).AlertEditorPage,
  })),
  themes: lazy(async () => ({ default: (await import('./themes/themesPage.tsx')).ThemesPage })),
  sources: lazy(async () => ({ default: (await import('./sources/sourcesPage.tsx')).SourcesPage })),
  settings: lazy(async () => ({ default: (await import('./settings/settingsPage.tsx')).SettingsPage })),
}
