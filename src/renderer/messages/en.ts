import { alertEditor } from './en/alertEditor.ts'
import { alerts } from './en/alerts.ts'
import { channels } from './en/channels.ts'
import { common } from './en/common.ts'
import { countries } from './en/countries.ts'
import { dashboard } from './en/dashboard.ts'
import { entities } from './en/entities.ts'
import { events } from './en/events.ts'
import { exporting } from './en/exporting.ts'
import { frame } from './en/frame.ts'
import { inbox } from './en/inbox.ts'
import { query } from './en/query.ts'
import { settings } from './en/settings.ts'
import { sources } from './en/sources.ts'
import { stories } from './en/stories.ts'
import { themes } from './en/themes.ts'
import { views } from './en/views.ts'

/** The English catalogue, one file per part of the interface. */
export const en = {
  ...common,
  ...frame,
  ...dashboard,
  ...views,
  ...entities,
  ...countries,
  ...exporting,
  ...events,
  ...query,
  ...stories,
  ...alerts,
  ...alertEditor,
  ...inbox,
  ...channels,
  ...themes,
  ...sources,
  ...settings,
}
