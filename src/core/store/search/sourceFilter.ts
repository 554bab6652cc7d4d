import type { SourceField } from '../../query/fulltext/context.ts'
import type { ValueFilter } from '../../query/language/ast.ts'
import { valueFilter } from '../../query/match/filters.ts'
import type { SubjectSource } from '../../query/match/subject.ts'
import type { ReadableDb } from '../connection.ts'

/** A source as the matcher takes it; its title is the person's own, else the feed's, else the address. */
const SOURCE = `SELECT id, language, country, bloc, kind, CASE WHEN custom_title <> '' THEN custom_title
  WHEN feed_title <> '' THEN feed_title ELSE url END AS title FROM source`

type Row = SubjectSource & { readonly id: number }

/** Reads sources by id for the evaluator. */
export function sourceReader(db: ReadableDb): (id: number) => SubjectSource | undefined {
  const get = db.prepare(`${SOURCE} WHERE id = ?`)
  return (id) => get.get(id) as Row | undefined
}

/** Ids of the sources that `source: country: bloc: kind:` matches, decided by the filter that the matcher uses. */
export function sourcesWhere(db: ReadableDb): (field: SourceField, value: string) => number[] {
  const all = db.prepare(SOURCE)
  return (field, value) => {
    const matches = valueFilter({ type: 'filter', field, value } satisfies ValueFilter)
    return (all.all() as Row[]).flatMap((source) =>
      matches({ title: '', summary: '', text: '', published: null, source }, 0) ? [source.id] : [],
    )
  }
}
