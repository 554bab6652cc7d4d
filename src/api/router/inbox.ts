import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.inbox

export const inboxRoutes = (inbox: Wirewatch['inbox']) => ({
  overview: on.overview.handler(() => inbox.overview()),
  list: on.list.handler(({ input, signal }) => inbox.list(input, signal)),
  mark: on.mark.handler(({ input }) => inbox.mark(input.of, input.act)),
  undo: on.undo.handler(({ input }) => inbox.undo(input.undo)),
})
