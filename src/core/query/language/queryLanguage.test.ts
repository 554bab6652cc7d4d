import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../match/matcher.ts'
import { tokenise } from '../match/tokenise.ts'
import { FIELDS } from './fields.ts'
import { parseQuery } from './parse.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/query-language.md'), 'utf8')
const [forms = '', examples = ''] = page.split('## Examples')
/** The cells of a table's rows; `\|` is a bar in a cell. */
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^\| [^-]/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )

test.each(rows(examples))('%s in "%s": %s', (query, story, expected) => {
  const [title = '', text = ''] = (story as string).split('|')
  const subject = tokenise({ title, summary: '', text, published: null })
  const { query: tree } = parseQuery((query as string).replace(/^`|`$/g, ''), { use: 'match' })
  const context = { now: 0, timeZone: 'UTC', concepts: new Map() }
  expect(evaluate(tree, subject, context) ? 'yes' : 'no').toBe(expected)
})

test('every form of the page can be read, and every field has one', () => {
  const written = rows(forms).flatMap(([form]) =>
    [...(form as string).matchAll(/`([^`]+)`/g)].map((m) => m[1] as string),
  )
  expect(written.length).toBeGreaterThan(35)
  for (const form of written) expect(() => parseQuery(form, { use: 'search' }), form).not.toThrow()
  const named = [...page.matchAll(/`[^`]*`/g)].join(' ')
  for (const field of FIELDS.keys()) expect(named, field).toContain(`${field}:`)
})

test('what the page says of themes holds', () => {
  for (const part of [
    'is:unread',
    'is:read',
    'is:starred',
    'has:note',
    'alert:x',
    'theme:x',
    'within:7d',
    'fetched:2025-01-01',
  ])
    expect(() => parseQuery(`oil ${part}`, { use: 'theme' }), part).toThrow()
  for (const part of ['theme:x', 'within:7d', 'fetched:2025-01-01', 'is:copy'])
    expect(() => parseQuery(`oil ${part}`, { use: 'alert' }), part).not.toThrow()
})
