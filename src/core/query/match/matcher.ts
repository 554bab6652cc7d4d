import type { Query, TermWord } from '../language/ast.ts'
import { TEXT_FIELDS } from '../language/ast.ts'
import { FirstUnits } from '../words/words.ts'
import { type CompileContext, type Compiled, compile } from './compile.ts'
import { Gates } from './gates.ts'
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
  /** How often a query was looked at so far, over all stories. */
  readonly looked: number
  /** Ids of the queries that match, in no particular order. `now` is epoch milliseconds. */
  match(story: Tokenised, now: number): string[]
  /**
   * Spans (in the original text) of the leaves that made a query match; [] where it does not match. Right after `match`
   * of the same story it costs no second pass.
   */
  evidence(id: string, story: Tokenised, now: number): Evidence[]
  /** The same as places among the words of the fields, which costs no look at the text. */
  places(id: string, story: Tokenised, now: number): readonly Occurrence[]
}

interface Entry {
  readonly compiled: Compiled
  /** Its place in the rows of entries and names. */
  readonly number: number
}

/**
 * One pass over a story's words finds all leaves of all queries (LeafIndex); a query is then evaluated only if a leaf of
 * its gate occurred. Gates are learnt: a query that was looked at in vain often enough chooses the leaves that were
 * rare in the stories so far. `prefilter: false` evaluates every query on every story: the same suite runs both ways.
 */
export function createMatcher(context: CompileContext, options: { prefilter?: boolean } = {}): Matcher {
  const prefilter = options.prefilter ?? true
  const index = new LeafIndex()
  const found = new Found()
  const byId = new Map<string, Entry>()
  const entries: (Entry | undefined)[] = []
  const names: string[] = []
  /** 1: what the gate asks says all, the query matches where its needs are met. */
  const decided: number[] = []
  const free: number[] = []
  const gates = new Gates(index.rates.of)
  const always = new Set<Entry>()
  /** The story whose leaves are in `found`. */
  let scanned: Tokenised | undefined
  const scan = (tokenised: Tokenised): void => {
    index.scan(tokenised, found)
    scanned = tokenised
  }

  const remove = (id: string): void => {
    const entry = byId.get(id)
    if (entry === undefined) return
    byId.delete(id)
    always.delete(entry)
    gates.remove(entry.number)
    entries[entry.number] = undefined
    free.push(entry.number)
    for (const leaf of entry.compiled.leaves) index.release(leaf)
  }

  function places(id: string, tokenised: Tokenised, now: number): readonly Occurrence[] {
    const entry = byId.get(id)
    if (entry === undefined) return []
    if (scanned !== tokenised) scan(tokenised)
    const run = { found, subject: tokenised.subject, now }
    return entry.compiled.matches(run) ? entry.compiled.evidence(run) : []
  }

  return {
    get size() {
      return byId.size
    },
    get leaves() {
      return index.size
    },
    get looked() {
      return gates.looked
    },
    set(id, query) {
      scanned = undefined
      const compiled = compile(query, index, context)
      remove(id)
      const number = free.pop() ?? entries.length
      const entry: Entry = { compiled, number }
      entries[number] = entry
      names[number] = id
      byId.set(id, entry)
      const asked = prefilter ? gates.place(number, compiled.needs(index.rates.of)) : 'open'
      if (asked === 'open') always.add(entry)
      decided[number] = asked === 'decided' ? 1 : 0
    },
    delete: remove,
    match(tokenised, now) {
      scan(tokenised)
      index.rates.count(found.touched)
      const run = { found, subject: tokenised.subject, now }
      const ids: string[] = []
      const impatient = gates.pass(found, (number) => {
        if (decided[number] === 0 && !(entries[number] as Entry).compiled.matches(run)) return false
        ids.push(names[number] as string)
        return true
      })
      for (const { compiled, number } of always) if (compiled.matches(run)) ids.push(names[number] as string)
      for (const number of impatient) {
        const { compiled } = entries[number] as Entry
        decided[number] = gates.move(number, compiled.needs(index.rates.of)) === 'decided' ? 1 : 0
      }
      return ids
    },
    evidence: (id, tokenised, now) => spans(places(id, tokenised, now), tokenised),
    places,
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
  /** The words it asks about: a story may come without the others (`WordList.places`). */
  readonly words: readonly TermWord[]
  /** The written forms it asks about (`FieldWords.exact`). */
  readonly forms: readonly TermWord[]
  /** Reads of a story only the words that the query asks about. */
  read(subject: Subject): Tokenised
  matches(story: Tokenised, now: number): boolean
  evidence(story: Tokenised, now: number): Evidence[]
  /** The same as places among the words of the fields. */
  places(story: Tokenised, now: number): readonly Occurrence[]
}

export function createEvaluator(query: Query, context: CompileContext): Evaluator {
  const index = new LeafIndex()
  const found = new Found()
  const compiled = compile(query, index, context)
  const asked = index.words()
  const wanted = new FirstUnits()
  for (const { text } of asked) wanted.add(text)
  const run = (story: Tokenised, now: number) => {
    index.scan(story, found)
    return { found, subject: story.subject, now }
  }
  const places = (story: Tokenised, now: number): readonly Occurrence[] => {
    const r = run(story, now)
    return compiled.matches(r) ? compiled.evidence(r) : []
  }
  return {
    words: asked,
    forms: index.forms(),
    read: (subject) => tokenise(subject, { wanted }),
    matches: (story, now) => compiled.matches(run(story, now)),
    evidence: (story, now) => spans(places(story, now), story),
    places,
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
