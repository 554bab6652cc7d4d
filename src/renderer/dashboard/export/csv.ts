import { stringify } from 'csv-stringify/browser/esm/sync'
import type { Sheet } from './sheet.tsx'

/**
 * Rows as RFC 4180, with a byte order mark so that a spreadsheet reads them as UTF-8. A text that a spreadsheet would run as
 * a formula has an apostrophe before it.
 * @param head what the rows are of, a line each, above them
 */
export function csvOf(head: readonly (readonly [name: string, value: string])[], sheet: Sheet): string {
  const width = Math.max(2, ...sheet.map((row) => row.length))
  const padded = [...head, [], ...sheet].map((row) => Array.from({ length: width }, (_, i) => row[i] ?? ''))
  return stringify(padded, { bom: true, escape_formulas: true, record_delimiter: 'windows' })
}
