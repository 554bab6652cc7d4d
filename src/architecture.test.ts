import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'

const src = import.meta.dirname

/** Which layers each layer may import from, beside its own (docs/design.md, "One core, thin shells"). */
const layers: Record<string, readonly string[]> = {
  core: [],
  'api/contract': [],
  'api/router': ['api/contract', 'core/wirewatch.ts'],
  renderer: ['api/contract'],
  main: ['api/router', 'core/wirewatch.ts', 'core/lock.ts'],
  preload: [],
  web: ['api/router', 'api/contract', 'core/wirewatch.ts', 'core/lock.ts', 'core/offline'],
}

/** Packages that only some layers may import at run time. */
const packages: Record<string, readonly string[]> = {
  electron: ['main', 'preload'],
  'better-sqlite3': ['core'],
  undici: ['core'],
  'rss-parser': ['core'],
  react: ['renderer'],
  'react-dom': ['renderer'],
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/\.test\.tsx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
}

interface Import {
  from: string
  specifier: string
  typeOnly: boolean
}

function imports(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)
  const dynamic = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)
  return [
    ...[...found].map((m) => ({ from: file, specifier: m[2] ?? '', typeOnly: m[1] !== undefined })),
    ...[...dynamic].map((m) => ({ from: file, specifier: m[1] ?? '', typeOnly: false })),
  ]
}

const layerOf = (path: string): string | undefined =>
  Object.keys(layers).find((layer) => path === layer || path.startsWith(`${layer}/`))

const all = files(src).flatMap(imports)
const slashed = (path: string): string => relative(src, path).split(sep).join('/')

test('imports go one way between layers', () => {
  const wrong: string[] = []
  for (const { from, specifier } of all) {
    if (!specifier.startsWith('.')) continue
    const here = layerOf(slashed(from))
    const target = slashed(resolve(dirname(from), specifier))
    const there = layerOf(target)
    if (here === undefined || there === undefined || here === there) continue
    const allowed = layers[here] ?? []
    if (!allowed.some((door) => target === door || target.startsWith(`${door}/`)))
      wrong.push(`${slashed(from)} imports ${target}`)
  }
  expect(wrong).toEqual([])
})

test('each shell package stays in its layer', () => {
  const wrong: string[] = []
  for (const { from, specifier, typeOnly } of all) {
    if (typeOnly) continue
    const owners = packages[specifier.split('/')[0] ?? '']
    const here = layerOf(slashed(from))
    if (owners !== undefined && here !== undefined && !owners.includes(here))
      wrong.push(`${slashed(from)} imports ${specifier}`)
  }
  expect(wrong).toEqual([])
})

test('the core knows no shell: no DOM, no HTTP server', () => {
  const wrong = all
    .filter(({ from }) => layerOf(slashed(from)) === 'core')
    .filter(
      ({ specifier }) => /^(node:)?(http|https|http2)$/.test(specifier) || specifier.startsWith('@orpc/'),
    )
    .map(({ from, specifier }) => `${slashed(from)} imports ${specifier}`)
  expect(wrong).toEqual([])
})

test('SQL stands only in the store', () => {
  const sql = /\b(SELECT\s+[\w*(]|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|VIRTUAL))/
  const wrong = files(join(src, 'core'))
    .filter((file) => !slashed(file).startsWith('core/store/'))
    .filter((file) => sql.test(readFileSync(file, 'utf8')))
    .map(slashed)
  expect(wrong).toEqual([])
})

test('the table covers what is there, and the check sees imports at all', () => {
  expect(all.length).toBeGreaterThan(10)
  const folders = readdirSync(src, { withFileTypes: true }).filter((e) => e.isDirectory())
  for (const folder of folders)
    expect(
      Object.keys(layers).some((layer) => layer.split('/')[0] === folder.name),
      folder.name,
    ).toBe(true)
})
