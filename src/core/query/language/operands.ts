import { isOperator } from './operators.ts'
import type { Token } from './scan.ts'

/** What stands on either side of an operator, by tokens. */

/** A number of 1 or more. */
export const isNumber = (token: Token | undefined): boolean =>
  token?.kind === 'run' && /^[1-9]\d{0,5}$/.test(token.text)

/** A run or phrase as it is written in a query. */
export const shown = ({ kind, text }: Token): string => (kind === 'phrase' ? `"${text}"` : text)

/** Whether a term, or a group of them, may end with this token. */
export const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'phrase' ||
    token.kind === 'close' ||
    token.kind === 'times' ||
    token.kind === 'slop' ||
    (token.kind === 'run' && !isOperator(token.text) && !/^[A-Za-z]+:$/.test(token.text)))

/** Whether one may begin with it. */
export const beginsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'phrase' ||
    token.kind === 'open' ||
    (token.kind === 'run' && (!isOperator(token.text) || token.text === 'NOT')))
