import type { QueryToken } from '../../api/contract/query.ts'

/**
 * The tokens of an earlier text moved to where they stand in the text now: those before the change stay, those after
 * it move along, those it touched are left out until the engine has read the new text.
 */
export function movedTokens(tokens: readonly QueryToken[], before: string, now: string): QueryToken[] {
  if (before === now) return [...tokens]
  let head = 0
  while (head < before.length && head < now.length && before[head] === now[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < now.length - head &&
    before[before.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++
  const moved = now.length - before.length
  return tokens.flatMap((token) => {
    if (token.end <= head) return [token]
    if (token.start >= before.length - tail)
      return [{ ...token, start: token.start + moved, end: token.end + moved }]
    return []
  })
}
