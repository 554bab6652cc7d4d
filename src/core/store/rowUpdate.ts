import type { Statement, WritableDb } from './connection.ts'

/**
 * Updates of one table's rows by id. Each set of columns has its statement, prepared once; columns are names in our code, never
 * a text from outside.
 */
export function rowUpdate<Row extends object>(
  db: WritableDb,
  table: 'source' | 'theme',
): (id: number, change: Partial<Row>) => void {
  const statements = new Map<string, Statement>()
  return (id, change) => {
    const columns = Object.keys(change).sort()
    if (columns.length === 0) return
    const key = columns.join()
    let statement = statements.get(key)
    if (statement === undefined) {
      const assignments = columns.map((column) => `${column} = @${column}`).join(', ')
      statement = db.prepare(`UPDATE ${table} SET ${assignments} WHERE id = @id`)
      statements.set(key, statement)
    }
    statement.run({ ...change, id })
  }
}
