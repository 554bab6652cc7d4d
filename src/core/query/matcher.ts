import type { Query } from './ast.ts'
import { TEXT_FIELDS } from './ast.ts'
import { type CompileContext, type Compiled, compile } from './compile.ts'
import { endOf, Found, fieldOf, LeafIndex, type Occurrence, startOf } from './leaves.ts'
import type { EvaluationContext, Evidence, Subject } from './subject.ts'
import { type Tokenised, tokenise } from './tokenise.ts'

/** Back-end 2: thousands of queries against one story at a time. */
export interface Matcher {
  /** Adds a query or replaces the one with this id; the others are not touched. */
  set(id: string, query: Query): void
  delete(id: string): void
  readonly size: number
  /** How many distinct leaves the queries share. */
  readonly leaves: number
  /** Ids of the queries that match, in no particular order. `now` is epoch milliseconds. */
  match(story: Tokenised, now: number): string[]
  /**
   * Spans (in the original text) of the leaves that made a query match; [] where it does not match. Right after `match`
   * of the same story it costs no second pass.
   */
  evidence(id: string, story: Tokenised, now: number): Evidence[]
}

interface Entry {
  readonly id: string
  readonly compiled: Compiled
  /** The number of the story that this query was last looked at for. */
  seen: number
}

/**
 * One pass over a story's words finds all leaves of all queries (LeafIndex); a query is then evaluated only if one of
 * its required leaves occurred, as in Lucene Monitor's presearcher. `prefilter: false` evaluates every query on every
 * story: the same suite runs both ways.
 */
export function createMatcher(context: CompileContext, options: { prefilter?: boolean } = {}): Matcher {
  const prefilter = options.prefilter ?? true
  const index = new LeafIndex()
  const found = new Found()
  const entries = new Map<string, Entry>()
  const watchers: (Entry[] | undefined)[] = []
  const always = new Set<Entry>()
  let story = 0
  /** The story whose leaves are in `found`. */
  let scanned: Tokenised | undefined
  const scan = (tokenised: Tokenised): void => {
    index.scan(tokenised, found)
    scanned = tokenised
  }

  const remove = (id: string): void => {
    const entry = entries.get(id)
    if (entry === undefined) return
    entries.delete(id)
    always.delete(entry)
    for (const leaf of entry.compiled.required ?? [])
      watchers[leaf] = watchers[leaf]?.filter((other) => other !== entry)
    for (const leaf of entry.compiled.leaves) index.release(leaf)
  }

  return {
    get size() {
      return entries.size
    },
    get leaves() {
      return index.size
    },
    set(id, query) {
      scanned = undefined
      const compiled = compile(query, index, context)
      remove(id)
      const entry: Entry = { id, compiled, seen: 0 }
      entries.set(id, entry)
      if (!prefilter || compiled.required === null) always.add(entry)
      else
        for (const leaf of compiled.required) {
          const list = watchers[leaf]
          if (list === undefined) watchers[leaf] = [entry]
          else list.push(entry)
        }
    },
    delete: remove,
    match(tokenised, now) {
      story++
      scan(tokenised)
      const run = { found, subject: tokenised.subject, now }
      const ids: string[] = []
      const look = (entry: Entry): void => {
        if (entry.seen === story) return
        entry.seen = story
        if (entry.compiled.matches(run)) ids.push(entry.id)
      }
      for (const leaf of found.touched) {
        const list = watchers[leaf]
        if (list !== undefined) for (const entry of list) look(entry)
      }
      for (const entry of always) look(entry)
      return ids
    },
    evidence(id, tokenised, now) {
      const entry = entries.get(id)
      if (entry === undefined) return []
      if (scanned !== tokenised) scan(tokenised)
      const run = { found, subject: tokenised.subject, now }
      return entry.compiled.matches(run) ? spans(entry.compiled.evidence(run), tokenised) : []
    },
  }
}

/** Evaluates one query on one story: the exact check behind archive search. */
export function evaluate(query: Query, story: Tokenised, context: EvaluationContext): boolean {
  return createEvaluator(query, context).matches(story, context.now)
}

/** Spans of the leaves that made a query match a story; [] where it does not match. */
export function evidence(query: Query, story: Tokenised, context: EvaluationContext): Evidence[] {
  return createEvaluator(query, context).evidence(story, context.now)
}

/** One query, compiled once, for many stories. */
export interface Evaluator {
  /** Reads of a story only the words that the query asks about. */
  read(subject: Subject): Tokenised
  matches(story: Tokenised, now: number): boolean
  evidence(story: Tokenised, now: number): Evidence[]
}

export function createEvaluator(query: Query, context: CompileContext): Evaluator {
  const index = new LeafIndex()
  const found = new Found()
  const compiled = compile(query, index, context)
  const wanted = index.firstUnits()
  const run = (story: Tokenised, now: number) => {
    index.scan(story, found)
    return { found, subject: story.subject, now }
  }
  return {
    read: (subject) => tokenise(subject, { wanted }),
    matches: (story, now) => compiled.matches(run(story, now)),
    evidence(story, now) {
      const r = run(story, now)
      return compiled.matches(r) ? spans(compiled.evidence(r), story) : []
    },
  }
}

/** Word places to offsets in the original text. */
function spans(occurrences: readonly Occurrence[], story: Tokenised): Evidence[] {
  return occurrences.flatMap((o) => {
    const list = story.fields[fieldOf(o)]?.list
    const field = TEXT_FIELDS[fieldOf(o)]
    if (list === undefined || field === undefined) return []
    const entry = (place: number): number => list.places?.indexOf(place) ?? place
    const start = list.starts[entry(startOf(o))]
    const end = list.ends[entry(endOf(o) - 1)]
    return start === undefined || end === undefined ? [] : [{ field, start, end }]
  })
}
