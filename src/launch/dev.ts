/**
 * `npm run dev`: either shell with hot reload. The page changes in place; a change to the core, the contract or a shell
 * starts the engine anew. Data lives apart from a person's archive, in node_modules/.cache, unless --data-dir says otherwise.
 */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { newKeys } from '../engine/access.ts'
import { runDevelopment } from './devDesktop.ts'
import { electronProgram, thisMachine, whyNot } from './electron.ts'
import { openBrowser } from './open.ts'
import { type LaunchOptions, launchOptions } from './options.ts'

const root = join(import.meta.dirname, '..', '..')

try {
  const options = launchOptions(process.argv.slice(2))
  const program = electronProgram()
  const why =
    whyNot(thisMachine()) ?? (program === undefined ? '"npm start" has not fetched it yet' : undefined)
  if (!options.web && why !== undefined) console.error(`No Electron here: ${why}. Using the browser shell.`)
  process.exitCode = await (options.web || program === undefined || why !== undefined
    ? browserShell(options)
    : runDevelopment(root, program, dataFlags(options)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** One loopback server for the page (by Vite) and the calls. Node starts it again when a module it runs has changed. */
async function browserShell(options: LaunchOptions): Promise<number> {
  const port = options.port ?? (await freePort())
  const keys = newKeys()
  const url = `http://127.0.0.1:${port}/?token=${keys.token}`
  console.log(url)
  if (options.open) setTimeout(openBrowser, 3000, url).unref()
  return run(
    [
      '--watch',
      '--watch-preserve-output',
      join(root, 'src', 'launch', 'devServer.ts'),
      ...dataFlags(options),
    ],
    {
      // Kept over restarts, so that an open page goes on.
      WIREWATCH_DEV: JSON.stringify({ port, keys, reloadPort: await freePort() }),
    },
  )
}

function run(args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  // Ctrl-C reaches the child by itself.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 0)))
}

function dataFlags({ dataDir, sample }: LaunchOptions): string[] {
  const folder = dataDir ?? join(root, 'node_modules', '.cache', 'wirewatch-dev')
  return [`--data-dir=${folder}`, ...(sample ? ['--sample'] : [])]
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
