import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.dashboard

export const dashboardRoutes = (dashboard: Wirewatch['dashboard']) => ({
  lead: on.lead.handler(({ input }) => dashboard.lead(input.range, input.filter)),
  volume: on.volume.handler(({ input }) => dashboard.volume(input.range, input.filter)),
  above: on.above.handler(({ input }) => dashboard.above(input.range, input.filter)),
  themes: on.themes.handler(({ input }) => dashboard.themes(input.range, input.filter)),
  blocs: on.blocs.handler(({ input }) => dashboard.blocs(input.range, input.filter)),
  latest: on.latest.handler(({ input }) => dashboard.latest(input.range, input.filter)),
  hits: on.hits.handler(({ input }) => dashboard.hits(input.range, input.filter)),
  health: on.health.handler(({ input }) => dashboard.health(input.range, input.filter)),
})
