// Plain JavaScript that any Node can run: runs the rest of its command line on a Node that is new enough.
//   node src/launch/preflight.js src/launch/start.ts --web a script
//   node src/launch/preflight.js vitest run a command of node_modules/.bin
// Node 24 comes with "npm ci" as a platform package. It is looked up there, since npm 10 leaves it out of
// node_modules/.bin: the packages of all platforms claim the same name, and those that do not fit take it with them.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
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
const script = /\.[jt]s$/.test(command)
const bins = join(modules, '.bin')
const child = spawn(
  script ? node : join(bins, windows ? `${command}.cmd` : command),
  script ? [command, ...rest] : rest,
  {
    stdio: 'inherit',
    shell: windows && !script,
    env: {
      // What V8 made of the sources is kept: the app and its threads start sooner from the second run on.
      NODE_COMPILE_CACHE: join(modules, '.cache', 'wirewatch'),
      ...process.env,
      PATH: [dirname(node), bins, process.env.PATH ?? ''].join(delimiter),
    },
  },
)
child.on('error', (error) => {
  console.error(`${command} cannot be run: ${error.message}. Run "npm ci" first.`)
  process.exit(1)
})
// Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => undefined)
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15)))
