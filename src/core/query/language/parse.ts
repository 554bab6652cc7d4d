import { type Query, QueryError, type QueryWarning, type WordsTerm } from './ast.ts'
import { type KnownConcepts, Parser } from './parser.ts'
import { FULL_WIDTH_SIGN } from './plainText.ts'
import { printQuery } from './print.ts'
import { QUOTES } from './scan.ts'
import { readTerm } from './term.ts'
import { checkUse, type Use } from './use.ts'

export type { Use } from './use.ts'

export interface ParseOptions {
  /** What the query is for: themes and alerts may not use everything. */
  readonly use: Use
  readonly concepts?: KnownConcepts
}

/**
 * Reads query text. Linear in its length; never throws anything but a QueryError.
 * @throws QueryError with the place, a plain sentence, and where one is near the repaired text
 */
export function parseQuery(text: string, options: ParseOptions): { query: Query; warnings: QueryWarning[] } {
  const whole = { start: 0, end: text.length }
  // A UTF-16 unit takes three bytes at most: short texts need not be counted.
  if (text.length > MAX_BYTES / 3 && new TextEncoder().encode(text).length > MAX_BYTES)
    throw new QueryError(
      'This query is longer than 64 KiB. Split it, or put word lists into a concept.',
      whole,
    )
  if (text.trim() === '') throw new QueryError('The query is empty.', whole)
  try {
    const { query, warnings } = read(text, options)
    return { query, warnings: warnings.map((warning) => withUsableRepair(warning, options)) }
  } catch (error) {
    throw error instanceof QueryError ? withWholeRepair(error, options) : error
  }
}

function read(text: string, options: ParseOptions): { query: Query; warnings: readonly QueryWarning[] } {
  const parser = new Parser(text, options.concepts)
  const query = parser.parse()
  checkUse(query, options.use)
  return { query, warnings: [...parser.warnings, ...fullWidthSigns(text, query, parser.warnings, options)] }
}

/** The repair of an error with those of the errors behind it: it is offered only if it can be read in the end. */
function withWholeRepair(error: QueryError, options: ParseOptions): QueryError {
  let text = error.repair
  for (let n = 0; text !== undefined && n < MOST_REPAIRS; n++)
    try {
      read(text, options)
      return new QueryError(error.message, error.at, text)
    } catch (next) {
      if (!(next instanceof QueryError)) throw next
      text = next.repair
    }
  return new QueryError(error.message, error.at)
}
/** Errors that one repair mends. */
const MOST_REPAIRS = 20

/** Signs in the full width of East Asian keyboards: with plain ones the query may be another, or none. */
function fullWidthSigns(
  text: string,
  query: Query,
  found: readonly QueryWarning[],
  options: ParseOptions,
): QueryWarning[] {
  const [sign] = FULL_WIDTH_SIGN.exec(text) ?? []
  if (sign === undefined) return []
  const index = text.indexOf(sign)
  if (found.some(({ at }) => at.start <= index && index < at.end)) return []
  const plain = text.replace(/[\uff01-\uff5e]/g, (c) => c.normalize('NFKC'))
  const at = { start: index, end: index + 1 }
  const message = `“${sign}” is a full-width sign and read as no operator: write ${sign.normalize('NFKC')}.`
  try {
    const parser = new Parser(plain, options.concepts)
    if (printQuery(parser.parse()) === printQuery(query) && parser.warnings.length === 0) return []
    return [{ message, at, repair: plain }]
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return [
      {
        message: `${message} ${error.message}`,
        at,
        ...(error.repair === undefined ? {} : { repair: error.repair }),
      },
    ]
  }
}
/** A repair is offered only if it can be read and the warning is gone with it. */
function withUsableRepair(warning: QueryWarning, options: ParseOptions): QueryWarning {
  const { message, at, repair } = warning
  if (repair === undefined) return warning
  try {
    if (!read(repair, options).warnings.some((other) => other.message === message)) return warning
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
  }
  return { message, at }
}

/** Reads one form of a concept: a word, a phrase, a wildcard or a `case:` term. */
export function parseTerm(text: string): WordsTerm {
  const plain = PLAIN_FORM.test(text) ? plainForm(text) : undefined
  if (plain !== undefined) return plain
  const { query } = parseQuery(text, { use: 'match' })
  if (query.type !== 'words')
    throw new QueryError('A form is a word, a phrase in quotation marks, a wildcard, or case:Word.', {
      start: 0,
      end: text.length,
    })
  return query
}

/** Nearly all forms (a pack has ten thousand): words in quotation marks, or one alone that is no operator. */
const PLAIN_FORM = new RegExp(
  `^(?:"[^${QUOTES}]{1,1000}"|(?!(?:AND|OR|NOT|O?NEAR|AROUND)$)[\\p{L}\\p{N}]{1,1000}\\*?)$`,
  'u',
)

/** A plain form read without tokens; undefined where something is wrong with it, since the parser's message is better. */
function plainForm(text: string): WordsTerm | undefined {
  const at = { start: 0, end: text.length }
  try {
    return { ...readTerm(text.startsWith('"') ? text.slice(1, -1) : text, at), at }
  } catch {
    return undefined
  }
}

const MAX_BYTES = 65_536
