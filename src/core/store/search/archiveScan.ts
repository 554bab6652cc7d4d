import { type BoundedSet, type CandidateSet, candidateSet } from '../../query/fulltext/candidateSets.ts'
import type { FtsContext } from '../../query/fulltext/context.ts'
import type { Query } from '../../query/language/ast.ts'
import type { ReadableDb } from '../connection.ts'
import { sourcesWhere } from './sourceFilter.ts'
import { StorySet } from './storySet.ts'
import { vocabulary } from './vocabulary.ts'

/** One step of a scan: some candidates, and how far it is. */
export interface ScanStep {
  /** Docids of stories that one of the queries may match, newest first. */
  readonly docids: readonly number[]
  /** How many stories were passed so far: these, and those that no query can match. */
  readonly passed: number
  /** Every story with a docid of this or more was passed. */
  readonly from: number
}

/** Scans the archive, newest first, for the stories that changed definitions concern (the field's backfill). */
export interface ArchiveScan {
  /**
   * The stories that one of these queries may match or that have a tag of one of these themes. In small steps, so that others
   * can work between; a step that only prepares yields null. No statement is open between two steps; stories that come
   * meanwhile are left out, and a story that is deleted meanwhile may still be named.
   * @param stretch the archive is read in stretches: how many stories the first has, and how many one may have at most. Each is
   * four times as long as the one before. Short ones give results early; long ones cost less in all
   */
  over(
    queries: readonly Query[],
    tagged: readonly number[],
    stretch?: { first: number; longest: number },
  ): Generator<ScanStep | null>
}

/**
 * @param context the concepts that queries may name
 * @param storiesPerTerm looking up one term takes as long as reading so many stories: of a stretch with fewer, all are candidates
 */
export function createArchiveScan(
  db: ReadableDb,
  context: () => Pick<FtsContext, 'concepts' | 'entities'>,
  storiesPerTerm = 3,
): ArchiveScan {
  const sources = sourcesWhere(db)
  const stories = db.prepare('SELECT docid FROM story WHERE docid < ? ORDER BY docid DESC LIMIT ?').pluck()
  const withWords = db
    .prepare(
      `SELECT rowid FROM story_words WHERE story_words MATCH ? AND rowid >= ? AND rowid <= ? LIMIT ${AT_ONCE}`,
    )
    .pluck()
  const withTag = db
    .prepare(`SELECT docid FROM tag WHERE theme_id = ? AND docid >= ? AND docid <= ? LIMIT ${AT_ONCE}`)
    .pluck()
  const words = vocabulary(db)
  const wordsFrom = (prefix: string): readonly string[] | null => words(prefix, Number.POSITIVE_INFINITY)

  function* stretch(size: number, before: number): Generator<null, Stretch> {
    const docids: number[] = []
    while (docids.length < size) {
      const some = stories.all(docids.at(-1) ?? before, Math.min(AT_ONCE, size - docids.length)) as number[]
      docids.push(...some)
      if (some.length < Math.min(AT_ONCE, size)) break
      yield null
    }
    return new Stretch(docids.reverse())
  }

  /** Adds the stories of a stretch that `find` returns from a docid on, AT_ONCE at a time. */
  function* collect(into: StorySet, where: Stretch, find: (from: number) => number[]): Generator<null> {
    for (let from = where.first; ; ) {
      const some = find(from)
      where.addAll(some, into)
      yield null
      if (some.length < AT_ONCE) return
      from = (some.at(-1) as number) + 1
    }
  }

  /** The stories of a stretch that are in a candidate set. Sets in `known` are looked up once; do not change them. */
  function* storiesOf(
    part: BoundedSet,
    where: Stretch,
    known: Map<string, StorySet>,
  ): Generator<null, StorySet> {
    if (part.type === 'found') {
      const before = known.get(part.key)
      if (before !== undefined) return before
      const set = new StorySet(where.size)
      for (const match of part.matches())
        yield* collect(
          set,
          where,
          // FTS5 takes a range of rowids only as 64-bit integers.
          (from) => withWords.all(match, BigInt(from), BigInt(where.last)) as number[],
        )
      known.set(part.key, set)
      return set
    }
    const [first, ...more] = part.of
    const all = new StorySet(where.size).unite(yield* storiesOf(first, where, known))
    for (const member of more) {
      const some = yield* storiesOf(member, where, known)
      if (part.type === 'and') all.intersect(some)
      else all.unite(some)
    }
    return all
  }

  return {
    *over(queries, tagged, { first, longest } = { first: LARGEST, longest: LARGEST }) {
      const names = { ...context(), sources, wordsFrom }
      const parts = queries.map((query) => candidateSet(query, names))
      const worthwhile = storiesPerTerm * termsOf(parts)
      let passed = 0
      let before = Number.MAX_SAFE_INTEGER
      for (let size = first; ; size = Math.min(size * 4, longest)) {
        const where = yield* stretch(size, before)
        if (where.size === 0) break
        const known = new Map<string, StorySet>()
        const candidates = new StorySet(where.size)
        const everything = parts.some(({ type }) => type === 'all') || where.size < worthwhile
        for (const part of everything ? [] : parts)
          if (part.type !== 'all') candidates.unite(yield* storiesOf(part, where, known))
        for (const theme of tagged)
          yield* collect(candidates, where, (from) => withTag.all(theme, from, where.last) as number[])
        let docids: number[] = []
        let place = where.size
        for (const next of everything ? where.lastFirst() : candidates.lastFirst()) {
          docids.push(where.docid(next))
          if (docids.length < STEP) continue
          passed += place - next
          place = next
          yield { docids, passed, from: where.docid(next) }
          docids = []
        }
        passed += place
        before = where.first
        yield { docids, passed, from: before }
      }
      yield { docids: [], passed, from: 0 }
    },
  }
}

/** How many terms are looked up for these sets, each once. */
function termsOf(parts: readonly CandidateSet[]): number {
  const terms = new Map<string, number>()
  const add = (part: CandidateSet): void => {
    if (part.type === 'found') terms.set(part.key, part.terms)
    else if (part.type !== 'all') part.of.forEach(add)
  }
  parts.forEach(add)
  return [...terms.values()].reduce((sum, n) => sum + n, 0)
}

/** Some stories that follow each other in the archive; docids in rising order. */
class Stretch {
  private readonly docids: readonly number[]

  constructor(docids: readonly number[]) {
    this.docids = docids
  }

  get size(): number {
    return this.docids.length
  }

  get first(): number {
    return this.docids[0] ?? 0
  }

  get last(): number {
    return this.docids.at(-1) ?? -1
  }

  docid(place: number): number {
    return this.docids[place] as number
  }

  /** Adds stories by their docids, which rise too; others than those of the stretch are passed over. */
  addAll(docids: readonly number[], into: StorySet): void {
    let place = 0
    for (const docid of docids) {
      // Wide steps, then a search between the last two: both rows rise.
      let step = 1
      while (place + step < this.docids.length && (this.docids[place + step] as number) < docid) step *= 2
      let low = place + (step >> 1)
      let high = Math.min(place + step, this.docids.length - 1)
      while (low < high) {
        const middle = (low + high) >> 1
        if ((this.docids[middle] as number) < docid) low = middle + 1
        else high = middle
      }
      place = low
      if (this.docids[place] === docid) into.add(place)
    }
  }

  *lastFirst(): Generator<number> {
    for (let place = this.docids.length - 1; place >= 0; place--) yield place
  }
}

/** Rows read by one statement: a few milliseconds. */
const AT_ONCE = 4096
/** Candidates of one step. */
const STEP = 16
/** The longest stretch: its sets take some megabytes. Most of a look-up's cost comes before its first row. */
const LARGEST = 2 ** 20
