import { readFileSync } from 'node:fs'
import { dirname, join, matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { projects, rooms } from './architecture/rooms.ts'
import { readSource, readSources } from './architecture/source.ts'
import { roomOf, violations } from './architecture/violations.ts'

const root = new URL('..', import.meta.url).pathname
const tree = readSources(root)

test('every file has a room and imports what its room allows', () => {
  expect(violations(tree)).toEqual([])
})

test('every room of the table is there', () => {
  const missing = rooms.filter((room) => ![...tree.keys()].some((path) => roomOf(path) === room))
  expect(missing.map(({ path }) => path)).toEqual([])
})

/** What a line more in a file breaks. A file that is not there yet is made. */
function planted(path: string, line: string): string[] {
  const text = tree.get(path)
  return violations(new Map([...tree, [path, `${line}\n${text ?? ''}`]]))
}

test.each([
  ['src/main/index.ts', `import { openDatabase } from '../core/store/open.ts'`],
  ['src/core/intake/ingest.ts', `import { electronProgram } from '../../launch/electron.ts'`],
  ['src/renderer/app.tsx', `import { openEngine } from '../engine/openEngine.ts'`],
  ['src/launch/start.ts', `import { openDatabase } from '../core/store/open.ts'`],
  ['src/core/query/language/parse.ts', `import { createIngest } from '../../intake/ingest.ts'`],
  ['src/core/watch/percolator.ts', `import fc from 'fast-check'`],
  ['src/core/door/alerts.ts', `const seen = 'UPDATE hit SET seen = 1'`],
  ['src/engine/server.ts', `const all = 'SELECT id FROM story'`],
  ['src/preload/index.ts', `import { z } from 'zod'`],
  ['src/news.ts', `export const news = 1`],
  ['src/core/news.ts', `export const news = 1`],
])('planted in %s, it is caught: %s', (path, line) => {
  expect(planted(path, line)).not.toEqual([])
})

test.each([
  [
    'a type of a higher room',
    'src/core/store/tags.ts',
    `import type { Percolator } from '../watch/percolator.ts'`,
  ],
  [
    'a value of the contract in the core',
    'src/core/door/app.ts',
    `import { contract } from '../../api/contract/index.ts'`,
  ],
  [
    'an import of types alone that loads its module',
    'src/core/door/app.ts',
    `import { type Door } from '../../api/contract/door.ts'`,
  ],
  ['an export from elsewhere', 'src/core/query/words/words.ts', `export * from '../match/matcher.ts'`],
  ['a dynamic import', 'src/renderer/app.tsx', `const engine = () => import('../engine/openEngine.ts')`],
  ['a computed import', 'src/renderer/app.tsx', `const engine = (name: string) => import(name)`],
  ['a require', 'src/cli/cli.ts', `const sqlite = require('better-sqlite3')`],
  [
    'a type that is imported in place',
    'src/core/query/words/words.ts',
    `let m: import('../match/matcher.ts').Matcher`,
  ],
  [
    'a fixture in product code',
    'src/core/watch/percolator.ts',
    `import { answer } from '../fixtures/answer.ts'`,
  ],
  ['a test in product code', 'src/core/watch/percolator.ts', `import './definitions.test.ts'`],
  ['a server in the core', 'src/core/feeds/fetch/fetch.ts', `import { createServer } from 'node:http'`],
  [
    'a part of the query language that is not for the page',
    'src/renderer/app.tsx',
    `import { parseQuery } from '../core/query/language/parse.ts'`,
  ],
  ['Node in the page', 'src/renderer/app.tsx', `import { readFileSync } from 'node:fs'`],
  [
    'Node in the query language',
    'src/core/query/language/parse.ts',
    `import { readFileSync } from 'node:fs'`,
  ],
  ['the DOM in the core', 'src/core/feeds/read/plainText.ts', `/// <reference lib="dom" />`],
  ['SQL in small letters', 'src/core/door/app.ts', `const all = 'select id, at from hit where seen = 0'`],
  ['SQL in a template', 'src/cli/cli.ts', `const all = (t: string) => \`DELETE FROM \${t} WHERE id = 1\``],
  ['a statement prepared elsewhere', 'src/core/door/app.ts', `const get = (db: any) => db.prepare(text)`],
  [
    'a circle of two',
    'src/core/story.ts',
    `import type { Problem } from './problem.ts'\nexport type P = Problem`,
  ],
  [
    'SQL over several lines',
    'src/core/door/app.ts',
    'const all = `select s.id\n from story s\n where s.id = 1`',
  ],
  ['SQL with names of tables', 'src/renderer/app.tsx', `const all = 'SELECT s.id FROM story s'`],
  ['a statement without a table', 'src/main/index.ts', `const begin = 'BEGIN IMMEDIATE'`],
  ['a development package that is not shipped', 'src/engine/server.ts', `import { z } from 'vitest'`],
  ['a worker beside', 'src/core/door/app.ts', `const worker = new URL('../wirewatch.ts', import.meta.url)`],
  ['a global of Node in a pure room', 'src/core/query/language/parse.ts', `const folder = process.cwd()`],
  [
    'a built-in module by another way',
    'src/renderer/app.tsx',
    `const fs = (process as any).getBuiltinModule('fs')`,
  ],
  ['code outside the folders', 'scripts/count.mjs', `console.log(1)`],
  ['a file of another kind without a room', 'src/notes.json', ''],
  ['what cannot be read', 'src/core/door/app.ts', `import { from`],
])('%s is caught', (what, path, line) => {
  // problem.ts and story.ts are neighbours: for a circle each has to look at the other.
  if (what === 'a circle of two') {
    const problem = `import type { StoryDraft } from './story.ts'\n${tree.get('src/core/problem.ts')}`
    const story = `${line}\n${tree.get('src/core/story.ts')}`
    const broken = new Map([...tree, ['src/core/problem.ts', problem], ['src/core/story.ts', story]])
    // It begins with whichever of the two the walk meets first.
    expect(violations(broken).join('\n')).toMatch(
      /circle: (src\/core\/(?:story|problem)\.ts) → (?!\1)src\/core\/(?:story|problem)\.ts → \1$/m,
    )
  } else expect(planted(path, line)).not.toEqual([])
})

test.each([
  [
    'types of the contract in the core',
    'src/core/door/app.ts',
    `import type { Door } from '../../api/contract/door.ts'`,
  ],
  ['a lower room', 'src/core/door/app.ts', `import { isoDay } from '../localTime.ts'`],
  [
    'a sentence that sounds like SQL',
    'src/renderer/app.tsx',
    `const help = 'Select a theme from the list. Delete from here.'`,
  ],
  [
    'a comment about another room',
    'src/core/problem.ts',
    `// import { x } from './wirewatch.ts', SELECT id FROM story`,
  ],
])('%s is allowed', (_, path, line) => {
  expect(planted(path, line)).toEqual([])
})

test('each file is compiled by one project, which knows the DOM and Node where they belong', () => {
  const listed = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[]
  }
  const files = listed.references.map(({ path }) => join(path, 'tsconfig.json'))
  expect(files.sort()).toEqual(Object.keys(projects).sort())
  const compiledBy = new Map<string, string[]>()
  for (const file of files) {
    const config = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      compilerOptions: { lib: string[]; types: string[] }
      include: string[]
    }
    const { lib, types } = config.compilerOptions
    expect({ file, dom: lib.some((name) => name.startsWith('dom')), node: types.includes('node') }).toEqual({
      file,
      ...projects[file],
    })
    const patterns = config.include.map((pattern) => join(dirname(file), pattern))
    for (const path of tree.keys())
      if (patterns.some((pattern) => matchesGlob(path, pattern)))
        compiledBy.set(path, [...(compiledBy.get(path) ?? []), file])
  }
  const typed = [...tree.keys()].filter((path) => /\.tsx?$/.test(path))
  expect(typed.filter((path) => compiledBy.get(path)?.length !== 1)).toEqual([])
})

test('all code is linted, in fixtures too: only data there is left out', () => {
  const { includes } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')).files as {
    includes: string[]
  }
  const left = includes.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  // A pattern that fits a folder leaves out all that is in it.
  const isLeftOut = (path: string): boolean =>
    path
      .split('/')
      .some((_, i, parts) => left.some((pattern) => matchesGlob(parts.slice(0, i + 1).join('/'), pattern)))
  const code = [...tree.keys()].filter((path) => /\.[jt]sx?$/.test(path))
  expect(code.filter(isLeftOut)).toEqual([])
  expect(code.some((path) => path.includes('/fixtures/'))).toBe(true)
  expect(isLeftOut('src/core/feeds/fixtures/feeds/feed-11.json')).toBe(true)
})

test('imports are read in all their forms', () => {
  const source = readSource(
    'src/a.ts',
    `import type { A } from './one.ts'
     import { type B } from './two.ts'
     export { c } from '../three.ts'
     const d = async () => await import('four')`,
  )
  expect(source.imports).toEqual([
    { target: 'src/one.ts', isFile: true, isType: true },
    { target: 'src/two.ts', isFile: true, isType: false },
    { target: 'three.ts', isFile: true, isType: false },
    { target: 'four', isFile: false, isType: false },
  ])
})
