import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parseSync } from 'oxc-parser'

/** A source file as the layer test sees it. Paths are relative to the project's root, with slashes. */
export interface Source {
  readonly path: string
  readonly imports: readonly Import[]
  /** Texts of string and template literals; an expression within a template reads as "x". */
  readonly strings: readonly string[]
  /** Names of the methods that are called: `db.prepare(…)` has "prepare". */
  readonly calls: ReadonlySet<string>
  /** Node's globals that are named: `process`, `Buffer`. */
  readonly globals: ReadonlySet<string>
  /** What makes the file unreadable for the check: a syntax error, an import whose address is computed. */
  readonly faults: readonly string[]
  /** Libraries and types that it asks of the compiler by itself (`/// <reference lib="dom" />`). */
  readonly references: readonly string[]
}

export interface Import {
  /** A path from the root for a file of the project, else the specifier of a package. */
  readonly target: string
  readonly isFile: boolean
  /** `import type`: gone before the program runs. `import { type A }` is not, it still loads the module. */
  readonly isType: boolean
}

const CODE = /\.[cm]?[jt]sx?$/
/** What is installed, built, written by a run, or data. */
const LEFT_OUT = new Set([
  'node_modules',
  'out',
  'dist',
  '.git',
  'test-results',
  'playwright-report',
  'resources',
  'docs',
])

/** Texts of all files of the project that hold code, by path from the root; other files under src/ with an empty text. */
export function readSources(root: string): Map<string, string> {
  const texts = new Map<string, string>()
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name)
      const path = relative(root, file).split(sep).join('/')
      if (entry.isDirectory()) {
        if (!LEFT_OUT.has(path) && entry.name !== 'node_modules') visit(file)
      } else if (CODE.test(entry.name)) texts.set(path, readFileSync(file, 'utf8'))
      else if (path.startsWith('src/')) texts.set(path, '')
    }
  }
  visit(root)
  return texts
}

const known = new Map<string, { text: string; source: Source }>()

/** Reads the imports, literals and calls of one file. A text that was read before is not read again. */
export function readSource(path: string, text: string): Source {
  const before = known.get(path)
  if (before?.text === text) return before.source
  const source = parse(path, text)
  if (before === undefined) known.set(path, { text, source })
  return source
}

function parse(path: string, text: string): Source {
  if (!CODE.test(path))
    return {
      path,
      imports: [],
      strings: [],
      calls: new Set(),
      globals: new Set(),
      faults: [],
      references: [],
    }
  const { program, errors } = parseSync(path, text)
  const imports: Import[] = []
  const strings: string[] = []
  const calls = new Set<string>()
  const globals = new Set<string>()
  const faults = errors.map(({ message }) => `cannot be read: ${message}`)

  const add = (specifier: unknown, isType: boolean): void => {
    if (typeof specifier !== 'string') {
      faults.push('imports an address that is computed')
      return
    }
    const isFile = specifier.startsWith('.')
    const target = isFile
      ? relative('/', resolve('/', dirname(path), specifier.replace(/\?.*$/, '')))
          .split(sep)
          .join('/')
      : specifier
    imports.push({ target, isFile, isType })
  }

  walk(program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        add(node.source.value, node.importKind === 'type')
        break
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (node.source) add(node.source.value, node.exportKind === 'type')
        break
      case 'ImportExpression':
        add(node.source.value, false)
        break
      case 'TSExternalModuleReference':
        add(node.expression.value, false)
        break
      case 'NewExpression':
        // A worker's or another file's address beside this one: what it names is loaded too.
        if (node.callee.name === 'URL' && node.arguments[1]?.object?.type === 'MetaProperty') {
          const address = node.arguments[0]?.value
          if (typeof address === 'string' && CODE.test(address)) add(address.replace(/^(?!\.)/, './'), false)
        }
        break
      case 'Identifier':
        if (node.name === 'process' || node.name === 'Buffer') globals.add(node.name)
        break
      case 'TSImportType':
        add(node.source.value, true)
        break
      case 'Literal':
        if (typeof node.value === 'string') strings.push(node.value)
        break
      case 'TemplateLiteral':
        strings.push(node.quasis.map(({ value }: { value: { cooked: string } }) => value.cooked).join('x'))
        break
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'require')
          add(node.arguments[0]?.value, false)
        if (node.callee.type === 'MemberExpression' && !node.callee.computed)
          calls.add(node.callee.property.name)
        break
    }
  })
  const references = [...text.matchAll(/^\/\/\/\s*<reference\s+(?:lib|types)="([^"]+)"/gm)].map(
    ([, name]) => name ?? '',
  )
  return { path, imports, strings, calls, globals, faults, references }
}

// biome-ignore lint/suspicious/noExplicitAny: the nodes of a syntax tree; each is told by its type.
type Node = any

function walk(node: Node, visit: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit)
    return
  }
  if (node === null || typeof node !== 'object') return
  if (typeof node.type === 'string') visit(node)
  for (const key of Object.keys(node)) if (key !== 'parent') walk(node[key], visit)
}
