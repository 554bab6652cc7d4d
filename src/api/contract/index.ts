import { alerts } from './alerts.ts'
import { app } from './app.ts'
import { changes } from './changes.ts'
import { channels } from './channels.ts'
import { dashboard } from './dashboard/index.ts'
import { entities } from './entities.ts'
import { events } from './events.ts'
import { inbox } from './inbox.ts'
import { navigation } from './navigation.ts'
import { query } from './query.ts'
import { sources } from './sources.ts'
import { stories } from './stories.ts'
import { themes } from './themes.ts'
import { views } from './views.ts'

/** The typed contract between every page and the engine, split by noun. */
export const contract = {
  app,
  stories,
  query,
  sources,
  themes,
  alerts,
  inbox,
  channels,
  navigation,
  dashboard,
  entities,
  events,
  views,
  changes,
}
export type Contract = typeof contract
