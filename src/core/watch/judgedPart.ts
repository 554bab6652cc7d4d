import { type Tokenised, tokenise } from '../query/match/tokenise.ts'

/**
 * Characters of a field that show what a story is about. Longer texts are books, minutes or an attack: each word of them is
 * still found by queries, but to weigh each of a hundred thousand places of a name takes seconds.
 */
const JUDGED = 30_000

/** The part of a story by which themes are judged: all of it but where a field is very long. */
export function judgedPart(story: Tokenised): Tokenised {
  const { subject } = story
  if (subject.summary.length <= JUDGED && subject.text.length <= JUDGED) return story
  return tokenise({ ...subject, summary: beginning(subject.summary), text: beginning(subject.text) })
}

/** The beginning of a text; a word is not torn apart, unless the text has no spaces. */
function beginning(text: string): string {
  if (text.length <= JUDGED) return text
  const space = text.lastIndexOf(' ', JUDGED)
  return text.slice(0, space > JUDGED - 200 ? space : JUDGED)
}
