import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.dashboard

export const dashboardRoutes = (dashboard: Wirewatch['dashboard']) => ({
  lead: on.lead.handler(({ input }) => dashboard.lead(input.range, input.filter, input.unit)),
  top: on.top.handler(({ input }) => dashboard.top(input.range, input.filter, input.unit)),
  volume: on.volume.handler(({ input }) => dashboard.volume(input.range, input.filter, input.unit)),
  above: on.above.handler(({ input }) => dashboard.above(input.range, input.filter, input.unit)),
  themes: on.themes.handler(({ input }) => dashboard.themes(input.range, input.filter, input.unit)),
  blocs: on.blocs.handler(({ input }) => dashboard.blocs(input.range, input.filter, input.unit)),
  latest: on.latest.handler(({ input }) => dashboard.latest(input.range, input.filter, input.unit)),
  hits: on.hits.handler(({ input }) => dashboard.hits(input.range, input.filter, input.unit)),
  health: on.health.handler(({ input }) => dashboard.health(input.range, input.filter, input.unit)),
  overview: on.overview.handler(({ input }) => dashboard.overview(input.range)),
})
