import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.sources

export const sourceRoutes = (sources: Wirewatch['sources']) => ({
  list: on.list.handler(() => sources.list()),
  get: on.get.handler(({ input }) => sources.get(input.id)),
  add: on.add.handler(({ input }) => sources.add(input)),
  suggest: on.suggest.handler(({ input }) => sources.suggest(input.ids)),
  edit: on.edit.handler(({ input }) => sources.edit(input.ids, input.edit)),
  remove: on.remove.handler(({ input }) => sources.remove(input.id)),
  refresh: on.refresh.handler(({ input }) => sources.refresh(input.id)),
  log: on.log.handler(({ input }) => sources.log(input.id, input.limit)),
  discover: on.discover.handler(({ input }) => sources.discover(input.address)),
  starter: on.starter.handler(() => sources.starter()),
  addStarter: on.addStarter.handler(({ input }) => sources.addStarter(input.urls)),
  importOpml: on.importOpml.handler(({ input }) => sources.importOpml(input.opml)),
  exportOpml: on.exportOpml.handler(() => sources.exportOpml()),
})
