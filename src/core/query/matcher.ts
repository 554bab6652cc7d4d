import type { Query, TermWord } from './ast.ts'
import { TEXT_FIELDS } from './ast.ts'
import { type CompileContext, type Compiled, compile } from './compile.ts'
import { endOf, Found, fieldOf, LeafIndex, type Occurrence, startOf } from './leaves.ts'
import type { EvaluationContext, Evidence, Subject } from './subject.ts'
import { type Tokenised, tokenise } from './tokenise.ts'
import { FirstUnits } from './words.ts'

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
}

interface Entry {
  readonly id: string
  readonly compiled: Compiled
  /** The leaves that it waits for, null where it is looked at for every story. */
  gate: readonly number[] | null
  /** Its other needs, packed: a number of leaves, those leaves, and so on. */
  rest: readonly number[]
  /** The number of the story that this query was last looked at for. */
  seen: number
  /** How often it was looked at in vain with this gate, and at how many times it chooses anew. */
  vain: number
  patience: number
}

/** How often a new query may be looked at in vain before it chooses its gate by what the stories held. */
const FIRST_PATIENCE = 8
/** Needs that are asked before a query is evaluated, beside its gate, and how many leaves one may have. */
const MOST_NEEDS = 4
const MOST_LEAVES = 64

/**
 * One pass over a story's words finds all leaves of all queries (LeafIndex); a query is then evaluated only if a leaf of
 * its gate occurred. Gates are learnt: a query that was looked at in vain often enough chooses the leaves that were
 * rare in the stories so far. `prefilter: false` evaluates every query on every story: the same suite runs both ways.
 */
export function createMatcher(context: CompileContext, options: { prefilter?: boolean } = {}): Matcher {
  const prefilter = options.prefilter ?? true
  const index = new LeafIndex()
  const found = new Found()
  const entries = new Map<string, Entry>()
  const watchers: (Entry[] | undefined)[] = []
  const always = new Set<Entry>()
  let story = 0
  let looked = 0
  /** The story whose leaves are in `found`. */
  let scanned: Tokenised | undefined
  const scan = (tokenised: Tokenised): void => {
    index.scan(tokenised, found)
    scanned = tokenised
  }

  const watch = (entry: Entry): void => {
    if (entry.gate === null) always.add(entry)
    for (const leaf of entry.gate ?? []) {
      const list = watchers[leaf]
      if (list === undefined) watchers[leaf] = [entry]
      else list.push(entry)
    }
  }
  const unwatch = (entry: Entry): void => {
    always.delete(entry)
    for (const leaf of entry.gate ?? []) {
      const rest = watchers[leaf]?.filter((other) => other !== entry)
      watchers[leaf] = rest?.length === 0 ? undefined : rest
    }
  }
  /** Chooses the gate by what is known of the leaves' rates. */
  const needs = (entry: Entry): void => {
    const [gate, ...rest] = [...entry.compiled.needs(index.rates.of)].sort((a, b) => a.rate - b.rate)
    entry.gate = gate?.leaves ?? null
    entry.rest = rest
      .filter(({ leaves }) => leaves.length <= MOST_LEAVES)
      .slice(0, MOST_NEEDS)
      .flatMap(({ leaves }) => [leaves.length, ...leaves])
  }
  const chooseAnew = (entry: Entry): void => {
    unwatch(entry)
    needs(entry)
    entry.vain = 0
    entry.patience *= 2
    watch(entry)
  }

  const remove = (id: string): void => {
    const entry = entries.get(id)
    if (entry === undefined) return
    entries.delete(id)
    unwatch(entry)
    for (const leaf of entry.compiled.leaves) index.release(leaf)
  }

  return {
    get size() {
      return entries.size
    },
    get leaves() {
      return index.size
    },
    get looked() {
      return looked
    },
    set(id, query) {
      scanned = undefined
      const compiled = compile(query, index, context)
      remove(id)
      const entry: Entry = {
        id,
        compiled,
        gate: null,
        rest: NONE,
        seen: 0,
        vain: 0,
        patience: FIRST_PATIENCE,
      }
      if (prefilter) needs(entry)
      entries.set(id, entry)
      watch(entry)
    },
    delete: remove,
    match(tokenised, now) {
      story++
      scan(tokenised)
      index.rates.count(found.touched)
      const run = { found, subject: tokenised.subject, now }
      const ids: string[] = []
      const impatient: Entry[] = []
      for (const leaf of found.touched)
        for (const entry of watchers[leaf] ?? NONE) {
          if (entry.seen === story) continue
          entry.seen = story
          looked++
          if (met(entry.rest, found) && entry.compiled.matches(run)) ids.push(entry.id)
          else if (++entry.vain === entry.patience) impatient.push(entry)
        }
      looked += always.size
      for (const entry of always) if (entry.compiled.matches(run)) ids.push(entry.id)
      for (const entry of impatient) chooseAnew(entry)
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

const NONE: readonly never[] = []

/** Whether of each packed need a leaf occurs. */
function met(packed: readonly number[], found: Found): boolean {
  for (let at = 0; at < packed.length; ) {
    const end = at + 1 + (packed[at] as number)
    let i = at + 1
    while (i < end && found.fieldsOf(packed[i] as number) === 0) i++
    if (i === end) return false
    at = end
  }
  return true
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
  return {
    words: asked,
    forms: index.forms(),
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
