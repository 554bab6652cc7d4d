import type { ComponentType } from 'react'
import { AlertsPage } from './alerts/alertsPage.tsx'
import { DashboardPage } from './dashboard/dashboardPage.tsx'
import { EventPage } from './events/eventPage.tsx'
import type { InnerPlace, PlaceName } from './places.ts'
import { SettingsPage } from './settings/settingsPage.tsx'
import { SourcesPage } from './sources/sourcesPage.tsx'
import { StoriesPage } from './stories/storiesPage.tsx'
import { ThemesPage } from './themes/themesPage.tsx'

/** What each place shows. */
export const pages: Record<PlaceName | InnerPlace['name'], ComponentType> = {
  dashboard: DashboardPage,
  stories: StoriesPage,
  event: EventPage,
  alerts: AlertsPage,
  themes: ThemesPage,
  sources: SourcesPage,
  settings: SettingsPage,
}
