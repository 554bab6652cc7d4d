import { FIELDS } from './fields.ts'
import { isOperator } from './operators.ts'
import { scan, type Token } from './scan.ts'

/** A piece of query text to colour. Offsets are UTF-16, `end` exclusive; what lies between pieces is space. */
export interface QueryToken {
  start: number
  end: number
  kind: 'word' | 'phrase' | 'operator' | 'field' | 'value' | 'concept' | 'bracket' | 'error'
}

/** `-`, then `repeat3:` or `field:`, at the start of a run. */
const HEAD = /^(-*)(repeat\d{1,6}:|[A-Za-z]+:)?/

/** The pieces of a query in order, also of one that cannot be parsed yet: what is broken is a piece of its own. */
export function queryTokens(text: string): QueryToken[] {
  const pieces: QueryToken[] = []
  const add = (start: number, end: number, kind: QueryToken['kind']): void => {
    if (end > start) pieces.push({ start, end, kind })
  }
  // Whether the token glued to a field is its value, and for each open bracket whether what it holds are values.
  let awaited: 'value' | null = null
  const lists: ('value' | null)[] = []
  const tokens = scan(text, true)
  tokens.forEach((token, i) => {
    const wanted = token.glued ? awaited : null
    awaited = null
    const asValue = wanted ?? lists.at(-1) ?? null
    switch (token.kind) {
      case 'open':
        lists.push(wanted ?? lists.at(-1) ?? null)
        add(token.start, token.end, 'bracket')
        return
      case 'close':
        lists.pop()
        add(token.start, token.end, 'bracket')
        return
      case 'comma':
        add(token.start, token.end, 'bracket')
        return
      case 'phrase':
        add(token.start, token.end, asValue ?? 'phrase')
        return
      case 'times':
      case 'slop':
        add(token.start, token.end, 'operator')
        return
      case 'broken':
        add(token.start, token.end, 'error')
        return
      case 'run':
        if (isDistance(tokens, i)) add(token.start, token.end, 'operator')
        else awaited = run(token, asValue)
    }
  })
  return pieces

  /** Colours a run of text; returns what the token glued to its end is. */
  function run({ text: written, start, end }: Token, asValue: 'value' | null): 'value' | null {
    if (isOperator(written)) {
      add(start, end, 'operator')
      return null
    }
    if (asValue !== null) {
      add(start, end, asValue)
      return null
    }
    const [, minus = '', head = ''] = HEAD.exec(written) ?? []
    const rest = start + minus.length + head.length
    add(start, start + minus.length, 'operator')
    if (head === '') {
      const concept = written.startsWith('@', minus.length)
      add(rest, end, concept ? 'concept' : 'word')
      return null
    }
    const field = FIELDS.get(head.slice(0, -1).toLowerCase())
    const repeat = head.startsWith('repeat') && /\d/.test(head)
    add(start + minus.length, rest, repeat ? 'operator' : field === undefined ? 'error' : 'field')
    const value = field !== undefined && field.kind !== 'text' && field.kind !== 'case' ? 'value' : null
    add(rest, end, value ?? (text.startsWith('@', rest) ? 'concept' : 'word'))
    return rest === end ? value : null
  }
}

/** The 5 of AROUND(5). */
function isDistance(tokens: readonly Token[], i: number): boolean {
  return (
    tokens[i - 1]?.kind === 'open' &&
    tokens[i - 2]?.text === 'AROUND' &&
    /^\d+$/.test(tokens[i]?.text ?? '') &&
    tokens[i + 1]?.kind === 'close'
  )
}
