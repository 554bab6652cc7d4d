/**
 * The commands whose text holds every typed word as the beginning of one of its words, in their own order. A command
 * that repeats what was typed (the search) therefore always stays.
 */
export function matching<C extends { text: string }>(commands: readonly C[], typed: string): C[] {
  const wanted = wordsOf(typed)
  return commands.filter(({ text }) => {
    const words = wordsOf(text)
    return wanted.every((want) => words.some((word) => word.startsWith(want)))
  })
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
