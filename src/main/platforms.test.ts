/** Where Electron's types say that something is of one system alone, our code asks which system it is on. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'

const SYSTEMS = ['darwin', 'linux', 'win32']

/** The members of Electron's classes and modules, each with its systems; all of them where its comment names none. */
function readTypes(): Map<string, Map<string, readonly string[]>> {
  const text = readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8')
  const types = new Map<string, Map<string, readonly string[]>>()
  let members = new Map<string, readonly string[]>()
  let systems: readonly string[] = SYSTEMS
  for (const line of text.split('\n')) {
    const name = /^ {2}(?:interface|class) (\w+)/.exec(line)?.[1]
    if (name !== undefined) {
      members = types.get(name) ?? new Map()
      types.set(name, members)
    }
    const named = /^ {4,5}\* @platform ([\w,]+)/.exec(line)?.[1]
    if (named !== undefined) systems = named.split(',')
    const member = /^ {4}(?:static )?(?:readonly )?(\w+)[?(:]/.exec(line)?.[1]
    if (member === undefined) continue
    // An event of another system never comes: listening for it does no harm.
    if (!/^(on|off|once|addListener|removeListener)$/.test(member)) members.set(member, systems)
    systems = SYSTEMS
  }
  return types
}
const types = readTypes()

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  // biome-ignore lint/suspicious/noExplicitAny: a node of any kind
  readonly [key: string]: any
}

/** What a file uses of Electron that the system it may be on does not have, as sentences. */
function unguarded(path: string, text: string): string[] {
  const { program } = parseSync(path, text)
  const known = new Map<string, string>()
  const sources = new Map<string, string>()
  const faults: string[] = []
  const typeOf = (annotation: Node | null | undefined): string | undefined => {
    const name = /\b(?:Electron\.)?([A-Z]\w+)/.exec(
      annotation === null || annotation === undefined ? '' : text.slice(annotation.start, annotation.end),
    )?.[1]
    return name !== undefined && types.has(name) ? name : undefined
  }
  const walk = (
    node: Node,
    visit: (node: Node, above: readonly Node[]) => void,
    above: readonly Node[] = [],
  ): void => {
    visit(node, above)
    for (const [key, value] of Object.entries(node))
      if (key !== 'parent')
        for (const child of Array.isArray(value) ? value : [value])
          if (typeof child?.type === 'string') walk(child, visit, [...above, node])
  }
  walk(program as unknown as Node, (node) => {
    if (node.type === 'ImportDeclaration' && node.source.value === 'electron')
      for (const { local } of node.specifiers)
        known.set(local.name, local.name[0].toUpperCase() + local.name.slice(1))
    if (node.type === 'Identifier' && node.typeAnnotation != null) {
      const type = typeOf(node.typeAnnotation)
      if (type !== undefined) known.set(node.name, type)
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init != null) {
      sources.set(node.id.name, text.slice(node.init.start, node.init.end))
      if (node.init.type === 'NewExpression' && types.has(node.init.callee.name))
        known.set(node.id.name, node.init.callee.name)
    }
  })
  /** The systems a condition lets through, as far as it asks for them. */
  const through = (condition: string, holds: boolean): readonly string[] => {
    let written = condition
    for (const [name, source] of sources)
      written = written.replace(new RegExp(`\\b${name}\\b`, 'g'), `(${source})`)
    let systems = SYSTEMS
    for (const [, sign, system] of written.matchAll(/process\.platform (===|!==) '(\w+)'/g)) {
      const only = (sign === '===') === holds
      systems = systems.filter((one) => (one === system) === only)
    }
    return systems
  }
  walk(program as unknown as Node, (node, above) => {
    if (node.type !== 'MemberExpression' || node.computed) return
    const member: string = node.property.name
    const object: Node = node.object
    const receiver = object.type === 'Identifier' ? known.get(object.name) : undefined
    const having =
      receiver !== undefined
        ? [receiver]
        : object.type === 'MemberExpression' || object.type === 'Identifier'
          ? [...types.keys()]
          : []
    const found = having.flatMap((type) => types.get(type)?.get(member) ?? [])
    // Of what is unknown, the name decides, if it is of one system wherever there is one.
    const allowed = SYSTEMS.filter((system) => found.includes(system))
    if (allowed.length === 0 || allowed.length === SYSTEMS.length) return
    let systems: readonly string[] = SYSTEMS
    for (const [at, outer] of above.entries()) {
      const inner = above[at + 1] ?? node
      const [condition, holds] =
        (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') && inner !== outer.test
          ? [outer.test, inner === outer.consequent]
          : outer.type === 'LogicalExpression' && outer.operator === '&&' && inner === outer.right
            ? [outer.left, true]
            : [undefined, true]
      if (condition === undefined) continue
      const passes = through(text.slice(condition.start, condition.end), holds)
      systems = systems.filter((system) => passes.includes(system))
    }
    const lacking = systems.filter((system) => !allowed.includes(system))
    if (lacking.length > 0) faults.push(`${path}: ${member} is not there on ${lacking.join(' and ')}`)
  })
  return faults
}

const folders = [import.meta.dirname, join(import.meta.dirname, '..', 'preload')]
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
    .map((name) => join(folder, name)),
)

test('what is of one system is used on that system alone', () => {
  expect(files.length).toBeGreaterThan(15)
  expect(files.flatMap((file) => unguarded(file, readFileSync(file, 'utf8')))).toEqual([])
})

test.each([
  [
    "import { app } from 'electron'\napp.setAppUserModelId('x')",
    /setAppUserModelId is not there on darwin and linux/,
  ],
  [
    "import { app } from 'electron'\nif (process.platform === 'linux') app.dock?.hide()",
    /dock is not there on linux/,
  ],
  [
    "import { Tray } from 'electron'\nconst tray = new Tray('x')\ntray.setTitle('3')",
    /setTitle is not there on linux and win32/,
  ],
  [
    "import type { WebContents } from 'electron'\nexport const look = (page: WebContents) => page.showDefinitionForSelection()",
    /showDefinitionForSelection/,
  ],
  [
    'export const look = (window) => window.webContents.showDefinitionForSelection()',
    /showDefinitionForSelection/,
  ],
  [
    "import { app } from 'electron'\nif (process.platform !== 'win32') app.setAppUserModelId('x')",
    /setAppUserModelId/,
  ],
])('a use without its question is found: %s', (text, fault) => {
  expect(unguarded('planted.ts', text).join()).toMatch(fault)
})

test.each([
  "import { app } from 'electron'\nif (process.platform === 'win32') app.setAppUserModelId('x')",
  "import { app } from 'electron'\nconst mac = process.platform === 'darwin'\nmac && app.dock.hide()",
  "import { Tray } from 'electron'\nconst tray = new Tray('x')\nconst a = process.platform !== 'darwin' ? 0 : tray.setTitle('3')",
  "import { app } from 'electron'\napp.on('activate', () => app.quit())",
  "const settings = new Map()\nsettings.get('x')",
])('a use that asks first is none: %s', (text) => {
  expect(unguarded('planted.ts', text)).toEqual([])
})
