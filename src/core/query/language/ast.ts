/**
 * The query tree: what the parser makes, the printer prints, and both back-ends evaluate.
 *
 * Trees are plain data, immutable, and hold no positions of their own except `at`, the place in the query text that a
 * node was read from (UTF-16 offsets, end exclusive). Two trees are the same query when they are equal but for `at`.
 * Aliases (`intitle:`, `AROUND(5)`, `raw:` …) never reach the tree: the parser resolves them.
 */

/** A place in the query text: UTF-16 offsets, `end` exclusive. */
export interface At {
  readonly start: number
  readonly end: number
}

/** The three text fields of a story. Positions count words within one field. */
export type TextField = 'title' | 'summary' | 'text'
export const TEXT_FIELDS: readonly TextField[] = ['title', 'summary', 'text']

/** One word of a term: folded by `words.ts` unless its term is `exact` (then NFKC only); `prefix` for a trailing `*`. */
export interface TermWord {
  readonly text: string
  readonly prefix: boolean
}

/** A word (one entry) or a phrase (several, adjacent, in order). `exact` compares case and accents (`case:`). */
export interface WordsTerm {
  readonly type: 'words'
  readonly words: readonly TermWord[]
  readonly exact: boolean
  readonly at?: At
}

/** `@name`: any form of the concept. Names are lower case letters, digits and hyphens. */
export interface ConceptTerm {
  readonly type: 'concept'
  readonly name: string
  readonly at?: At
}

export type Term = WordsTerm | ConceptTerm

/** A bracketed OR of terms: the only group NEAR takes beside a NEAR of its own on the left. */
export interface TermGroup {
  readonly type: 'or'
  readonly of: readonly Term[]
  readonly at?: At
}

/**
 * `left NEAR/distance right`: at most `distance` words between two different, non-overlapping occurrences in one field;
 * `ordered` for ONEAR. A NEAR as left operand matches with the whole span of its own match.
 */
export interface Near {
  readonly type: 'near'
  readonly distance: number
  readonly ordered: boolean
  readonly left: Term | TermGroup | Near
  readonly right: Term | TermGroup
  readonly at?: At
}

/** `"a b c"~5` with three or more words: all of them, in any order, in a span holding at most `distance` other words. */
export interface Window {
  readonly type: 'window'
  readonly distance: number
  readonly words: readonly TermWord[]
  readonly at?: At
}

/** `ANY/n (…)`: at least `atLeast` different members match. Members are distinct (the parser merges duplicates). */
export interface AnyOf {
  readonly type: 'any'
  readonly atLeast: number
  readonly of: readonly Query[]
  readonly at?: At
}

/** `a{3}`: at least `atLeast` occurrences over title, summary and text together. */
export interface Count {
  readonly type: 'count'
  readonly atLeast: number
  readonly of: Term
  readonly at?: At
}

/** `title:(…)`. Fields do not nest. */
export interface InField {
  readonly type: 'field'
  readonly field: TextField
  readonly of: Query
  readonly at?: At
}

/**
 * A filter on the story or its source; one value a node (`lang:(ru OR en)` is an OR of two).
 * `value` is kept folded for `source`, `author`, `theme`, `alert`, `entity`; lower case for `site`, `lang`, `kind`;
 * upper case for `country`, `bloc`; digits for `event`.
 */
export type ValueField =
  | 'source'
  | 'author'
  | 'site'
  | 'lang'
  | 'country'
  | 'bloc'
  | 'kind'
  | 'theme'
  | 'entity'
  | 'alert'
  | 'event'
export interface ValueFilter {
  readonly type: 'filter'
  readonly field: ValueField
  readonly value: string
  readonly at?: At
}

/** `is:` and `has:`. `unread` stays its own value: print(parse(q)) keeps what the person wrote. */
export type State = 'unread' | 'read' | 'starred' | 'copy' | 'note'
export interface StateFilter {
  readonly type: 'state'
  readonly state: State
  readonly at?: At
}

/**
 * `after: before: on: within: fetched:`. `value` is the canonical text: a local day `2025-05-01`, a local minute or
 * second `2025-05-01T18:40[:05]`, or for `within` a number with h, d, w or m.
 * `after` from the start of that moment, `before` ending before it, `on` within that day; `fetched` compares the time
 * of first fetching (from that moment on) and is what "since last visit" is written in.
 */
export type DateOp = 'after' | 'before' | 'on' | 'within' | 'fetched'
export interface DateFilter {
  readonly type: 'date'
  readonly op: DateOp
  readonly value: string
  readonly at?: At
}

/** `of` has two or more members, none of the same type as its parent (the parser flattens). */
export interface And {
  readonly type: 'and'
  readonly of: readonly Query[]
  readonly at?: At
}
export interface Or {
  readonly type: 'or'
  readonly of: readonly Query[]
  readonly at?: At
}
export interface Not {
  readonly type: 'not'
  readonly of: Query
  readonly at?: At
}

export type Query =
  | Term
  | Near
  | Window
  | AnyOf
  | Count
  | InField
  | ValueFilter
  | StateFilter
  | DateFilter
  | And
  | Or
  | Not

/** A warning: the query runs, but may not be read as the person meant. */
export interface QueryWarning {
  readonly message: string
  readonly at: At
  /** The whole query as it was most likely meant; left out where none is near. */
  readonly repair?: string
}

/** A query that cannot be run: what is wrong, where, and where one is near, the repaired query text. */
export class QueryError extends Error {
  readonly at: At
  readonly repair: string | undefined
  constructor(message: string, at: At, repair?: string) {
    super(message)
    this.name = 'QueryError'
    this.at = at
    this.repair = repair
  }
}
