import { QueryError } from './ast.ts'
import type { Token } from './scan.ts'

/**
 * Refuses operators of other products, which mean something else here or nothing, and names ours.
 * @param source the whole query, for the repair
 * @throws QueryError
 */
export function refuseForeignSyntax(token: Token, source: string): void {
  const { text } = token
  /** `part`: the piece of the token that is wrong, where that is not all of it. */
  const refuse = (message: string, replacement?: string, part: string = text): never => {
    const start = token.start + text.indexOf(part)
    throw new QueryError(
      message,
      { start, end: start + part.length },
      replacement === undefined
        ? undefined
        : source.slice(0, token.start) + replacement + source.slice(token.end),
    )
  }
  const within = /^(W|N|PRE|P)\/(\d{1,6})$/.exec(text)
  if (within !== null) {
    const ours = `${(within[1] as string).startsWith('P') ? 'ONEAR' : 'NEAR'}/${within[2]}`
    refuse(`${text} is written ${ours} here.`, ours)
  }
  if (text === '&&' || text === '&') refuse('Both words: write AND, or just a space.', 'AND')
  if (text === '||' || text === '|') refuse('Either word: write OR.', 'OR')
  if (/^!./.test(text))
    refuse('A word that must not occur: write NOT before it, or -.', `-${text.slice(1)}`, '!')
  if (/^\+./.test(text))
    refuse('Every word is required unless OR stands between: leave the + out.', text.slice(1), '+')
  if (/^\/.+\/[a-z]*$/.test(text))
    refuse('Regular expressions are not part of the language: use wildcards (sanction*) and NEAR.')
  const weight = /(?<=[\p{L}\p{N}])\^\d[\d.]*/u.exec(text)?.[0]
  if (weight !== undefined)
    refuse('Weights (^2) are not part of the language.', text.replace(weight, ''), weight)
  if (/^[~]\d/.test(text)) refuse('~5 goes right after a phrase: "xi putin"~5.')
  if (/^[\p{L}\p{N}]+~\d*$/u.test(text))
    refuse(
      'Words spelled alike (word~) are not searched: use a wildcard: sanction*.',
      undefined,
      text.slice(text.indexOf('~')),
    )
}
