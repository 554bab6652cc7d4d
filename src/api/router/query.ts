import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.query

export const queryRoutes = (query: Wirewatch['query']) => ({
  check: on.check.handler(({ input }) => query.check(input.query, input.use)),
  complete: on.complete.handler(({ input }) => query.complete(input.query, input.caret)),
  history: on.history.handler(() => query.history()),
  remember: on.remember.handler(({ input }) => nothing(query.remember(input.query))),
  forgetHistory: on.forgetHistory.handler(() => nothing(query.forgetHistory())),
  saved: on.saved.handler(() => query.saved()),
  save: on.save.handler(({ input }) => query.save(input)),
  removeSaved: on.removeSaved.handler(({ input }) => nothing(query.removeSaved(input.id))),
})
