import type { Annotation, Arrangement, SavedView, ViewDraft } from '../../api/contract/views.ts'
import { Problem } from '../problem.ts'
import { QueryError } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import type { RemovedView, ViewRecord } from '../store/views.ts'
import type { DoorParts } from './parts.ts'

export interface Views {
  /** How the dashboard's panels are arranged where no view is open. */
  panels(): Arrangement
  arrange(arrangement: Arrangement): Arrangement
  /** The saved views in the person's order, also those whose filter can no longer be read. */
  list(): SavedView[]
  /**
   * Saves a new view, or one that is there (by its id).
   * @throws Problem INVALID without a name, CONFLICT where the name is taken, NOT_FOUND where the view is gone
   * @throws QueryError where the filter is another one and cannot be read
   */
  save(draft: ViewDraft): SavedView
  order(ids: readonly number[]): void
  remove(id: number): void
  /**
   * Undoes a removal since the engine began: the view has its id and its place again.
   * @throws Problem NOT_FOUND where none is known, CONFLICT where the name is taken by now
   */
  restore(id: number): SavedView
  /** What the person noted at days, by day. */
  annotations(): Annotation[]
  annotate(annotations: readonly Annotation[]): Annotation[]
}

type Parts = Pick<DoorParts, 'settings' | 'views' | 'changes' | 'definitions'>

export function viewNoun({ settings, views, changes, definitions }: Parts): Views {
  const removed = new Map<number, RemovedView>()
  const changed = (): void => changes.emit({ type: 'views' })
  const read = (filter: string): void => {
    if (filter !== '') parseQuery(filter, { use: 'search', concepts: definitions().concepts })
  }

  /** A filter names concepts: one that was removed since leaves it unreadable. */
  function withFault(view: ViewRecord): SavedView {
    try {
      read(view.filter)
      return { ...view, fault: null }
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      return { ...view, fault: error.message }
    }
  }

  return {
    annotations: () => [...settings.get('annotations')],
    annotate(annotations) {
      const byDay = annotations.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
      settings.set('annotations', byDay)
      changed()
      return byDay
    },
    panels: () => settings.get('panels'),
    arrange(arrangement) {
      settings.set('panels', arrangement)
      changed()
      return arrangement
    },
    list: () => views.all().map(withFault),
    save(draft) {
      const name = draft.name.trim()
      if (name === '') throw new Problem('INVALID', 'A view needs a name.')
      const filter = draft.filter.trim()
      // One that can no longer be read can still be renamed.
      if (views.all().find(({ id }) => id === draft.id)?.filter !== filter) read(filter)
      const saved = views.save({ ...draft, name, filter })
      changed()
      return withFault(saved)
    },
    order(ids) {
      views.order(ids)
      changed()
    },
    remove(id) {
      const view = views.remove(id)
      if (view !== undefined) removed.set(id, view)
      changed()
    },
    restore(id) {
      const view = removed.get(id)
      if (view === undefined) throw new Problem('NOT_FOUND', 'This view can no longer be brought back.')
      const restored = views.restore(view)
      removed.delete(id)
      changed()
      return withFault(restored)
    },
  }
}
