import type { Query, TermWord, ValueFilter, WordsTerm } from './ast.ts'

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
      return `${query.field}:${printValue(query)}`
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
  return term.words.length === 1 ? text : `"${text}"`
}

function printValue({ field, value }: ValueFilter): string {
  const bare = field !== 'source' && field !== 'author' && field !== 'entity' && field !== 'alert'
  return bare && /^[\p{L}\p{N}.-]+$/u.test(value) ? value : `"${value}"`
}
