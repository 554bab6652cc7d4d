import type { At, QueryWarning } from './ast.ts'

/** A place in a query that may not be read as the person meant. */
export interface Finding {
  readonly message: string
  readonly at: At
  /** What takes its place; left out where we have no such form. */
  readonly by?: string
}

/** One warning for all places with the same message, at the first; its repair mends all of them, so the warning goes with it. */
export function warningsOf(findings: readonly Finding[], source: string): QueryWarning[] {
  const kinds = new Map<string, Finding[]>()
  for (const finding of findings) {
    const alike = kinds.get(finding.message)
    if (alike === undefined) kinds.set(finding.message, [finding])
    else alike.push(finding)
  }
  return [...kinds.values()].slice(0, MOST_KINDS).map((alike): QueryWarning => {
    const { message, at } = alike[0] as Finding
    return alike.every(({ by }) => by !== undefined)
      ? { message, at, repair: replaced(source, alike) }
      : { message, at }
  })
}

const MOST_KINDS = 20

function replaced(source: string, findings: readonly Finding[]): string {
  let text = ''
  let from = 0
  for (const { at, by } of [...findings].sort((a, b) => a.at.start - b.at.start)) {
    text += source.slice(from, at.start) + by
    from = at.end
  }
  return text + source.slice(from)
}
