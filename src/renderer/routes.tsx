import type { ComponentType } from 'react'
import { AlertsPage } from './alerts/alertsPage.tsx'
import type { IconName } from './components/icon.tsx'
import { DashboardPage } from './dashboard/dashboardPage.tsx'
import type { t } from './messages/index.ts'
import { SettingsPage } from './settings/settingsPage.tsx'
import { SourcesPage } from './sources/sourcesPage.tsx'
import { StoriesPage } from './stories/storiesPage.tsx'
import { ThemesPage } from './themes/themesPage.tsx'

export interface Place {
  /** Its name in the catalogue, and its entry in the navigation. */
  name: keyof typeof t.nav & ('dashboard' | 'stories' | 'alerts' | 'themes' | 'sources' | 'settings')
  /** Where its navigation entry leads. */
  href: string
  /** The addresses it answers to (wouter patterns). */
  path: string
  icon: IconName
  /** What is pressed after g. */
  key: string
  page: ComponentType
  /** Whether the range control in the top bar applies to it. */
  ranged?: boolean
}

/** Every page there is, in the navigation's order. */
export const places: readonly Place[] = [
  { name: 'dashboard', href: '/', path: '/', icon: 'dashboard', key: 'd', page: DashboardPage, ranged: true },
  {
    name: 'stories',
    href: '/stories',
    path: '/stories/:id?',
    icon: 'stories',
    key: 's',
    page: StoriesPage,
  },
  { name: 'alerts', href: '/alerts', path: '/alerts', icon: 'alerts', key: 'a', page: AlertsPage },
  { name: 'themes', href: '/themes', path: '/themes', icon: 'themes', key: 't', page: ThemesPage },
  { name: 'sources', href: '/sources', path: '/sources', icon: 'sources', key: 'o', page: SourcesPage },
  { name: 'settings', href: '/settings', path: '/settings', icon: 'settings', key: ',', page: SettingsPage },
]
