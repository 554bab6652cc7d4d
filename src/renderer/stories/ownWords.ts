import { type Segment, type Span, segments } from '../segments.ts'

/**
 * An explanation cut into pieces, the story's own words marked in it: Putin and Xi stand 6 words apart in the title.
 * A form counts only as a whole word and spelled as in the story (but for a capital at the very beginning), so that a
 * word of the explanation is not taken for it.
 */
export function ownWords(text: string, forms: readonly string[]): Segment<'own'>[] {
  const spans: Span<'own'>[] = []
  // The first word of a sentence is written with a capital, whatever it is in the story.
  const first = forms.find((form) => form !== '' && text.startsWith(capitalised(form)))
  for (const form of new Set(first === undefined ? forms : [...forms, capitalised(first)])) {
    if (form.trim() === '') continue
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
      const end = at + form.length
      if (isWhole(text, at, end)) spans.push({ start: at, end, kind: 'own' })
    }
  }
  return segments(text, spans)
}

const capitalised = (form: string): string => form.charAt(0).toUpperCase() + form.slice(1)

/** Scripts without spaces have no word boundary to ask for. */
const ALONE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u
const LETTER = /[\p{L}\p{N}]/u

function isWhole(text: string, start: number, end: number): boolean {
  const open = (outside: string | undefined, inside: string | undefined): boolean =>
    outside === undefined || !LETTER.test(outside) || ALONE.test(outside) || ALONE.test(inside ?? '')
  return open(text[start - 1], text[start]) && open(text[end], text[end - 1])
}
