/** `npm start`: the desktop app where Electron can run, else the same dashboard in the browser. */
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Holder, held, holder } from '../core/lock.ts'
import { openLog } from '../engine/log.ts'
import { openEngine } from '../engine/openEngine.ts'
import { ensureBuilt, pageFolder } from './built.ts'
import { dataFolder } from './dataFolder.ts'
import { electronProgram, fetchElectron, type Run, runDesktop, thisMachine, whyNot } from './electron.ts'
import { openBrowser } from './open.ts'
import { HELP, type LaunchOptions, launchOptions, USUAL_PORT } from './options.ts'

/** Prints a line of progress. Standard output has the address alone, for programs that read it. */
const print = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

try {
  const options = launchOptions(process.argv.slice(2))
  if (options.help) console.log(HELP)
  else process.exitCode = await start(options)
} catch (error) {
  print(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function start(options: LaunchOptions): Promise<number> {
  const dataDir = dataFolder(options)
  const running = holder(dataDir)
  if (running?.shell === 'the browser shell') return showRunning(dataDir, running, options)
  if (!options.web) {
    const log = openLog(dataDir)
    const desktop = await openDesktop(options, log)
    if (desktop.opened) return desktop.code
    log(`no desktop app: ${desktop.why}`)
    print(`The desktop app cannot open here: ${desktop.why}. Here is the same in the browser:`)
  }
  if (running !== undefined) throw held(dataDir, running)
  return serveBrowser(dataDir, options)
}

async function openDesktop(options: LaunchOptions, log: (line: string) => void): Promise<Run> {
  const why = whyNot(thisMachine())
  if (why !== undefined) return { opened: false, why }
  let program = electronProgram()
  if (program === undefined)
    try {
      program = await fetchElectron(showProgress())
    } catch (error) {
      return { opened: false, why: (error as Error).message }
    }
  await ensureBuilt(print)
  const flags = [
    ...(options.dataDir === undefined ? [] : [`--data-dir=${options.dataDir}`]),
    ...(options.sample ? ['--sample'] : []),
  ]
  return runDesktop(program, [join(import.meta.dirname, '..', '..'), ...flags], log)
}

/** Serves until a signal ends it. */
async function serveBrowser(dataDir: string, options: LaunchOptions): Promise<number> {
  await ensureBuilt(print)
  const ended = endSignal()
  const engine = await openEngine({
    dataDir,
    sample: options.sample,
    shell: 'the browser shell',
    page: pageFolder,
    port: options.port ?? (await usualPortOrAny()),
    log: openLog(dataDir),
  })
  console.log(engine.url)
  if (options.open) openBrowser(engine.url)
  await ended
  const late = setTimeout(() => {
    print('Closing took more than 10 seconds; ended without waiting longer. Nothing stored is lost.')
    process.exit(1)
  }, 10_000)
  await engine.close()
  clearTimeout(late)
  return 0
}

/** The same folder is already served: a second launch shows it once more. */
function showRunning(dataDir: string, running: Holder, options: LaunchOptions): number {
  if (running.address === undefined || running.token === undefined) throw held(dataDir, running)
  print(`Wirewatch already runs on ${dataDir} (process ${running.pid}):`)
  const url = `${running.address}/?token=${running.token}`
  console.log(url)
  if (options.open) openBrowser(url)
  return 0
}

/** Resolves at the first signal to end; the second ends at once. */
function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130)
        asked = true
        resolve()
      })
  })
}

function usualPortOrAny(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(0))
    probe.listen(USUAL_PORT, '127.0.0.1', () => probe.close(() => resolve(USUAL_PORT)))
  })
}

/** Shows how far the fetching of Electron is: on a terminal in one line that moves on, else in quarters. */
function showProgress(): (done: number, total: number | null) => void {
  let shown = -1
  return (done, total) => {
    const percent = total === null ? 0 : Math.floor((100 * done) / total)
    const mark = process.stderr.isTTY ? percent : Math.floor(percent / 25)
    if (mark === shown) return
    shown = mark
    const mega = (bytes: number): string => (bytes / 1_000_000).toFixed(0)
    const line = `Fetching Electron, once: ${mega(done)}${total === null ? '' : ` of ${mega(total)}`} MB`
    if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === total ? '\n' : ''}`)
    else print(line)
  }
}
