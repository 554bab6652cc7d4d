import type { Query, Term, TermGroup } from '../query/language/ast.ts'

/** A query that finds less, and how it differs, in words. */
export interface NarrowerQuery {
  readonly words: string
  readonly query: Query
}

const NEAR = 10

/**
 * Ways to narrow a query that finds too much: what has to occur has to stand together, or in the title; no copies; one theme.
 * @param theme the key of a theme that many of its stories have; null for none
 */
export function narrowings(query: Query, theme: string | null): NarrowerQuery[] {
  const parts = query.type === 'and' ? query.of : [query]
  const terms = parts.filter(isTerms)
  const rest = parts.filter((part) => !isTerms(part))
  const near: NarrowerQuery[] = []
  const [first, second, ...others] = terms
  if (first !== undefined && second !== undefined)
    near.push({
      words: `NEAR/${NEAR} in place of AND`,
      query: and([
        { type: 'near', distance: NEAR, ordered: false, left: first, right: second },
        ...others,
        ...rest,
      ]),
    })
  const inTitle = parts.some((part) => part.type === 'field') || terms.length === 0
  return [
    ...near,
    ...(inTitle
      ? []
      : [
          {
            words: 'only in the title',
            query: and([{ type: 'field' as const, field: 'title' as const, of: and(terms) }, ...rest]),
          },
        ]),
    ...(mentions(parts, (part) => part.type === 'state' && part.state === 'copy')
      ? []
      : [
          {
            words: 'without copies',
            query: and([
              ...parts,
              { type: 'not' as const, of: { type: 'state' as const, state: 'copy' as const } },
            ]),
          },
        ]),
    ...(theme === null || mentions(parts, (part) => part.type === 'filter' && part.field === 'theme')
      ? []
      : [
          {
            words: `only the theme ${theme}`,
            query: and([...parts, { type: 'filter' as const, field: 'theme' as const, value: theme }]),
          },
        ]),
  ]
}

const and = (of: readonly Query[]): Query => (of.length === 1 ? (of[0] as Query) : { type: 'and', of })

const isTerm = (query: Query): query is Term => query.type === 'words' || query.type === 'concept'
const isTerms = (query: Query): query is Term | TermGroup =>
  isTerm(query) || (query.type === 'or' && query.of.every(isTerm))

const mentions = (parts: readonly Query[], is: (part: Query) => boolean): boolean =>
  parts.some((part) => is(part) || (part.type === 'not' && is(part.of)))
