import type { Query, TermWord } from '../language/ast.ts'
import { TEXT_FIELDS } from '../language/ast.ts'
import { FirstUnits } from '../words/words.ts'
import { type CompileContext, type Compiled, compile, withoutExceptions } from './compile.ts'
import { endOf, fieldOf, type Occurrence, startOf } from './occurrence.ts'
import { Postings } from './postings.ts'
import { Presearcher } from './presearcher.ts'
import type { EvaluationContext, Evidence, Subject } from './subject.ts'
import { TermIndex } from './termIndex.ts'
import { TermScanner } from './termScanner.ts'
import { type Tokenised, tokenise } from './tokenise.ts'

/** Back-end 2: thousands of queries against one story at a time. */
export interface Matcher {
  /** Adds a query or replaces the one with this id; the others are not touched. */
  set(id: string, query: Query): void
  delete(id: string): void
  readonly size: number
  /** How many distinct terms the queries use. */
  readonly terms: number
  /** How often a query was a candidate so far, over all stories. */
  readonly candidates: number
  /** Ids of the queries that match, in no particular order. `now` is epoch milliseconds. */
  match(story: Tokenised, now: number): string[]
  /**
   * Spans (in the original text) of the terms that made a query match; [] where it does not match. Right after `match`
   * of the same story it costs no second scan.
   */
  evidence(id: string, story: Tokenised, now: number): Evidence[]
  /** The same as word positions, without the cost of finding their offsets in the text. */
  occurrences(id: string, story: Tokenised, now: number): readonly Occurrence[]
  /** From now on `conceptsIn` and `conceptOccurrences` find these concepts, which need not be part of a query. */
  watchConcepts(names: readonly string[]): void
  /**
   * The watched concepts a form of which occurs in a story, in the order in which they were first watched. Most stories hold
   * few of them: whoever asks about many looks here first.
   */
  conceptsIn(story: Tokenised): readonly string[]
  /** Where a watched concept occurs in the story that was matched last, or in another at the cost of a scan. */
  conceptOccurrences(name: string, story: Tokenised): readonly Occurrence[]
}

interface Entry {
  readonly compiled: Compiled
  /** Its index in the arrays of entries and names. */
  readonly number: number
}

/**
 * One scan of a story's words finds the terms of all queries (TermScanner); only the queries whose covering terms occur are
 * evaluated (Presearcher). `prefilter: false` evaluates every query on every story: the same suite runs both ways.
 */
export function createMatcher(context: CompileContext, options: { prefilter?: boolean } = {}): Matcher {
  const prefilter = options.prefilter ?? true
  const index = new TermIndex()
  const scanner = new TermScanner(index)
  const postings = new Postings()
  const presearcher = new Presearcher(index.frequencies.of)
  const byId = new Map<string, Entry>()
  const entries: (Entry | undefined)[] = []
  const names: string[] = []
  /** 1: the query matches wherever it is a candidate, and need not be evaluated. */
  const matchesUnevaluated: number[] = []
  /** By query: the last scan whose story it matched, as `match` decided. */
  const matchedIn: number[] = []
  const free: number[] = []
  /** By name: the synonym sets of a watched concept's forms and of its exceptions. */
  const watched = new Map<string, readonly [forms: number, except: number]>()
  const watchedNames: string[] = []
  /** By the synonym set of its forms: the place of a watched concept in `watchedNames`. */
  const watchedBySet: number[] = []
  /** The watched concepts in the story whose terms are in `postings`, once somebody asked. */
  let watchedThere: readonly string[] | undefined
  const onEveryStory = new Set<Entry>()
  /** The story whose terms are in `postings`. */
  let scanned: Tokenised | undefined
  let scans = 0
  /** The clock that the story was matched by. */
  let matchedAt = Number.NaN
  const scan = (tokenised: Tokenised): void => {
    scanner.scan(tokenised, postings)
    scanned = tokenised
    scans++
    matchedAt = Number.NaN
    watchedThere = undefined
  }

  const remove = (id: string): void => {
    const entry = byId.get(id)
    if (entry === undefined) return
    byId.delete(id)
    onEveryStory.delete(entry)
    presearcher.remove(entry.number)
    entries[entry.number] = undefined
    free.push(entry.number)
    for (const term of entry.compiled.terms) index.release(term)
  }

  function occurrences(id: string, tokenised: Tokenised, now: number): readonly Occurrence[] {
    const entry = byId.get(id)
    if (entry === undefined) return []
    if (scanned !== tokenised) scan(tokenised)
    const run = { postings, subject: tokenised.subject, now }
    const matches = (matchedIn[entry.number] === scans && matchedAt === now) || entry.compiled.matches(run)
    return matches ? entry.compiled.evidence(run) : []
  }

  return {
    get size() {
      return byId.size
    },
    get terms() {
      return index.size
    },
    get candidates() {
      return presearcher.candidates
    },
    set(id, query) {
      scanned = undefined
      const compiled = compile(query, index, context)
      remove(id)
      const number = free.pop() ?? entries.length
      matchedIn[number] = 0
      const entry: Entry = { compiled, number }
      entries[number] = entry
      names[number] = id
      byId.set(id, entry)
      const verdict = prefilter
        ? presearcher.add(number, compiled.requirements(index.frequencies.of))
        : 'every story'
      if (verdict === 'every story') onEveryStory.add(entry)
      matchesUnevaluated[number] = verdict === 'matches' ? 1 : 0
    },
    delete: remove,
    match(tokenised, now) {
      scan(tokenised)
      index.frequencies.count(postings.terms)
      const run = { postings, subject: tokenised.subject, now }
      const ids: string[] = []
      const matches = (number: number): void => {
        matchedIn[number] = scans
        ids.push(names[number] as string)
      }
      const impatient = presearcher.search(postings, (number) => {
        if (matchesUnevaluated[number] === 0 && !(entries[number] as Entry).compiled.matches(run))
          return false
        matches(number)
        return true
      })
      for (const { compiled, number } of onEveryStory) if (compiled.matches(run)) matches(number)
      matchedAt = now
      for (const number of impatient) {
        const { compiled } = entries[number] as Entry
        const verdict = presearcher.move(number, compiled.requirements(index.frequencies.of))
        matchesUnevaluated[number] = verdict === 'matches' ? 1 : 0
      }
      return ids
    },
    evidence: (id, tokenised, now) => spans(occurrences(id, tokenised, now), tokenised),
    occurrences,
    watchConcepts(names) {
      for (const name of names) {
        if (watched.has(name)) continue
        scanned = undefined
        const [forms, except] = compile({ type: 'concept', name }, index, context).terms as [number, number]
        watched.set(name, [forms, except])
        watchedBySet[forms] = watchedNames.push(name) - 1
      }
    },
    conceptsIn(tokenised) {
      if (scanned !== tokenised) scan(tokenised)
      if (watchedThere !== undefined) return watchedThere
      const places: number[] = []
      for (const term of postings.terms) {
        const place = watchedBySet[term]
        if (place !== undefined) places.push(place)
      }
      watchedThere = places.sort((a, b) => a - b).map((place) => watchedNames[place] as string)
      return watchedThere
    },
    conceptOccurrences(name, tokenised) {
      const concept = watched.get(name)
      if (concept === undefined) return NONE
      if (scanned !== tokenised) scan(tokenised)
      return withoutExceptions(postings, ...concept)
    },
  }
}

const NONE: readonly Occurrence[] = []

/** Evaluates one query on one story: the exact check behind archive search. */
export function evaluate(query: Query, story: Tokenised, context: EvaluationContext): boolean {
  return createEvaluator(query, context).matches(story, context.now)
}

/** Spans of the terms that made a query match a story; [] where it does not match. */
export function evidence(query: Query, story: Tokenised, context: EvaluationContext): Evidence[] {
  return createEvaluator(query, context).evidence(story, context.now)
}

/** One query, compiled once, evaluated on many stories. */
export interface Evaluator {
  /** The words of its terms: a story may come without all others (`WordList.positions`). */
  readonly words: readonly TermWord[]
  /** The words of its `case:` terms: `FieldWords.exact` is compared with them. */
  readonly exactForms: readonly TermWord[]
  /** Reads only the words of a story that its terms may begin with. */
  read(subject: Subject): Tokenised
  matches(story: Tokenised, now: number): boolean
  evidence(story: Tokenised, now: number): Evidence[]
  /** The same as word positions. */
  occurrences(story: Tokenised, now: number): readonly Occurrence[]
}

export function createEvaluator(query: Query, context: CompileContext): Evaluator {
  const index = new TermIndex()
  const scanner = new TermScanner(index)
  const postings = new Postings()
  const compiled = compile(query, index, context)
  const words = index.words()
  const wanted = new FirstUnits()
  for (const { text } of words) wanted.add(text)
  const run = (story: Tokenised, now: number) => {
    scanner.scan(story, postings)
    return { postings, subject: story.subject, now }
  }
  const occurrences = (story: Tokenised, now: number): readonly Occurrence[] => {
    const r = run(story, now)
    return compiled.matches(r) ? compiled.evidence(r) : []
  }
  return {
    words,
    exactForms: index.exactForms(),
    read: (subject) => tokenise(subject, { wanted }),
    matches: (story, now) => compiled.matches(run(story, now)),
    evidence: (story, now) => spans(occurrences(story, now), story),
    occurrences,
  }
}

/** Word positions to offsets in the original text. */
function spans(occurrences: readonly Occurrence[], story: Tokenised): Evidence[] {
  return occurrences.flatMap((o) => {
    const list = story.fields[fieldOf(o)]?.list
    const field = TEXT_FIELDS[fieldOf(o)]
    if (list === undefined || field === undefined) return []
    const entry = (position: number): number => list.positions?.indexOf(position) ?? position
    const start = list.starts[entry(startOf(o))]
    const end = list.ends[entry(endOf(o) - 1)]
    return start === undefined || end === undefined ? [] : [{ field, start, end }]
  })
}
