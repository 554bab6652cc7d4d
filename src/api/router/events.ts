import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.events

export const eventRoutes = (events: Wirewatch['events']) => ({
  list: on.list.handler(({ input, signal }) => events.list(input, signal)),
  waiting: on.waiting.handler(() => ({ stories: events.waiting() })),
  get: on.get.handler(({ input, signal }) => events.get(input, signal)),
  why: on.why.handler(({ input }) => events.why(input.a, input.b)),
  sides: on.sides.handler(({ input, signal }) => events.sides(input, signal)),
  blindSpots: on.blindSpots.handler(({ input, signal }) => events.blindSpots(input, signal)),
  voice: on.voice.handler(({ input, signal }) => events.voice(input, signal)),
  takeOut: on.takeOut.handler(({ input }) => events.takeOut(input.story)),
  putIn: on.putIn.handler(({ input }) => events.putIn(input.story, input.event)),
  merge: on.merge.handler(({ input }) => events.merge(input.event, input.other)),
  split: on.split.handler(({ input }) => events.split(input.event, input.stories)),
  rename: on.rename.handler(({ input }) => events.rename(input.event, input.name)),
  undo: on.undo.handler(({ input }) => nothing(events.undo(input.change))),
})
