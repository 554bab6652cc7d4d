import type { PastSearch, SavedSearch, SearchDraft } from '../../api/contract/query.ts'
import { Problem } from '../problem.ts'
import type { WritableDb } from './connection.ts'

export interface SearchStore {
  saved(): SavedSearch[]
  /** @throws Problem CONFLICT where the name is taken, NOT_FOUND where the id is unknown */
  save(draft: SearchDraft, now: number): SavedSearch
  remove(id: number): void
  /** Newest first, at most 50. */
  history(): PastSearch[]
  remember(query: string, now: number): void
  forget(): void
}

const REMEMBERED = 50

export function searchStore(db: WritableDb): SearchStore {
  const saved = db.prepare('SELECT id, name, query, created FROM saved_search ORDER BY name COLLATE NOCASE')
  const one = db.prepare('SELECT id, name, query, created FROM saved_search WHERE id = ?')
  const named = db.prepare('SELECT id FROM saved_search WHERE name = ?').pluck()
  const insert = db.prepare('INSERT INTO saved_search (name, query, created) VALUES (?, ?, ?)')
  const update = db.prepare('UPDATE saved_search SET name = ?, query = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM saved_search WHERE id = ?')
  const history = db.prepare('SELECT query, at FROM search_history ORDER BY at DESC LIMIT ?')
  const remember = db.prepare(
    'INSERT INTO search_history (query, at) VALUES (?, ?) ON CONFLICT (query) DO UPDATE SET at = excluded.at',
  )
  const trim = db.prepare(
    'DELETE FROM search_history WHERE query NOT IN (SELECT query FROM search_history ORDER BY at DESC LIMIT ?)',
  )
  const forget = db.prepare('DELETE FROM search_history')

  return {
    saved: () => saved.all() as SavedSearch[],
    save({ id, name, query }, now) {
      const holder = named.get(name) as number | undefined
      if (holder !== undefined && holder !== id)
        throw new Problem('CONFLICT', `There is a saved search “${name}” already: choose another name.`)
      if (id === undefined) return one.get(insert.run(name, query, now).lastInsertRowid) as SavedSearch
      if (update.run(name, query, id).changes === 0)
        throw new Problem('NOT_FOUND', 'This saved search is no longer there.')
      return one.get(id) as SavedSearch
    },
    remove: (id) => {
      remove.run(id)
    },
    history: () => history.all(REMEMBERED) as { query: string; at: number }[],
    remember(query, now) {
      remember.run(query, now)
      trim.run(REMEMBERED)
    },
    forget: () => {
      forget.run()
    },
  }
}
