import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.views

export const viewRoutes = (views: Wirewatch['views']) => ({
  annotations: on.annotations.handler(() => views.annotations()),
  annotate: on.annotate.handler(({ input }) => views.annotate(input.annotations)),
  panels: on.panels.handler(() => views.panels()),
  arrange: on.arrange.handler(({ input }) => views.arrange(input)),
  list: on.list.handler(() => views.list()),
  save: on.save.handler(({ input }) => views.save(input)),
  order: on.order.handler(({ input }) => nothing(views.order(input.ids))),
  remove: on.remove.handler(({ input }) => nothing(views.remove(input.id))),
  restore: on.restore.handler(({ input }) => views.restore(input.id)),
})
