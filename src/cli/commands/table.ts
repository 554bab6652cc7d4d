/** A column of a table: its heading, its cell for a row, and which side it keeps to. */
export interface Column<Row> {
  readonly heading: string
  cell(row: Row): string | number
  readonly right?: boolean
  /** Cells are cut to this many places where the output is a terminal. */
  readonly most?: number
}

/**
 * Rows as plain text in aligned columns, headings first; wide (Chinese, Japanese, Korean) characters take two places. The last
 * column is never padded. @param cut whether long cells are cut, for people rather than pipes
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], cut: boolean): string {
  const cells = rows.map((row) =>
    columns.map(({ cell, most }) => {
      const text = plain(String(cell(row)))
      return cut && most !== undefined ? shortened(text, most) : text
    }),
  )
  const lines = [columns.map(({ heading }) => heading), ...cells]
  const widths = columns.map((_, n) => Math.max(...lines.map((line) => width(line[n] as string))))
  return lines
    .map((line) =>
      line
        .map((cell, n) => {
          const gap = ' '.repeat((widths[n] as number) - width(cell))
          return columns[n]?.right === true ? gap + cell : cell + gap
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/** What a feed wrote must not move the cursor or colour the terminal: control characters become spaces. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Places a text takes on a terminal. */
export function width(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let places = 0
  for (const c of text) places += NONE.test(c) ? 0 : WIDE.test(c) ? 2 : 1
  return places
}

function shortened(text: string, most: number): string {
  if (width(text) <= most) return text
  let out = ''
  let places = 1
  for (const c of text) {
    places += width(c)
    if (places > most) break
    out += c
  }
  return `${out.trimEnd()}…`
}
