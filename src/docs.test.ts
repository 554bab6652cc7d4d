/** What the pages say of the source tree holds: files and links are there, and design.md lists the rooms as rooms.ts does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { core, rooms } from './architecture/rooms.ts'

const root = new URL('..', import.meta.url).pathname
const page = (path: string): string => readFileSync(join(root, path), 'utf8')
const isThere = (path: string): boolean => existsSync(join(root, path))

const pages = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => normalize(join(folder, name))),
)

const PATH = /^(?:src|docs|bench|e2e|packaging|resources|\.ci)(?:\/[\w.-]+)+\/?$/

/** What stands in backticks. */
const codesIn = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

/** The paths from the project's root among it. */
const pathsIn = (text: string): string[] => codesIn(text).filter((code) => PATH.test(code))

/** The targets of a page's links within the project: a path from the root, and the heading that is linked to, or ''. */
const linksIn = (path: string, text: string): { file: string; heading: string }[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => {
      const [file = '', heading = ''] = target.split('#')
      return { file: file === '' ? path : normalize(join(dirname(path), file)), heading }
    })

/** Headings as the addresses of links name them. */
const headingsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** What a page names that is not there. */
const missingIn = (path: string, text: string): string[] => [
  ...pathsIn(text).filter((named) => !isThere(named)),
  ...linksIn(path, text)
    .filter(
      ({ file, heading }) => !isThere(file) || (heading !== '' && !headingsIn(page(file)).includes(heading)),
    )
    .map(({ file, heading }) => `${file}#${heading}`),
]

/** The paths in the first column of the table under a heading, from top to bottom. */
function roomsUnder(heading: string, text: string): string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => codesIn(line.split('|')[1] ?? ''))
}

test.each(pages)('what %s names is there', (path) => {
  expect(missingIn(path, page(path))).toEqual([])
})

test('a file, a page or a heading that is not there is found', () => {
  const text =
    'See `src/core/wirewatch.ts`, `src/core/nobody.ts`, [it](no.md), [us](design.md#words), [them](design.md#no).'
  expect(missingIn('docs/text.md', text)).toEqual(['src/core/nobody.ts', 'docs/no.md#', 'docs/design.md#no'])
})

test('design.md lists the rooms of the core, lowest first, and all others', () => {
  const design = page('docs/design.md')
  expect(roomsUnder('Rooms of the core', design)).toEqual(core.map(({ path }) => path))
  expect(roomsUnder('Rooms outside the core', design)).toEqual(
    rooms.slice(core.length).map(({ path }) => path),
  )
})
