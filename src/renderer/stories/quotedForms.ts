/**
 * An explanation cut into pieces, those that quote one of the story's own words marked: “Putin” and “Xi” stand 6 words
 * apart. Only whole quotations count, so that a word of the explanation itself is never taken for evidence.
 */
export function quotedForms(text: string, forms: readonly string[]): { text: string; quoted: boolean }[] {
  const known = new Set(forms.map(folded))
  const made: { text: string; quoted: boolean }[] = []
  let at = 0
  for (const m of text.matchAll(/[“"]([^“”"]+)[”"]/gu)) {
    const inner = m[1] as string
    if (!known.has(folded(inner))) continue
    const start = m.index + 1
    if (start > at) made.push({ text: text.slice(at, start), quoted: false })
    made.push({ text: inner, quoted: true })
    at = start + inner.length
  }
  if (at < text.length) made.push({ text: text.slice(at), quoted: false })
  return made
}

const folded = (form: string): string => form.toLowerCase().replace(/\s+/g, ' ').trim()
