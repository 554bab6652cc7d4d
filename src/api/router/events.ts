import type { Wirewatch } from '../../core/wirewatch.ts'
import { procedures } from './procedures.ts'

const on = procedures.events

export const eventRoutes = (events: Wirewatch['events']) => ({
  list: on.list.handler(({ input, signal }) => events.list(input, signal)),
})
