/**
 * `node packaging/tryPacked.ts [program]`: starts the packed app on a fresh folder, waits until its engine answers, asks it by
 * the command line, asks it to close, and ends with 0 where the app did. What `npm run dist -- --dir` left, unless named.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Holder, holder } from '../src/core/lock.ts'
import { askToClose } from '../src/launch/electron.ts'

const root = join(import.meta.dirname, '..')
/** For an app that never opens, or never closes. */
const PATIENCE_MS = 120_000

const program = process.argv[2] ?? packed()
const dataDir = mkdtempSync(join(tmpdir(), 'wirewatch packed '))
const app = spawn(program, [`--data-dir=${dataDir}`], {
  // As npm start has it: the channel at 4 is how an app on Windows is asked to close.
  stdio: ['ignore', 'inherit', 'inherit', 'ignore', 'ipc'],
})
const ended = new Promise<string>((resolve) => {
  app.on('error', (error) => resolve(error.message))
  app.on('exit', (code, signal) => resolve(String(code ?? signal)))
})
const late = setTimeout(() => {
  console.error(`Nothing within ${PATIENCE_MS / 1000} seconds.`)
  app.kill('SIGKILL')
}, PATIENCE_MS)
try {
  const { shell, address } = await engine()
  console.log(`${shell} answers at ${address}`)
  const stats = await promisify(execFile)(process.execPath, [
    join(root, 'src', 'cli', 'cli.ts'),
    'stats',
    '--data-dir',
    dataDir,
  ])
  console.log(stats.stdout.trim())
  askToClose(app, 'SIGTERM')
  const end = await ended
  if (end !== '0') throw new Error(`The packed app ended with ${end}.`)
  if (holder(dataDir) !== undefined) throw new Error('The packed app left its folder taken.')
  console.log('It closed with 0.')
} catch (error) {
  app.kill('SIGKILL')
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  clearTimeout(late)
  await ended
  rmSync(dataDir, { recursive: true, force: true })
  // A process that the app left behind may still hold the channel, which would keep this one.
  if (app.connected) app.disconnect()
}

/** Who has the folder open, once it answers. */
async function engine(): Promise<Holder> {
  let gone: string | undefined
  void ended.then((end) => {
    gone = end
  })
  for (;;) {
    const by = holder(dataDir)
    if (by?.address !== undefined) return by
    if (gone !== undefined) throw new Error(`The packed app ended with ${gone} before its engine answered.`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The program in dist/ of this system. */
function packed(): string {
  const dist = join(root, 'dist')
  const inside = {
    linux: ['linux', 'wirewatch'],
    darwin: ['mac', 'Wirewatch.app/Contents/MacOS/Wirewatch'],
    win32: ['win', 'Wirewatch.exe'],
  }[process.platform as string]
  const folder = readdirSync(dist).find(
    (name) => inside !== undefined && name.startsWith(inside[0] as string) && !name.includes('.'),
  )
  if (inside === undefined || folder === undefined)
    throw new Error('Nothing is packed here: "npm run dist -- --dir" does it.')
  return join(dist, folder, inside[1] as string)
}
