import { z } from 'zod'
import { parseQuery } from '../query/language/parse.ts'
import { checkConcepts, invalid, readable } from '../watch/conceptBook.ts'

const Key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower case letters, digits and hyphens')
const Day = z.union([z.literal(''), z.iso.date('must be a day, 2025-05-01, or empty')])
const Name = z.string().min(1, 'must not be empty').max(80, 'must not be longer than 80 characters')

/** Colour (1–16) + 16 × shape (0–5), as the page draws it; 0 is none. */
const Sign = z.int().min(0).max(96, 'must be 0 to 96')

const PackGroup = z.strictObject({ id: Key, name: Name, colour: Sign, order: z.int() })
const PackTheme = z.strictObject({
  id: Key,
  name: Name,
  description: z.string().max(1000),
  group: Key,
  query: z.string(),
  threshold: z.number().min(0).max(1),
  colour: Sign,
  order: z.int(),
  enabled: z.boolean(),
})
const PackConcept = z.strictObject({
  name: Key,
  label: Name,
  type: z.enum(['person', 'organisation', 'place', 'topic']),
  forms: z.array(z.string()).min(1, 'must hold at least one form'),
  except: z.array(z.string()),
  asOf: Day,
  notes: z.string().max(1000),
})
const PackShape = z.strictObject({
  format: z.literal('wirewatch-pack'),
  version: z.literal(1),
  name: Name,
  description: z.string().max(1000),
  asOf: Day,
  groups: z.array(PackGroup),
  themes: z.array(PackTheme),
  concepts: z.array(PackConcept),
})

/** A group of themes: its tag is the union of theirs, so it counts a story once. */
export type PackGroup = z.infer<typeof PackGroup>
export type PackTheme = z.infer<typeof PackTheme>
/**
 * A named list of surface forms. A form is a word, a wildcard, a "phrase", `case:"US"`, or `@name`: all forms (and
 * exceptions) of another concept. `asOf` is the day it was last true (office holders change), or ''.
 */
export type PackConcept = z.infer<typeof PackConcept>
/** A file of concepts and themes that can be shared (docs/theme-packs.md). */
export type Pack = z.infer<typeof PackShape>

/**
 * Reads and checks a pack: its shape, that names are unique, that groups and concepts it refers to are in it, and that
 * every form and query can be read.
 * @throws Problem (INVALID) with a sentence that names the entry
 */
export function readPack(json: string): Pack {
  const pack = shaped(parsed(json))
  unique('group', pack.groups, (group) => group.id)
  unique('theme', pack.themes, (theme) => theme.id)
  unique('concept', pack.concepts, (concept) => concept.name)
  checkConcepts(pack.concepts)
  const names = new Set(pack.concepts.map((concept) => concept.name))
  const groups = new Set(pack.groups.map((group) => group.id))
  for (const theme of pack.themes) {
    if (!groups.has(theme.group))
      throw invalid(
        `The theme “${theme.id}” is in the group “${theme.group}”, which this pack does not have.`,
      )
    try {
      parseQuery(theme.query, { use: 'theme', concepts: names })
    } catch (error) {
      throw readable(error, `The query of the theme “${theme.id}”`)
    }
  }
  return pack
}

/** A pack as one file, which `readPack` takes back. */
export const writePack = (pack: Pack): string => writeJson(PackShape.parse(pack))

/** JSON as packs are kept: two spaces, lists of plain strings filled to 110 columns, a line feed at the end. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  // Only lists of plain strings end up on lines of their own with nothing but a string on each.
  return `${text.replace(/\[\n((?: +"(?:[^"\\]|\\.)*",?\n)+)( *)\]/g, (_all, lines: string, indent: string) => filled(lines, indent))}\n`
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw invalid(`This file is not JSON: ${(error as Error).message}.`)
  }
}

function shaped(value: unknown): Pack {
  const head = z.looseObject({ format: z.literal('wirewatch-pack'), version: z.number() }).safeParse(value)
  if (!head.success)
    throw invalid('This file is not a Wirewatch pack: it does not say "format": "wirewatch-pack".')
  if (head.data.version !== 1)
    throw invalid(
      `This pack is written in version ${head.data.version} of the format; this Wirewatch reads version 1.`,
    )
  const result = PackShape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0] as z.core.$ZodIssue
  throw invalid(`${entry(value, issue.path)}: ${issue.message}.`)
}

/** A place in the pack for a sentence, by the name of the entry: The concept “putin”, “forms”. */
function entry(pack: unknown, path: readonly PropertyKey[]): string {
  const [list, index, ...rest] = path
  const singular: Record<string, string> = { groups: 'group', themes: 'theme', concepts: 'concept' }
  const kind = singular[String(list)]
  if (kind === undefined || typeof index !== 'number')
    return path.length === 0 ? 'The pack' : `The pack, “${path.join('.')}”`
  const item = (pack as Record<string, unknown[] | undefined>)[String(list)]?.[index] as
    | Record<string, unknown>
    | null
    | undefined
  const name = item?.id ?? item?.name
  const which = typeof name === 'string' ? `The ${kind} “${name}”` : `The ${kind} at place ${index + 1}`
  return rest.length === 0 ? which : `${which}, “${rest.join('.')}”`
}

function unique<T>(kind: string, entries: readonly T[], key: (entry: T) => string): void {
  const seen = new Set<string>()
  for (const one of entries) {
    if (seen.has(key(one))) throw invalid(`The ${kind} “${key(one)}” is in this pack twice.`)
    seen.add(key(one))
  }
}

function filled(lines: string, indent: string): string {
  const items = lines.trim().split(/,?\n */)
  const one = `[${items.join(', ')}]`
  if (one.length + indent.length + 12 <= 110) return one
  const rows: string[] = []
  let row = ''
  for (const [i, item] of items.entries()) {
    const piece = i < items.length - 1 ? `${item},` : item
    if (row !== '' && indent.length + 2 + row.length + 1 + piece.length > 110) {
      rows.push(row)
      row = piece
    } else row = row === '' ? piece : `${row} ${piece}`
  }
  return `[\n${[...rows, row].map((r) => `${indent}  ${r}`).join('\n')}\n${indent}]`
}
