import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.views

export const viewRoutes = (views: Wirewatch['views']) => ({
  panels: on.panels.handler(() => views.panels()),
  arrange: on.arrange.handler(({ input }) => views.arrange(input)),
})
