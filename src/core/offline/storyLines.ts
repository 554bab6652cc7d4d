import { readInstant } from '../instant.ts'
import type { At } from '../query/language/ast.ts'
import type { Subject } from '../query/match/subject.ts'
import { jsonObject, readLines, textMembers } from '../reading/lines.ts'

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

/** The stories of a file of lines, in batches; each line that is none is reported. */
export async function* readStories(
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

/** A line as a subject of the matcher. A member of the wrong type refuses the line; a date that cannot be read counts as none. */
function subjectOf(
  value: Readonly<Record<string, unknown>>,
  timeZone: string,
  report: (message: string) => void,
): Subject | undefined {
  const members = textMembers(value, TEXTS)
  if ('error' in members) {
    report(members.error)
    return undefined
  }
  const stated = value.published ?? null
  const published = stated === null ? null : readInstant(stated, timeZone)
  if (stated !== null && published === null)
    report(`"published" is no moment that can be read, so the story has no date: ${JSON.stringify(stated)}.`)
  const { title = '', summary = '', text = '', lang, source, author, url } = members.texts
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

export interface IdLine {
  readonly line: number
  readonly id: Id
  readonly value: Readonly<Record<string, unknown>>
}

/** The JSON objects of a file of lines, each with its id, in batches. */
export async function* readObjects(
  file: string,
  report: (problem: LineProblem) => void,
): AsyncGenerator<IdLine[]> {
  for await (const batch of readLines(file))
    yield batch.flatMap((entry): IdLine[] => {
      const { line } = entry
      const refuse = (message: string): IdLine[] => {
        report({ file, line, message })
        return []
      }
      if ('error' in entry) return refuse(entry.error)
      const read = jsonObject(entry.text)
      if ('error' in read) return refuse(read.error)
      const { object: value } = read
      const { id } = value
      if (typeof id !== 'string' && typeof id !== 'number')
        return refuse('The line has no "id", text or a number.')
      return [{ line, id, value }]
    })
}
