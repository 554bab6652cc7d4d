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

const typeNames = new Map([...types.keys()].map((name) => [name.toLowerCase(), name]))

/** Every node below one, with those above it, outermost first. */
function walk(
  node: Node,
  visit: (node: Node, above: readonly Node[]) => void,
  above: readonly Node[] = [],
): void {
  visit(node, above)
  for (const [key, value] of Object.entries(node))
    if (key !== 'parent')
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child?.type === 'string') walk(child, visit, [...above, node])
}

/** What a file uses of Electron that the system it may be on does not have, as sentences. */
function unguarded(path: string, text: string): string[] {
  const program = parseSync(path, text).program as unknown as Node
  /** What is of which type of Electron's, by its name in the file. */
  const known = new Map<string, string>()
  const sources = new Map<string, Node>()
  const faults: string[] = []
  const typeOf = (annotation: Node | null | undefined): string | undefined => {
    const name = /\b(?:Electron\.)?([A-Z]\w+)/.exec(
      annotation === null || annotation === undefined ? '' : text.slice(annotation.start, annotation.end),
    )?.[1]
    return name !== undefined && types.has(name) ? name : undefined
  }
  walk(program, (node) => {
    if (node.type === 'ImportDeclaration' && node.source.value === 'electron')
      for (const { local, imported } of node.specifiers) {
        const type = typeNames.get(String(imported?.name ?? '').toLowerCase())
        if (type !== undefined) known.set(local.name, type)
      }
    if (node.type === 'Identifier' && node.typeAnnotation != null) {
      const type = typeOf(node.typeAnnotation)
      if (type !== undefined) known.set(node.name, type)
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init != null) {
      sources.set(node.id.name, node.init)
      if (node.init.type === 'NewExpression' && types.has(node.init.callee.name))
        known.set(node.id.name, node.init.callee.name)
    }
  })

  /** The systems on which a condition can hold, or not hold, as far as it asks for them. */
  const through = (condition: Node, holds: boolean): readonly string[] => {
    const { type, operator, left, right } = condition
    if (type === 'ParenthesizedExpression') return through(condition.expression, holds)
    if (type === 'UnaryExpression' && operator === '!') return through(condition.argument, !holds)
    if (type === 'LogicalExpression' && operator !== '??') {
      const [a, b] = [through(left, holds), through(right, holds)]
      return SYSTEMS.filter((one) =>
        (operator === '&&') === holds
          ? a.includes(one) && b.includes(one)
          : a.includes(one) || b.includes(one),
      )
    }
    const asked = type === 'BinaryExpression' && text.slice(left.start, left.end) === 'process.platform'
    if (asked && (operator === '===' || operator === '!=='))
      return SYSTEMS.filter((one) => (one === right.value) === ((operator === '===') === holds))
    const source = type === 'Identifier' ? sources.get(condition.name) : undefined
    return source === undefined ? SYSTEMS : through(source, holds)
  }

  /** The systems that can come to a place, by the conditions around it. */
  const reaching = (node: Node, above: readonly Node[]): readonly string[] => {
    let systems: readonly string[] = SYSTEMS
    const pass = (condition: Node, holds: boolean): void => {
      const passes = through(condition, holds)
      systems = systems.filter((system) => passes.includes(system))
    }
    for (const [at, outer] of above.entries()) {
      const inner = above[at + 1] ?? node
      if ((outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') && inner !== outer.test)
        pass(outer.test, inner === outer.consequent)
      if (outer.type === 'LogicalExpression' && outer.operator !== '??' && inner === outer.right)
        pass(outer.left, outer.operator === '&&')
      // What stands after "if (…) return" is for whom the condition does not hold.
      if (outer.type === 'BlockStatement' || outer.type === 'Program')
        for (const earlier of outer.body as Node[]) {
          if (earlier === inner) break
          if (earlier.type === 'IfStatement' && earlier.alternate == null && leaves(earlier.consequent))
            pass(earlier.test, false)
        }
    }
    return systems
  }

  /** Reports a member of something that not all systems have which can come here. */
  const look = (member: string, receiver: Node | undefined, node: Node, above: readonly Node[]): void => {
    const name: string | undefined =
      receiver?.type === 'Identifier' ? receiver.name : receiver?.property?.name
    const own = receiver?.type === 'Identifier' ? known.get(receiver.name) : undefined
    // What nothing tells the type of has one that is named as it is; else its members decide, if they are of one system wherever
    // they are.
    const type = own ?? typeNames.get(String(name).toLowerCase())
    const having =
      type !== undefined
        ? [type]
        : receiver === undefined || receiver.type === 'MemberExpression' || receiver.type === 'Identifier'
          ? [...types.keys()]
          : []
    const found = having.flatMap((one) => types.get(one)?.get(member) ?? [])
    const allowed = SYSTEMS.filter((system) => found.includes(system))
    if (allowed.length === 0 || allowed.length === SYSTEMS.length) return
    const lacking = reaching(node, above).filter((system) => !allowed.includes(system))
    if (lacking.length > 0) faults.push(`${path}: ${member} is not there on ${lacking.join(' and ')}`)
  }

  walk(program, (node, above) => {
    if (node.type === 'MemberExpression') {
      const { property, computed } = node
      const member = computed ? property.value : property.name
      if (typeof member === 'string') look(member, node.object, node, above)
    } else if (node.type === 'ObjectPattern') {
      const { type, init } = above.at(-1) ?? node
      const receiver = type === 'VariableDeclarator' ? (init as Node) : undefined
      const annotated = typeOf(node.typeAnnotation)
      for (const { key } of node.properties as Node[])
        if (key !== undefined)
          look(
            key.name ?? key.value,
            annotated === undefined ? receiver : ({ type: 'Identifier', name: annotated } as never),
            node,
            above,
          )
    }
  })
  return faults
}

/** Whether nothing goes on after a statement. */
function leaves(statement: Node): boolean {
  if (statement.type === 'BlockStatement') return statement.body.some(leaves)
  return statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement'
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
  // By another name, by a string, taken apart, through what holds it.
  ["import { app as it } from 'electron'\nit.dock?.hide()", /dock is not there on linux and win32/],
  ["import { app } from 'electron'\napp['dock']?.hide()", /dock/],
  ["import { app } from 'electron'\nconst { dock } = app", /dock/],
  [
    "import type { WebContents } from 'electron'\nconst f = ({ showDefinitionForSelection }: WebContents) => 1",
    /showDefinition/,
  ],
  ["import * as electron from 'electron'\nelectron.app.dock?.hide()", /dock/],
  ["export const tell = (parts) => parts.tray.setTitle('3')", /setTitle/],
  // Conditions that do not say what they seem to say.
  [
    "import { app } from 'electron'\nif (process.platform === 'darwin' || x) app.dock?.hide()",
    /dock is not there on linux and win32/,
  ],
  ["import { app } from 'electron'\nif (!(process.platform === 'darwin')) app.dock?.hide()", /dock/],
  ["import { app } from 'electron'\nprocess.platform === 'darwin' || app.dock?.hide()", /dock/],
  ["import { app } from 'electron'\nif (process.platform === 'darwin') log()\napp.dock?.hide()", /dock/],
])('a use without its question is found: %s', (text, fault) => {
  expect(unguarded('planted.ts', text).join()).toMatch(fault)
})

test.each([
  "import { app } from 'electron'\nif (process.platform === 'win32') app.setAppUserModelId('x')",
  "import { app } from 'electron'\nconst mac = process.platform === 'darwin'\nmac && app.dock.hide()",
  "import { Tray } from 'electron'\nconst tray = new Tray('x')\nconst a = process.platform !== 'darwin' ? 0 : tray.setTitle('3')",
  "import { app } from 'electron'\nif (process.platform === 'darwin' && x) app.dock.hide()",
  "import { app } from 'electron'\nif (process.platform !== 'darwin' || x) log()\nelse app.dock.hide()",
  "import { app } from 'electron'\nexport function f() {\n  if (process.platform !== 'darwin') return\n  app.dock.hide()\n}",
  "import { app } from 'electron'\nprocess.platform !== 'darwin' || app.dock.hide()",
  "import { app } from 'electron'\napp.on('activate', () => app.quit())",
  "const settings = new Map()\nsettings.get('x')",
])('a use that asks first is none: %s', (text) => {
  expect(unguarded('planted.ts', text)).toEqual([])
})
