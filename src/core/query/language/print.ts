import type { Query, TermWord, ValueField, WordsTerm } from './ast.ts'
import { FIELDS } from './fields.ts'
import { QUOTES } from './scan.ts'

/** The canonical text of a query: `parseQuery(printQuery(q))` is the same tree. */
export function printQuery(query: Query): string {
  switch (query.type) {
    case 'words':
      return printWords(query)
    case 'concept':
      return `@${query.name}`
    case 'near': {
      const operator = `${query.ordered ? 'ONEAR' : 'NEAR'}/${query.distance}`
      return `${printOperand(query.left)} ${operator} ${printOperand(query.right)}`
    }
    case 'window':
      return `"${query.words.map(printWord).join(' ')}"~${query.distance}`
    case 'count':
      return `${printQuery(query.of)}{${query.atLeast}}`
    case 'any':
      return `ANY/${query.atLeast} (${query.of.map(inBrackets).join(', ')})`
    case 'field':
      return query.of.type === 'words' || query.of.type === 'concept'
        ? `${query.field}:${printQuery(query.of)}`
        : `${query.field}:(${printQuery(query.of)})`
    case 'filter':
      return printFilter(query.field, [query.value])
    case 'state':
      return query.state === 'note' ? 'has:note' : `is:${query.state}`
    case 'date':
      return `${query.op}:${query.value}`
    case 'and':
      return query.of.map(inBrackets).join(' AND ')
    case 'or':
      return query.of.map(inBrackets).join(' OR ')
    case 'not':
      return `NOT ${inBrackets(query.of)}`
  }
}

const inBrackets = (query: Query): string =>
  query.type === 'and' || query.type === 'or' ? `(${printQuery(query)})` : printQuery(query)

const printOperand = (query: Query): string =>
  query.type === 'or' ? `(${printQuery(query)})` : printQuery(query)

const printWord = ({ text, prefix }: TermWord): string => (prefix ? `${text}*` : text)

function printWords(term: WordsTerm): string {
  const text = term.words.map(printWord).join(' ')
  if (term.exact) return `case:"${text}"`
  return term.words.length === 1 && !COUNTS.test(text) ? text : `"${text}"`
}
/** A word that would be refused as the count of another product. */
const COUNTS = /^atl(east)?\d/

/** A filter as text: `lang:ru`, `source:"BBC World"`, `lang:(ru OR en)`. Values are as a person writes them. */
export function printFilter(field: string, values: readonly string[]): string {
  const printed = values.map((value) => printValue(field, value))
  return printed.length === 1 ? `${field}:${printed[0]}` : `${field}:(${printed.join(' OR ')})`
}

function printValue(field: string, value: string): string {
  const bare = FIELDS.get(field)?.kind === 'date' ? BARE_DATE : BARE
  return !NAMES.has(field) && bare.test(value) ? value : inQuotes(value)
}

/** Fields whose values are names of one word or several: always in quotation marks. */
const NAMES: ReadonlySet<string> = new Set<ValueField>(['source', 'author', 'entity', 'alert'])
const BARE = /^[\p{L}\p{N}.-]+$/u
const BARE_DATE = /^[\p{L}\p{N}.:-]+$/u

/** Text in quotation marks. Those in it would close it; they belong to no word, so they become spaces. */
export const inQuotes = (text: string): string => `"${text.replace(ANY_QUOTE, ' ').trim()}"`
const ANY_QUOTE = new RegExp(`[${QUOTES}]`, 'g')
