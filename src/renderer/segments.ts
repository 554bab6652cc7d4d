/** A span of a text and what it is evidence of. UTF-16 offsets, `end` exclusive. */
export interface Span<Kind extends string> {
  readonly start: number
  readonly end: number
  readonly kind: Kind
}

/** A piece of text with the kinds of all spans that cover it; none for plain text. */
export interface Segment<Kind extends string> {
  readonly text: string
  readonly kinds: readonly Kind[]
}

/**
 * Cuts a text into pieces that can be marked: spans may overlap, touch, come in any order and reach beyond the text.
 * The pieces joined are the text. Neighbours of the same kinds are one piece.
 */
export function segments<Kind extends string>(text: string, spans: readonly Span<Kind>[]): Segment<Kind>[] {
  const inside = spans
    .map((s) => ({ ...s, start: whole(text, Math.max(0, s.start), -1), end: whole(text, s.end, 1) }))
    .filter((s) => s.start < s.end && s.start < text.length)
  const cuts = [...new Set([0, text.length, ...inside.flatMap((s) => [s.start, s.end])])].sort(
    (a, b) => a - b,
  )
  const made: Segment<Kind>[] = []
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i] as number, cuts[i + 1] as number]
    const kinds = [
      ...new Set(inside.filter((s) => s.start <= start && s.end >= end).map((s) => s.kind)),
    ].sort()
    const last = made.at(-1)
    if (last !== undefined && last.kinds.join() === kinds.join())
      made[made.length - 1] = { text: last.text + text.slice(start, end), kinds }
    else made.push({ text: text.slice(start, end), kinds })
  }
  return made
}

/** Paragraphs of a plain text, by their offsets; blank lines and spaces around them left out. */
export function paragraphs(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/[^\s][^\n]*/gu)].map((m) => ({
    start: m.index,
    end: m.index + m[0].trimEnd().length,
  }))
}

/** The spans that touch a part of the text, with offsets from its start. */
export function within<Kind extends string>(
  spans: readonly Span<Kind>[],
  part: { start: number; end: number },
): Span<Kind>[] {
  return spans
    .filter((s) => s.start < part.end && s.end > part.start)
    .map((s) => ({ kind: s.kind, start: s.start - part.start, end: s.end - part.start }))
}

/** A cut never falls between the halves of a surrogate pair. */
function whole(text: string, at: number, direction: -1 | 1): number {
  if (at >= text.length) return text.length
  const code = text.charCodeAt(at)
  const before = at > 0 ? text.charCodeAt(at - 1) : 0
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? at + direction : at
}
