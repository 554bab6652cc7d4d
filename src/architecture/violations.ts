import { readFileSync } from 'node:fs'
import { core, type Room, rooms } from './rooms.ts'
import { type Import, readSource, type Source } from './source.ts'

/** Test code: free to import anything, and imported by no product code. */
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.includes('/fixtures/')

const ranks = new Map(core.map((room, rank) => [room, rank]))
const holds = (room: Pick<Room, 'path'>, path: string): boolean =>
  path === room.path || path.startsWith(`${room.path}/`)

/** The room of a file, by the longest path that fits. */
export function roomOf(path: string): Room | undefined {
  return rooms.filter((room) => holds(room, path)).sort((a, b) => b.path.length - a.path.length)[0]
}

/**
 * All that a tree breaks of the rules in rooms.ts, in sentences, sorted.
 * @param texts file texts by path from the project's root
 */
export function violations(texts: ReadonlyMap<string, string>): string[] {
  const sources = new Map([...texts].map(([path, text]) => [path, readSource(path, text)]))
  const found: string[] = []
  for (const source of sources.values()) {
    if (isTest(source.path)) continue
    const room = roomOf(source.path)
    if (room === undefined) {
      found.push(`${source.path} stands in no room`)
      continue
    }
    for (const fault of source.faults)
      if (room.development === undefined) found.push(`${source.path} ${fault}`)
    for (const one of source.imports) {
      const why = one.isFile ? fileDenied(room, one) : packageDenied(room, one)
      if (why !== undefined) found.push(`${source.path} imports ${one.target}: ${why}`)
    }
    for (const name of source.references)
      if (room.development === undefined && !PAGE.test(source.path))
        found.push(`${source.path} asks the compiler for "${name}" by itself`)
    if (room.development === undefined && !usesNode(room))
      for (const name of source.globals) found.push(`${source.path} names ${name}: its room knows no Node`)
    for (const name of source.calls)
      if (name === 'getBuiltinModule' && room.development === undefined)
        found.push(`${source.path} calls getBuiltinModule(), which imports what nobody sees`)
    if (room.sql === undefined && room.development === undefined) found.push(...sqlIn(source))
  }
  return [...found, ...circles(sources)].sort()
}

/** A room that may import one of Node's modules may name its globals too. */
const usesNode = (room: Room): boolean =>
  room.node === true || room.packages?.some((name) => name.startsWith('node:')) === true

const PAGE = /^src\/(renderer|preload)\//

function fileDenied(room: Room, { target, isType }: Import): string | undefined {
  if (room.development !== undefined) return undefined
  if (isTest(target)) return 'product code imports no tests and no fixtures'
  if (target.startsWith('resources/') || target === 'package.json') return undefined
  const there = roomOf(target)
  if (there === undefined) return 'it stands in no room'
  if (there === room) return undefined
  const allowed = (list: readonly string[] = []): boolean => list.some((path) => holds({ path }, target))
  if (allowed(room.uses) || (isType && allowed(room.usesTypesOf))) return undefined
  if (allowed(room.usesTypesOf)) return 'of it only types may be imported'
  const from = ranks.get(room)
  const to = ranks.get(there)
  if (from === undefined || to === undefined) return `${room.path} may not use ${there.path}`
  return to < from ? undefined : `${there.path} stands above ${room.path}`
}

function packageDenied(room: Room, { target, isType }: Import): string | undefined {
  if (room.development !== undefined) return undefined
  if (room.packages?.includes(target) !== true) return `${room.path} may not use this package`
  if (isType || room.bundled === true || target.startsWith('node:')) return undefined
  return shipped(target) ? undefined : 'it is a development package, and this room is shipped as it stands'
}

const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>
}

/** True if whoever installs the app has the package. */
const shipped = (specifier: string): boolean =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/') in dependencies

/** A statement of SQL, told from a sentence by what stands where: "Select a theme from the list" is none. */
const SQL = [
  /\b(SELECT|INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|DELETE\s+FROM|EXPLAIN\s+QUERY|ATTACH\s+DATABASE)\s/,
  /\bUPDATE\s+(OR\s+\w+\s+)?\w+\s+SET\b/,
  /\bselect\s+(distinct\s+)?(\*|[\w.]+(\s*,\s*[\w.]+)*|\w+\([^)]*\))\s+from\s+\w+(\s+(as\s+)?\w+)?\s*(;|$|\s(where|join|left|order|group|limit)\b)/i,
  /\binsert\s+(or\s+\w+\s+)?into\s+\w+\s*(\(|values|select|$)/i,
  /\bupdate\s+(or\s+\w+\s+)?\w+\s+set\s+\w+\s*=/i,
  /\bdelete\s+from\s+\w+\s*(;|$|where)/i,
  /\b(create|drop|alter)\s+(unique\s+|virtual\s+|temp\s+)?(table|index|trigger|view)\s+\w/i,
  /^\s*(begin(\s+(immediate|exclusive|deferred))?|commit|rollback|vacuum|analyze|pragma\s+\w+.*)\s*;?\s*$/,
  /^\s*(BEGIN(\s+(IMMEDIATE|EXCLUSIVE|DEFERRED))?|COMMIT|ROLLBACK|VACUUM|ANALYZE|PRAGMA\s+\w+.*|SAVEPOINT\s+\w+|RELEASE\s+\w+)\s*;?\s*$/,
]
/** What only a database has: a handle outside the store is SQL on its way. */
const HANDLE = ['prepare', 'pragma', 'transaction']

function sqlIn({ path, strings, calls }: Source): string[] {
  return [
    ...strings
      .filter((text) => SQL.some((pattern) => pattern.test(text)))
      .map((text) => `${path} holds SQL: ${text.trim().slice(0, 60)}`),
    ...HANDLE.filter((name) => calls.has(name)).map(
      (name) => `${path} calls ${name}(), which only the store may`,
    ),
  ]
}

/** A circle from the last of its names and back to it: where it was entered hangs on files that are not on it. */
function inOrder(circle: readonly string[]): string[] {
  const last = circle.toSorted().at(-1) as string
  const at = circle.indexOf(last)
  return [...circle.slice(at), ...circle.slice(0, at), last]
}

/** Circles of imports, types included: each named once, by the files on it. */
function circles(sources: ReadonlyMap<string, Source>): string[] {
  const found: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (file: string): void => {
    state.set(file, 'open')
    path.push(file)
    for (const { target, isFile } of sources.get(file)?.imports ?? []) {
      if (!isFile || !sources.has(target)) continue
      if (state.get(target) === 'open')
        found.push(`circle: ${inOrder(path.slice(path.indexOf(target))).join(' → ')}`)
      else if (!state.has(target)) visit(target)
    }
    path.pop()
    state.set(file, 'done')
  }
  for (const file of [...sources.keys()].sort()) if (!state.has(file)) visit(file)
  return found
}
