import type { Span } from './segments.ts'

/** Words before the first place that are kept, so that it is read in its sentence. */
const BEFORE = 60

/**
 * A part of a text around its first marked place, about `length` characters long and cut between words, with the marks
 * moved along. The beginning of the text where nothing is marked.
 */
export function snippet<Kind extends string>(
  text: string,
  spans: readonly Span<Kind>[],
  length: number,
): { text: string; spans: Span<Kind>[] } {
  const first = Math.min(...spans.map((s) => s.start), text.length)
  const wanted = spans.length === 0 || first <= BEFORE * 1.5 ? 0 : first - BEFORE
  const start = wanted === 0 ? 0 : afterSpace(text, wanted, first)
  const end = start + length >= text.length ? text.length : beforeSpace(text, start + length, start)
  const head = start > 0 ? '… ' : ''
  const tail = end < text.length ? ' …' : ''
  const moved = head.length - start
  return {
    text: (head + text.slice(start, end) + tail).replace(/\s/g, ' '),
    spans: spans
      .filter((s) => s.start < end && s.end > start)
      .map((s) => ({ ...s, start: Math.max(s.start, start) + moved, end: Math.min(s.end, end) + moved })),
  }
}

/** The start of the first word from `at` on; `at` itself where none begins before `limit` (scripts without spaces). */
function afterSpace(text: string, at: number, limit: number): number {
  const space = text.slice(at, limit).search(/\s/)
  return space < 0 ? whole(text, at) : at + space + 1
}

function beforeSpace(text: string, at: number, limit: number): number {
  for (let i = at; i > limit && i > at - 40; i--) if (/\s/.test(text[i] ?? '')) return i
  return whole(text, at)
}

/** Never between the halves of a surrogate pair. */
const whole = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '') ? at - 1 : at
