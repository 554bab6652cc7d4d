import { readdirSync, readFileSync, statSync } from 'node:fs'
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

/** Texts of all source files under these folders and files, by path. Generated and installed files are left out. */
export function readSources(root: string, places: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>()
  const add = (file: string): void => {
    if (/\.(ts|tsx|js|mjs|cjs)$/.test(file))
      texts.set(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8'))
  }
  for (const place of places) {
    const path = join(root, place)
    if (statSync(path).isFile()) add(path)
    else
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) add(join(entry.parentPath, entry.name))
  }
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
  const { program, errors } = parseSync(path, text)
  const imports: Import[] = []
  const strings: string[] = []
  const calls = new Set<string>()
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
  return { path, imports, strings, calls, faults, references }
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
