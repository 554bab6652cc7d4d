import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.dashboard

export const dashboardRoutes = (dashboard: Wirewatch['dashboard']) => ({
  lead: on.lead.handler(({ input }) => dashboard.lead(input.range)),
  volume: on.volume.handler(({ input }) => dashboard.volume(input.range)),
  above: on.above.handler(({ input }) => dashboard.above(input.range)),
  themes: on.themes.handler(({ input }) => dashboard.themes(input.range)),
  blocs: on.blocs.handler(({ input }) => dashboard.blocs(input.range)),
  latest: on.latest.handler(({ input }) => dashboard.latest(input.range)),
  hits: on.hits.handler(({ input }) => dashboard.hits(input.range)),
  health: on.health.handler(({ input }) => dashboard.health(input.range)),
})
