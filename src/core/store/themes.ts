import { Problem } from '../problem.ts'
import type { WritableDb } from './connection.ts'
import { storeError } from './failure.ts'
import { rowUpdate } from './rowUpdate.ts'

export interface ThemeRecord {
  readonly id: number
  readonly key: string
  readonly kind: 'theme' | 'group'
  readonly group_id: number | null
  readonly name: string
  readonly description: string
  readonly query: string
  readonly threshold: number
  readonly colour: number
  readonly position: number
  readonly enabled: 0 | 1
  readonly edited: 0 | 1
  readonly stale: 0 | 1
  readonly removed_at: number | null
}

export interface ConceptRecord {
  readonly name: string
  readonly label: string
  readonly type: 'person' | 'organisation' | 'place' | 'topic'
  readonly forms: string[]
  readonly except: string[]
  readonly asOf: string
  readonly notes: string
}

export type NewTheme = Omit<ThemeRecord, 'id' | 'removed_at' | 'stale'>

export interface ThemeStore {
  /** Themes and groups that were not removed, in their order. */
  all(): ThemeRecord[]
  /** Removed ones too. @throws Problem NOT_FOUND */
  byKey(key: string): ThemeRecord
  find(key: string): ThemeRecord | undefined
  /** Adds, or overwrites the one with this key, and marks it stale. */
  put(theme: NewTheme): ThemeRecord
  update(id: number, change: Partial<Omit<ThemeRecord, 'id' | 'key'>>): void
  /** Themes (removed ones among them) whose tags are not yet those of their query. */
  stale(): ThemeRecord[]
  allStale(): void
  concepts(): ConceptRecord[]
  /** Adds, or overwrites the one of this name; where `edited` is false, not one that a person edited or removed. */
  putConcept(concept: ConceptRecord, by: { edited: boolean }): void
  removeConcept(name: string, now: number): void
  /** Stories per theme row id. */
  counts(): Map<number, number>
}

export function themeStore(db: WritableDb): ThemeStore {
  const all = db.prepare('SELECT * FROM theme WHERE removed_at IS NULL ORDER BY position, id')
  const find = db.prepare('SELECT * FROM theme WHERE key = ?')
  const put = db.prepare(
    `INSERT INTO theme (key, kind, group_id, name, description, query, threshold, colour, position, enabled, edited, stale)
     VALUES (@key, @kind, @group_id, @name, @description, @query, @threshold, @colour, @position, @enabled, @edited, 1)
     ON CONFLICT (key) DO UPDATE SET group_id = excluded.group_id, name = excluded.name,
       description = excluded.description, query = excluded.query, threshold = excluded.threshold,
       colour = excluded.colour, position = excluded.position, enabled = excluded.enabled, edited = excluded.edited,
       stale = 1, removed_at = NULL`,
  )
  const stale = db.prepare("SELECT * FROM theme WHERE stale = 1 AND kind = 'theme' ORDER BY position, id")
  const allStale = db.prepare("UPDATE theme SET stale = 1 WHERE kind = 'theme'")
  const concepts = db.prepare('SELECT * FROM concept WHERE removed_at IS NULL ORDER BY name')
  const putConcept = db.prepare(
    `INSERT INTO concept (name, label, type, forms, except_forms, as_of, notes, edited)
     VALUES (@name, @label, @type, @forms, @except, @asOf, @notes, @edited)
     ON CONFLICT (name) DO UPDATE SET label = excluded.label, type = excluded.type, forms = excluded.forms,
       except_forms = excluded.except_forms, as_of = excluded.as_of, notes = excluded.notes,
       edited = excluded.edited, removed_at = NULL
       WHERE excluded.edited = 1 OR concept.edited = 0`,
  )
  const removeConcept = db.prepare('UPDATE concept SET removed_at = ?, edited = 1 WHERE name = ?')
  const counts = db
    .prepare('SELECT theme_id, sum(stories) FROM total WHERE theme_id != 0 GROUP BY theme_id')
    .raw()
  const update = rowUpdate<ThemeRecord>(db, 'theme')

  const store: ThemeStore = {
    all: () => all.all() as ThemeRecord[],
    byKey(key) {
      const row = store.find(key)
      if (row === undefined) throw new Problem('NOT_FOUND', `There is no theme “${key}”.`)
      return row
    },
    find: (key) => find.get(key) as ThemeRecord | undefined,
    put(theme) {
      put.run(theme)
      return store.byKey(theme.key)
    },
    update,
    allStale: () => {
      allStale.run()
    },
    stale: () => stale.all() as ThemeRecord[],
    concepts: () =>
      (
        concepts.all() as {
          name: string
          label: string
          type: ConceptRecord['type']
          forms: string
          except_forms: string
          as_of: string
          notes: string
        }[]
      ).map((row) => ({
        name: row.name,
        label: row.label,
        type: row.type,
        forms: formsOf(row.forms),
        except: formsOf(row.except_forms),
        asOf: row.as_of,
        notes: row.notes,
      })),
    putConcept(concept, { edited }) {
      putConcept.run({
        ...concept,
        edited: edited ? 1 : 0,
        forms: JSON.stringify(concept.forms),
        except: JSON.stringify(concept.except),
      })
    },
    removeConcept(name, now) {
      removeConcept.run(now, name)
    },
    counts: () => new Map(counts.all() as [number, number][]),
  }
  return store
}

/** @throws StoreError where the text is no list: damage that the database does not notice */
function formsOf(text: string): string[] {
  try {
    return JSON.parse(text) as string[]
  } catch (error) {
    throw storeError('damaged', 'of this data folder', error)
  }
}
