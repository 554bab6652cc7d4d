// Plain JavaScript that any Node can run: runs the rest of its command line on a Node that is new enough.
//   node src/launch/preflight.js src/launch/start.ts --web a script
//   node src/launch/preflight.js vitest run a program of one of the project's packages
// A package's program is run as the script it is: Windows has only a batch file of it in node_modules/.bin, which a shell would
// have to run, and a shell takes a path apart at its spaces.
// Node 24 comes with "npm ci" as a platform package. It is looked up there, since npm 10 leaves it out of
// node_modules/.bin: the packages of all platforms claim the same name, and those that do not fit take it with them.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const modules = join(root, 'node_modules')
const windows = process.platform === 'win32'
const brought = join(
  modules,
  `node-${windows ? 'win' : process.platform}-${process.arch}`,
  'bin',
  windows ? 'node.exe' : 'node',
)
const node =
  major > 22 || (major === 22 && minor >= 18) ? process.execPath : existsSync(brought) ? brought : ''

if (node === '') {
  console.error(
    `Wirewatch needs Node 22.18 or later and found ${process.versions.node}. ` +
      (windows || process.platform === 'linux'
        ? 'Run "npm ci" without --omit=optional: it brings Node 24 along.'
        : 'Install Node 24 (nodejs.org) and run the command again.'),
  )
  process.exit(1)
}
const [command = '', ...rest] = process.argv.slice(2)
const script = /\.[jt]s$/.test(command) ? command : programOf(command)
if (script === undefined) {
  console.error(`No package of the project has a program "${command}". Run "npm ci" first.`)
  process.exit(1)
}
// The engine is open all day, and holds little: V8 gives young objects little room and collects the old ones before there are
// twice as many, and the allocator of glibc gives back what is freed (by default it keeps up to 64 MB of it for each thread).
const engine = /\bstart\.ts$/.test(command)
  ? JSON.parse(readFileSync(join(root, 'src', 'launch', 'engineProcess.json'), 'utf8'))
  : { flags: [], environment: {} }
const child = spawn(node, [...engine.flags, script, ...rest], {
  stdio: 'inherit',
  env: {
    // What V8 made of the sources is kept: the app and its threads start sooner from the second run on.
    NODE_COMPILE_CACHE: join(modules, '.cache', 'wirewatch'),
    ...engine.environment,
    ...process.env,
    PATH: [dirname(node), join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter),
  },
})
child.on('error', (error) => {
  console.error(`${command} cannot be run: ${error.message}. Run "npm ci" first.`)
  process.exit(1)
})
// Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => undefined)
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15)))

/** The script behind a program of one of the packages that package.json names; undefined where none has it. */
function programOf(name) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const dependency of Object.keys({ ...own.devDependencies, ...own.dependencies })) {
    const file = join(modules, dependency, 'package.json')
    if (!existsSync(file)) continue
    const { bin } = JSON.parse(readFileSync(file, 'utf8'))
    const at =
      typeof bin === 'string' ? (dependency.split('/').at(-1) === name ? bin : undefined) : bin?.[name]
    if (at !== undefined) return join(modules, dependency, at)
  }
  return undefined
}
