/**
 * The engine's work on files alone, without a data folder: reading feeds, tagging stories, matching queries. A door
 * of its own beside wirewatch.ts, so that a command which needs no database does not load one.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { FeedError } from './feeds/feed.ts'
import { readFeed } from './feeds/parse.ts'
import { readInstant } from './instant.ts'
import { readLines } from './lines.ts'
import { createPercolator } from './percolator.ts'
import { Problem } from './problem.ts'
import { type At, QueryError } from './query/ast.ts'
import { createMatcher, type Matcher } from './query/matcher.ts'
import { parseQuery } from './query/parse.ts'
import type { ConceptBook, Evidence, Subject } from './query/subject.ts'
import { tokenise } from './query/tokenise.ts'
import { conceptBook, type Pack, readPack } from './themes/pack.ts'

export { Problem }

export type ParsedFile =
  | {
      readonly feed: { readonly title: string; readonly link: string; readonly language: string }
      readonly items: readonly {
        readonly id: string
        readonly title: string
        readonly link: string
        /** As stated: ISO 8601 UTC, or null. */
        readonly published: string | null
        readonly summary: string
        readonly text: string
      }[]
      readonly warnings: readonly string[]
    }
  | { readonly error: { readonly code: string; readonly message: string } }

/**
 * Reads the bytes of one feed. Titles and texts are plain; links absolute where a base is known (xml:base,
 * Content-Location, `base`), otherwise as written.
 * @param options headers by lower-case name, as an HTTP answer would have had them: Content-Type, Content-Location,
 *   Content-Language count
 */
export function parseFile(
  bytes: Uint8Array,
  { base, headers }: { readonly base: string; readonly headers: ReadonlyMap<string, string> },
): ParsedFile {
  const contentLocation = headers.get('content-location')
  const contentLanguage = headers.get('content-language')
  try {
    const { title, link, language, items, warnings } = readFeed(bytes, {
      contentType: headers.get('content-type') ?? '',
      base,
      ...(contentLocation === undefined ? {} : { contentLocation }),
      ...(contentLanguage === undefined ? {} : { contentLanguage }),
    })
    return {
      feed: { title, link, language },
      items: items.map((item) => ({
        id: item.id,
        title: item.title,
        link: item.link,
        published: item.published === null ? null : new Date(item.published).toISOString(),
        summary: item.summary,
        text: item.text,
      })),
      warnings,
    }
  } catch (error) {
    if (error instanceof FeedError) return { error: { code: error.code, message: error.message } }
    throw error
  }
}

/** What is wrong with a line of an input file. */
export interface LineProblem {
  readonly file: string
  readonly line: number
  /** The line's own id, where it has one. */
  readonly id?: Id
  readonly message: string
  /** Where in the query text. */
  readonly at?: At
}
export type Id = string | number

/** Clock (epoch ms) and zone (IANA) that queries are evaluated in. */
export interface Moment {
  readonly now: number
  readonly timeZone: string
}

export interface Matched {
  readonly story: Id
  /** In the order of the queries' file. */
  readonly queries: readonly Id[]
}

/**
 * Matches every story of a file (lines {id, title?, summary?, text?, lang?, source?, author?, url?, published?}) against
 * every query of another ({id, query}). Queries are read first, stories pass one by one, a batch of results at a time.
 * @param report told of each line that cannot be used; the others are
 * @throws Problem where a file cannot be read
 */
export async function* matchQueries(
  files: { readonly queries: string; readonly stories: string },
  moment: Moment,
  report: (problem: LineProblem) => void,
): AsyncGenerator<Matched[]> {
  const ids: Id[] = []
  const matcher = await compileQueries(files.queries, moment, report, ids)
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

export interface TaggedStory {
  readonly id: Id
  readonly themes: readonly {
    readonly id: string
    readonly score: number
    readonly evidence: readonly Evidence[]
  }[]
}

/**
 * Tags every story of a file with the themes of the built-in pack. Strongest theme first; evidence spans are UTF-16
 * offsets into the field as given.
 * @param report told of each line that cannot be used; the others are
 * @throws Problem where the file cannot be read
 */
export async function* tagStories(
  file: string,
  moment: Moment,
  report: (problem: LineProblem) => void,
): AsyncGenerator<TaggedStory[]> {
  const pack = builtInPack()
  const concepts = conceptBook(pack.concepts)
  const percolator = createPercolator({ concepts, timeZone: moment.timeZone })
  for (const [place, { id, query, threshold, enabled, group }] of pack.themes.entries()) {
    if (!enabled) continue
    const read = parseQuery(query, { use: 'theme', concepts: (name) => concepts.has(name) })
    percolator.setTheme({ id: place, key: id, query: read.query, threshold, group })
  }
  for await (const batch of readStories(file, moment, report))
    yield batch.map(({ id, subject }) => {
      const { story, tags } = percolator.read(tokenise(subject), moment.now)
      const themes = [...tags].map(([place, score]) => ({
        id: pack.themes[place]?.id ?? '',
        score: Number(score.toFixed(4)),
        evidence: percolator.explain(place, story, moment.now).evidence,
      }))
      return { id, themes: themes.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)) }
    })
}

/** Reads a file of queries into a matcher that knows them by their place in `ids`. */
async function compileQueries(
  file: string,
  { timeZone }: Moment,
  report: (problem: LineProblem) => void,
  ids: Id[],
): Promise<Matcher> {
  let book: ConceptBook | undefined
  const concepts = (): ConceptBook => {
    book ??= conceptBook(builtInPack().concepts)
    return book
  }
  // Reading the concepts takes longer than most runs: only where a query names one.
  const context = {
    get concepts() {
      return concepts()
    },
    timeZone,
  }
  const matcher = createMatcher(context)
  const seen = new Map<Id, number>()
  const read = ({ line, id, value }: IdLine): void => {
    const earlier = seen.get(id)
    try {
      if (earlier !== undefined)
        throw new Problem('INVALID', `The id is that of line ${earlier} already: each query has its own.`)
      if (typeof value.query !== 'string') throw new Problem('INVALID', 'The line has no "query" text.')
      const { query } = parseQuery(value.query, { use: 'match', concepts: (name) => concepts().has(name) })
      matcher.set(String(ids.length), query)
      seen.set(id, line)
      ids.push(id)
    } catch (error) {
      if (error instanceof QueryError) report({ file, line, id, message: error.message, at: placeOf(error) })
      else if (error instanceof Problem) report({ file, line, id, message: error.message })
      else throw error
    }
  }
  for await (const batch of readObjects(file, report)) for (const line of batch) read(line)
  return matcher
}

const placeOf = ({ at: { start, end } }: QueryError): At => ({ start, end })

async function* readStories(
  file: string,
  { timeZone }: Moment,
  report: (problem: LineProblem) => void,
): AsyncGenerator<{ id: Id; subject: Subject }[]> {
  for await (const batch of readObjects(file, report))
    yield batch.flatMap(({ line, id, value }) => {
      const subject = subjectOf(value, timeZone, (message) => report({ file, line, id, message }))
      return subject === undefined ? [] : [{ id, subject }]
    })
}

const TEXTS = ['title', 'summary', 'text', 'lang', 'source', 'author', 'url'] as const

/** A line as the matcher sees it. A member of the wrong kind refuses the line; a date that cannot be read counts as none. */
function subjectOf(
  value: Readonly<Record<string, unknown>>,
  timeZone: string,
  report: (message: string) => void,
): Subject | undefined {
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {}
  for (const name of TEXTS) {
    const member = value[name]
    if (member === undefined || member === null) continue
    if (typeof member !== 'string') {
      report(`"${name}" must be text.`)
      return undefined
    }
    texts[name] = member
  }
  const stated = value.published ?? null
  const published = stated === null ? null : readInstant(stated, timeZone)
  if (stated !== null && published === null)
    report(`"published" is no moment that can be read, so the story has no date: ${JSON.stringify(stated)}.`)
  const { title = '', summary = '', text = '', lang, source, author, url } = texts
  return {
    title,
    summary,
    text,
    lang: lang?.toLowerCase(),
    author,
    url,
    published,
    source: source === undefined ? undefined : { title: source },
  }
}

interface IdLine {
  readonly line: number
  readonly id: Id
  readonly value: Readonly<Record<string, unknown>>
}

/** The JSON objects of a file of lines, each with its id, a block of the file at a time. */
async function* readObjects(file: string, report: (problem: LineProblem) => void): AsyncGenerator<IdLine[]> {
  for await (const batch of readLines(file))
    yield batch.flatMap((entry): IdLine[] => {
      const { line } = entry
      const refuse = (message: string): IdLine[] => {
        report({ file, line, message })
        return []
      }
      if ('error' in entry) return refuse(entry.error)
      let value: unknown
      try {
        value = JSON.parse(entry.text)
      } catch (error) {
        return refuse(`This is not JSON: ${(error as Error).message}.`)
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return refuse('This is not a JSON object.')
      const { id } = value as { id?: unknown }
      if (typeof id !== 'string' && typeof id !== 'number')
        return refuse('The line has no "id", text or a number.')
      return [{ line, id, value: value as Record<string, unknown> }]
    })
}

const PACK = fileURLToPath(new URL('../../resources/themes/great-powers-and-europe.json', import.meta.url))

const builtInPack = (): Pack => readPack(readFileSync(PACK, 'utf8'))
