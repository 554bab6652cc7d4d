import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.app

export const appRoutes = (app: Wirewatch['app']) => ({
  info: on.info.handler(() => app.info()),
  markVisit: on.markVisit.handler(() => app.markVisit()),
  settings: on.settings.handler(() => app.settings()),
  saveSettings: on.saveSettings.handler(({ input }) => app.saveSettings(input)),
  cancelJob: on.cancelJob.handler(({ input }) => nothing(app.cancelJob(input.id))),
})
