import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.alerts

export const alertRoutes = (alerts: Wirewatch['alerts']) => ({
  list: on.list.handler(() => alerts.list()),
  save: on.save.handler(({ input }) => alerts.save(input)),
  remove: on.remove.handler(({ input }) => nothing(alerts.remove(input.id))),
  hits: on.hits.handler(({ input }) => alerts.hits(input)),
  takeNotices: on.takeNotices.handler(() => alerts.takeNotices()),
  acknowledge: on.acknowledge.handler(({ input }) => nothing(alerts.acknowledge(input.ids))),
  markSeen: on.markSeen.handler(({ input }) => nothing(alerts.markSeen(input))),
})
