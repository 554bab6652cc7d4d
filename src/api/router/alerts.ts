import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.alerts

export const alertRoutes = (alerts: Wirewatch['alerts']) => ({
  list: on.list.handler(() => alerts.list()),
  save: on.save.handler(({ input }) => alerts.save(input)),
  backtest: on.backtest.handler(({ input, signal }) => alerts.backtest(input, signal)),
  hitDays: on.hitDays.handler(({ input, signal }) => alerts.hitDays(input, signal)),
  why: on.why.handler(({ input }) => alerts.why(input)),
  matches: on.matches.handler(({ input }) => alerts.matches(input)),
  backfill: on.backfill.handler(({ input, signal }) => alerts.backfill(input.id, signal)),
  narrow: on.narrow.handler(({ input, signal }) => alerts.narrow(input, signal)),
  arrange: on.arrange.handler(({ input }) => nothing(alerts.arrange(input))),
  remove: on.remove.handler(({ input }) => nothing(alerts.remove(input.id))),
  restore: on.restore.handler(({ input }) => alerts.restore(input.id)),
  duplicate: on.duplicate.handler(({ input }) => alerts.duplicate(input.id)),
  export: on.export.handler(({ input }) => alerts.exportFile(input.ids)),
  import: on.import.handler(({ input }) => alerts.importFile(input)),
  takeNotices: on.takeNotices.handler(() => alerts.takeNotices()),
  acknowledge: on.acknowledge.handler(({ input }) => nothing(alerts.acknowledge(input.ids))),
})
