import { TEXT_FIELDS } from '../query/language/ast.ts'
import type { Evidence } from '../query/match/subject.ts'

/** Spans in order of field and place, overlapping ones made one. */
export function merged(evidence: readonly Evidence[]): Evidence[] {
  const order = (span: Evidence): number => TEXT_FIELDS.indexOf(span.field)
  const spans = [...evidence].sort((a, b) => order(a) - order(b) || a.start - b.start || a.end - b.end)
  const out: Evidence[] = []
  for (const span of spans) {
    const last = out.at(-1)
    if (last !== undefined && last.field === span.field && span.start < last.end) {
      if (span.end > last.end) out[out.length - 1] = { ...last, end: span.end }
    } else out.push(span)
  }
  return out
}
