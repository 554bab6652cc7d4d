import { Problem } from '../problem.ts'
import { type At, QueryError } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import { unknownValues } from '../query/language/unknownValues.ts'
import { createMatcher, type Matcher } from '../query/match/matcher.ts'
import type { ConceptBook } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import {
  type Id,
  type IdLine,
  type LineProblem,
  type Moment,
  readObjects,
  readStories,
} from './storyLines.ts'

export interface Matched {
  readonly story: Id
  /** In the order of the queries' file. */
  readonly queries: readonly Id[]
}

/** A query that runs, but may not be read as the person meant. */
export interface LineWarning {
  readonly id: Id
  readonly message: string
  readonly at: At
  /** The whole query as it was most likely meant. */
  readonly repair?: string
}

/**
 * Matches every story of a file (lines {id, title?, summary?, text?, lang?, source?, author?, url?, published?}) against
 * every query of another ({id, query}). Queries are read first, then stories one by one; results come in batches.
 * @param report called for each line that cannot be used; the others are used
 * @param warn called for each warning of a query
 * @throws Problem where a file cannot be read
 */
export async function* matchQueries(
  files: { readonly queries: string; readonly stories: string },
  moment: Moment,
  report: (problem: LineProblem) => void,
  warn: (warning: LineWarning) => void = () => undefined,
): AsyncGenerator<Matched[]> {
  const ids: Id[] = []
  const matcher = await compileQueries(files.queries, moment, report, warn, ids)
  for await (const batch of readStories(files.stories, moment, report))
    yield batch.map(({ id, subject }) => ({
      story: id,
      queries: matcher
        .match(tokenise(subject), moment.now)
        .map(Number)
        .sort((a, b) => a - b)
        .map((place) => ids[place] as Id),
    }))
}

const none: ConceptBook = new Map()

/** Reads a file of queries into a matcher. Each goes by its place in `ids`, which is filled. */
async function compileQueries(
  file: string,
  { timeZone }: Moment,
  report: (problem: LineProblem) => void,
  warn: (warning: LineWarning) => void,
  ids: Id[],
): Promise<Matcher> {
  let concepts: ConceptBook = none
  const context = {
    get concepts() {
      return concepts
    },
    timeZone,
  }
  const matcher = createMatcher(context)
  const lines = new Map<Id, number>()
  const read = ({ line, id, value }: IdLine): void => {
    const earlier = lines.get(id)
    try {
      if (earlier !== undefined)
        throw new Problem('INVALID', `The id is that of line ${earlier} already: each query has its own.`)
      if (typeof value.query !== 'string') throw new Problem('INVALID', 'The line has no "query" text.')
      const { query, warnings } = parseQuery(value.query, { use: 'match', concepts })
      for (const { message, at, repair } of [...warnings, ...unknownValues(query, value.query, {})])
        warn({ id, message, at: placeOf({ at }), ...(repair === undefined ? {} : { repair }) })
      matcher.set(String(ids.length), query)
      lines.set(id, line)
      ids.push(id)
    } catch (error) {
      if (error instanceof QueryError) report({ file, line, id, message: error.message, at: placeOf(error) })
      else if (error instanceof Problem) report({ file, line, id, message: error.message })
      else throw error
    }
  }
  for await (const batch of readObjects(file, report)) {
    // Reading the concepts takes longer than most runs: only where a query may name one.
    if (concepts === none && batch.some(({ value }) => String(value.query).includes('@')))
      concepts = await builtInConcepts()
    for (const line of batch) read(line)
  }
  return matcher
}

async function builtInConcepts(): Promise<ConceptBook> {
  const [{ conceptBook }, { builtInPack }] = await Promise.all([
    import('../watch/conceptBook.ts'),
    import('./builtInPack.ts'),
  ])
  return conceptBook(builtInPack().concepts)
}

const placeOf = ({ at: { start, end } }: { readonly at: At }): At => ({ start, end })
