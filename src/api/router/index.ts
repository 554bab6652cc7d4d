import type { Wirewatch } from '../../core/wirewatch.ts'
import { alertRoutes } from './alerts.ts'
import { appRoutes } from './app.ts'
import { channelRoutes } from './channels.ts'
import { dashboardRoutes } from './dashboard.ts'
import { eventRoutes } from './events.ts'
import { inboxRoutes } from './inbox.ts'
import { procedures } from './procedures.ts'
import { queryRoutes } from './query.ts'
import { sourceRoutes } from './sources.ts'
import { storyRoutes } from './stories.ts'
import { themeRoutes } from './themes.ts'
import { viewRoutes } from './views.ts'

/** The contract over one open data folder: what both shells serve. Holds no logic of its own. */
export function createRouter(wirewatch: Wirewatch) {
  const { entities, navigation } = wirewatch
  return procedures.router({
    app: appRoutes(wirewatch.app),
    stories: storyRoutes(wirewatch.stories),
    query: queryRoutes(wirewatch.query),
    sources: sourceRoutes(wirewatch.sources),
    themes: themeRoutes(wirewatch.themes),
    alerts: alertRoutes(wirewatch.alerts),
    inbox: inboxRoutes(wirewatch.inbox),
    channels: channelRoutes(wirewatch.channels),
    navigation: {
      counts: procedures.navigation.counts.handler(({ input }) => navigation.counts(input.range)),
    },
    dashboard: dashboardRoutes(wirewatch.dashboard),
    entities: {
      list: procedures.entities.list.handler(({ input }) => entities.list(input)),
      places: procedures.entities.places.handler(({ input }) => entities.places(input)),
    },
    events: eventRoutes(wirewatch.events),
    views: viewRoutes(wirewatch.views),
    changes: procedures.changes.handler(({ signal }) => wirewatch.changes(signal)),
  })
}
