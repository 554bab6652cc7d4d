import type { SavedView, ViewDraft } from '../../api/contract/views.ts'
import { Problem } from '../problem.ts'
import type { WritableDb } from './connection.ts'

/** A saved view as it is kept: whether its filter can be read is not the store's to know. */
export type ViewRecord = Omit<SavedView, 'fault'>

/** All that was kept of a view, to be put back as it was. */
export type RemovedView = Row

export interface ViewStore {
  /** In the person's order. */
  all(): ViewRecord[]
  /** @throws Problem CONFLICT where the name is taken, NOT_FOUND where the id is unknown */
  save(draft: ViewDraft): ViewRecord
  /** Sorts the views; those that are not named come after. */
  order(ids: readonly number[]): void
  /** @returns what was there, if anything was */
  remove(id: number): RemovedView | undefined
  /** @throws Problem CONFLICT where another view has the name by now */
  restore(removed: RemovedView): ViewRecord
}

interface Row {
  id: number
  name: string
  place: number
  range: string
  panels: string
  filter: string
  unit: ViewRecord['unit']
  pinned: number
}

export function viewStore(db: WritableDb): ViewStore {
  const columns = 'id, name, place, range, panels, filter, unit, pinned'
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM saved_view ORDER BY place, id`)
  const one = db.prepare<[number], Row>(`SELECT ${columns} FROM saved_view WHERE id = ?`)
  const named = db.prepare<[string], { id: number; name: string }>(
    'SELECT id, name FROM saved_view WHERE name = ?',
  )
  const insert = db.prepare(
    `INSERT INTO saved_view (name, place, range, panels, filter, unit, pinned)
     VALUES (@name, (SELECT ifnull(max(place), 0) + 1 FROM saved_view), @range, @panels, @filter, @unit, @pinned)`,
  )
  const update = db.prepare(
    `UPDATE saved_view SET name = @name, range = @range, panels = @panels, filter = @filter, unit = @unit, pinned = @pinned
     WHERE id = @id`,
  )
  const place = db.prepare('UPDATE saved_view SET place = ? WHERE id = ?')
  const putBack = db.prepare(
    `INSERT INTO saved_view (${columns}) VALUES (@id, @name, @place, @range, @panels, @filter, @unit, @pinned)`,
  )
  const remove = db.prepare('DELETE FROM saved_view WHERE id = ?')

  const refuseTaken = (name: string, id: number | undefined): void => {
    const holder = named.get(name)
    if (holder !== undefined && holder.id !== id)
      throw new Problem('CONFLICT', `There is a view “${holder.name}” already: choose another name.`)
  }
  const read = (id: number): ViewRecord => {
    const row = one.get(id)
    if (row === undefined) throw new Problem('NOT_FOUND', 'This view is no longer there.')
    return viewOf(row)
  }

  return {
    all: () => all.all().map(viewOf),
    save({ id, ...draft }) {
      refuseTaken(draft.name, id)
      const values = {
        ...draft,
        range: JSON.stringify(draft.range),
        panels: JSON.stringify(draft.panels),
        pinned: draft.pinned ? 1 : 0,
      }
      if (id === undefined) return read(Number(insert.run(values).lastInsertRowid))
      update.run({ ...values, id })
      return read(id)
    },
    order(ids) {
      const others = all.all().flatMap(({ id }) => (ids.includes(id) ? [] : [id]))
      db.transact(() => {
        for (const [index, id] of [...ids, ...others].entries()) place.run(index, id)
      })
    },
    remove(id) {
      const row = one.get(id)
      remove.run(id)
      return row
    },
    restore(removed) {
      refuseTaken(removed.name, removed.id)
      putBack.run(removed)
      return read(removed.id)
    },
  }
}

const viewOf = ({ place: _place, range, panels, pinned, ...row }: Row): ViewRecord => ({
  ...row,
  range: JSON.parse(range) as ViewRecord['range'],
  panels: JSON.parse(panels) as ViewRecord['panels'],
  pinned: pinned === 1,
})
