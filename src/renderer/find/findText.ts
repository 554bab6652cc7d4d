/** A piece of text as it stands in the page, in the order of reading. `block`: pieces of one block run on into each other. */
export interface Piece {
  readonly text: string
  readonly block: unknown
}

/** A place: in which piece, and at which of its characters. */
export interface Place {
  readonly piece: number
  readonly offset: number
}

/**
 * Where words occur in the pieces: in any letter case, with any white space between them, across pieces but not across blocks.
 * None for blank words. @param most beyond so many none are looked for
 */
export function findText(
  pieces: readonly Piece[],
  words: string,
  most: number,
): { readonly start: Place; readonly end: Place }[] {
  const wanted = words.trim().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return []
  const pattern = new RegExp(
    wanted.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+'),
    'giu',
  )
  let whole = ''
  const starts: number[] = []
  for (const [index, { text, block }] of pieces.entries()) {
    // No word has this character, and it is no white space.
    if (index > 0 && pieces[index - 1]?.block !== block) whole += '\0'
    starts.push(whole.length)
    whole += text
  }
  const found = []
  for (const match of whole.matchAll(pattern)) {
    if (found.length === most) break
    const end = match.index + match[0].length
    found.push({ start: placeOf(starts, match.index), end: placeOf(starts, end - 1, 1) })
  }
  return found
}

/** @param after how many characters behind that one the place is, in the same piece */
function placeOf(starts: readonly number[], at: number, after = 0): Place {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] as number) <= at) low = middle
    else high = middle - 1
  }
  return { piece: low, offset: at - (starts[low] as number) + after }
}
