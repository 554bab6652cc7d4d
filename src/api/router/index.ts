import { implement, ORPCError } from '@orpc/server'
import { FeedError, Problem, QueryError, StoreError, type Wirewatch } from '../../core/wirewatch.ts'
import { contract } from '../contract/index.ts'

/** The contract over one open data folder: what both shells serve. Holds no logic of its own. */
export function createRouter(wirewatch: Wirewatch) {
  const { app, stories, query, sources, themes, alerts, dashboard, entities } = wirewatch
  const on = implement(contract).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      throw told(error)
    }
  })
  const nothing = {}
  const done = (): Record<never, never> => nothing

  return on.router({
    app: {
      info: on.app.info.handler(() => app.info()),
      markVisit: on.app.markVisit.handler(() => app.markVisit()),
      settings: on.app.settings.handler(() => app.settings()),
      saveSettings: on.app.saveSettings.handler(({ input }) => app.saveSettings(input)),
      cancelJob: on.app.cancelJob.handler(({ input }) => {
        app.cancelJob(input.id)
        return done()
      }),
    },
    stories: {
      list: on.stories.list.handler(({ input }) => stories.list(input)),
      count: on.stories.count.handler(({ input }) =>
        input.exact === true ? stories.countExactly(input.query) : stories.count(input),
      ),
      histogram: on.stories.histogram.handler(({ input }) => stories.histogram(input)),
      get: on.stories.get.handler(({ input }) => stories.get(input)),
      html: on.stories.html.handler(({ input }) => ({ html: stories.html(input.id) })),
      setRead: on.stories.setRead.handler(({ input }) => {
        stories.setRead(input.ids, input.read)
        return done()
      }),
      setStarred: on.stories.setStarred.handler(({ input }) => {
        stories.setStarred(input.id, input.starred)
        return done()
      }),
      setNote: on.stories.setNote.handler(({ input }) => {
        stories.setNote(input.id, input.note)
        return done()
      }),
      correct: on.stories.correct.handler(({ input }) => {
        stories.correct(input.id, input.theme, input.verdict)
        return done()
      }),
      whyNot: on.stories.whyNot.handler(({ input }) => stories.whyNot(input.id, input.theme)),
    },
    query: {
      check: on.query.check.handler(({ input }) => query.check(input.query, input.use)),
      complete: on.query.complete.handler(({ input }) => query.complete(input.query, input.caret)),
      history: on.query.history.handler(() => query.history()),
      remember: on.query.remember.handler(({ input }) => {
        query.remember(input.query)
        return done()
      }),
      forgetHistory: on.query.forgetHistory.handler(() => {
        query.forgetHistory()
        return done()
      }),
      saved: on.query.saved.handler(() => query.saved()),
      save: on.query.save.handler(({ input }) => query.save(input)),
      removeSaved: on.query.removeSaved.handler(({ input }) => {
        query.removeSaved(input.id)
        return done()
      }),
    },
    sources: {
      list: on.sources.list.handler(() => sources.list()),
      get: on.sources.get.handler(({ input }) => sources.get(input.id)),
      add: on.sources.add.handler(({ input }) => sources.add(input)),
      suggest: on.sources.suggest.handler(({ input }) => sources.suggest(input.ids)),
      edit: on.sources.edit.handler(({ input }) => sources.edit(input.ids, input.edit)),
      remove: on.sources.remove.handler(({ input }) => sources.remove(input.id)),
      refresh: on.sources.refresh.handler(({ input }) => sources.refresh(input.id)),
      log: on.sources.log.handler(({ input }) => sources.log(input.id, input.limit)),
      discover: on.sources.discover.handler(({ input }) => sources.discover(input.address)),
      starter: on.sources.starter.handler(() => sources.starter()),
      addStarter: on.sources.addStarter.handler(({ input }) => sources.addStarter(input.urls)),
      importOpml: on.sources.importOpml.handler(({ input }) => sources.importOpml(input.opml)),
      exportOpml: on.sources.exportOpml.handler(() => sources.exportOpml()),
    },
    themes: {
      list: on.themes.list.handler(() => themes.list()),
      concepts: on.themes.concepts.handler(() => themes.concepts()),
      conceptUse: on.themes.conceptUse.handler(({ input }) => themes.conceptUse(input.name)),
      saveConcept: on.themes.saveConcept.handler(({ input }) => themes.saveConcept(input)),
      removeConcept: on.themes.removeConcept.handler(({ input }) => {
        themes.removeConcept(input.name)
        return {}
      }),
      preview: on.themes.preview.handler(({ input, signal }) => themes.preview(input, { signal })),
      previewWhole: on.themes.previewWhole.handler(({ input, signal }) =>
        themes.preview(input, { thorough: true, signal }),
      ),
      save: on.themes.save.handler(({ input }) => themes.save(input)),
      remove: on.themes.remove.handler(({ input }) => {
        themes.remove(input.id)
        return done()
      }),
      restore: on.themes.restore.handler(({ input }) => themes.restore(input.id)),
      reorder: on.themes.reorder.handler(({ input }) => {
        themes.reorder(input.ids)
        return done()
      }),
      exportPack: on.themes.exportPack.handler(() => themes.exportPack()),
      importPack: on.themes.importPack.handler(({ input }) => themes.importPack(input.json)),
    },
    alerts: {
      list: on.alerts.list.handler(() => alerts.list()),
      save: on.alerts.save.handler(({ input }) => alerts.save(input)),
      remove: on.alerts.remove.handler(({ input }) => {
        alerts.remove(input.id)
        return done()
      }),
      hits: on.alerts.hits.handler(({ input }) => alerts.hits(input)),
      markSeen: on.alerts.markSeen.handler(({ input }) => {
        alerts.markSeen(input)
        return done()
      }),
    },
    dashboard: { get: on.dashboard.get.handler(({ input }) => dashboard.get(input.range)) },
    entities: { list: on.entities.list.handler(({ input }) => entities.list(input)) },
    changes: on.changes.handler(({ signal }) => wirewatch.changes(signal)),
  })
}

export type Router = ReturnType<typeof createRouter>

/** What the core throws as the contract's typed errors; everything else passes as the fault it is. */
function told(error: unknown): unknown {
  if (error instanceof QueryError) {
    const { start, end } = error.at
    return new ORPCError('QUERY', {
      status: 400,
      message: error.message,
      data: { at: { start, end }, ...(error.repair === undefined ? {} : { repair: error.repair }) },
    })
  }
  if (error instanceof Problem)
    return new ORPCError(error.code, { status: STATUS[error.code], message: error.message })
  if (error instanceof FeedError)
    return new ORPCError('FETCH', { status: 502, message: error.message, data: { code: error.code } })
  if (error instanceof StoreError) return new ORPCError('INVALID', { status: 400, message: error.message })
  return error
}

const STATUS = { INVALID: 400, NOT_FOUND: 404, CONFLICT: 409 } as const
