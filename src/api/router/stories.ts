import type { Wirewatch } from '../../core/wirewatch.ts'
import { nothing, procedures } from './procedures.ts'

const on = procedures.stories

export const storyRoutes = (stories: Wirewatch['stories']) => ({
  list: on.list.handler(({ input }) => stories.list(input)),
  count: on.count.handler(({ input, signal }) =>
    input.exact === true ? stories.countExactly(input, signal) : stories.count(input),
  ),
  histogram: on.histogram.handler(({ input, signal }) => stories.histogramInSlices(input, signal)),
  get: on.get.handler(({ input }) => stories.get(input)),
  html: on.html.handler(({ input }) => ({ html: stories.html(input.id) })),
  setRead: on.setRead.handler(({ input }) => nothing(stories.setRead(input.ids, input.read))),
  setStarred: on.setStarred.handler(({ input }) => nothing(stories.setStarred(input.id, input.starred))),
  setNote: on.setNote.handler(({ input }) => nothing(stories.setNote(input.id, input.note))),
  correct: on.correct.handler(({ input }) => nothing(stories.correct(input.id, input.theme, input.verdict))),
  whyNot: on.whyNot.handler(({ input }) => stories.whyNot(input.id, input.theme)),
})
