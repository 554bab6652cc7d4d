import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { hasDisplay } from './open.ts'

// The package is never imported here: under plain Node that alone starts its downloader.
const require = createRequire(import.meta.url)

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user's number; undefined on Windows. */
  readonly uid: number | undefined
  /** The content of a file of /proc, or undefined where there is none. */
  readonly read: (file: string) => string | undefined
  /** Whether Electron is made for a platform and processor. */
  readonly made: (platform: string, arch: string) => boolean
}

/**
 * Why Electron cannot run on this machine, as the end of a sentence; undefined where nothing speaks against it. Looks
 * only at the machine, so that nothing is fetched in vain.
 */
export function whyNot(machine: Machine): string | undefined {
  const { platform, arch, env, uid, read } = machine
  if (!machine.made(platform, arch)) return `Electron is not made for ${platform} on ${arch}`
  if (platform !== 'linux') return undefined
  if (!hasDisplay(env)) return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'
  if (uid === 0)
    return 'Electron does not run as root with its sandbox, and Wirewatch does not run without it'
  const off = (file: string, value: string): boolean => read(file)?.trim() === value
  if (
    off('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1') ||
    off('/proc/sys/kernel/unprivileged_userns_clone', '0') ||
    off('/proc/sys/user/max_user_namespaces', '0')
  )
    return 'this system does not let a program make a sandbox (unprivileged user namespaces are off); an installed package of Wirewatch can'
  return undefined
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    uid: process.getuid?.(),
    read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    made: (platform, arch) => `electron-v${version()}-${platform}-${arch}.zip` in checksums(),
  }
}

/** Electron's program, or undefined where it has not been fetched yet. */
export function electronProgram(): string | undefined {
  const inside =
    process.platform === 'win32'
      ? 'electron.exe'
      : process.platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron'
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder(), 'dist')
  const program = join(dist, inside)
  if (!existsSync(program)) return undefined
  // As Electron's own installer checks: an interrupted download has no path.txt, another version has another one.
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined) {
    const noted = join(folder(), 'path.txt')
    if (!existsSync(noted) || readFileSync(noted, 'utf8') !== inside) return undefined
    const at = join(dist, 'version')
    if (!existsSync(at) || readFileSync(at, 'utf8').trim().replace(/^v/, '') !== version()) return undefined
  }
  return program
}

/**
 * Fetches Electron's program (about 120 MB, checked against the checksums of its npm package) and returns its path.
 * @param progress gets the bytes so far and the total (null where the server sends none)
 * @throws Error with the reason as the end of a sentence
 */
export async function fetchElectron(progress: (done: number, total: number | null) => void): Promise<string> {
  const get = createRequire(join(folder(), 'package.json'))('@electron/get') as {
    initializeProxy(): void
    downloadArtifact(details: object): Promise<string>
  }
  if (['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => process.env[name]))
    get.initializeProxy()
  try {
    await get.downloadArtifact({
      version: version(),
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: checksums(),
      cacheRoot: process.env.electron_config_cache,
      downloadOptions: {
        quiet: true,
        getProgressCallback: ({ transferred, total }: { transferred: number; total: number | null }) =>
          progress(transferred, total),
      },
    })
  } catch (error) {
    const { message, cause } = error as Error
    throw new Error(
      `Electron could not be fetched (${cause instanceof Error && cause.message !== '' ? cause.message : message})`,
    )
  }
  // The download now lies in Electron's cache, where its own installer finds it and unpacks it.
  const installer = spawn(process.execPath, [join(folder(), 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [code, complaint] = await Promise.all([
    new Promise<number | null>((resolve) => installer.on('close', resolve)),
    text(installer.stderr),
  ])
  const program = electronProgram()
  if (code !== 0 || program === undefined)
    throw new Error(`Electron could not be unpacked (${lastLine(complaint) ?? `code ${code}`})`)
  return program
}

export type Run =
  | { readonly opened: true; readonly code: number }
  /** Electron ended before it was up: the reason as the end of a sentence. */
  | { readonly opened: false; readonly why: string }

/**
 * Runs the desktop app and resolves when it ends. SIGINT, SIGTERM and SIGHUP sent to this process ask it to close; a second one
 * ends it at once.
 * @param log takes what Electron writes to its error stream, line by line
 */
export function runDesktop(
  program: string,
  args: readonly string[],
  log: (line: string) => void,
): Promise<Run> {
  const child = spawn(program, args, {
    // The app sends 'up' over the channel once Electron runs. Chromium hands its own processes a pipe at descriptor 3, so the
    // channel is 4.
    stdio: ['ignore', 'inherit', 'pipe', 'ignore', 'ipc'],
    env: appEnvironment(process.env),
    // A process group of its own: else Ctrl-C on a terminal would reach the app beside the signal that is passed on, and
    // Electron takes a second one as an order to end at once.
    detached: process.platform !== 'win32',
  })
  let up = false
  let complaint = ''
  child.on('message', (word) => {
    up ||= word === 'up'
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split('\n')) if (line.trim() !== '') log(line)
    complaint = (complaint + chunk).slice(-4000)
  })
  const stopForwarding = forwardSignals(child)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      stopForwarding()
      resolve({ opened: false, why: `Electron could not be started (${error.message})` })
    })
    child.on('close', (code, signal) => {
      stopForwarding()
      // Ending well before it was up is what a second launch does, when it has shown the window of the first.
      if (up || code === 0) resolve({ opened: true, code: code ?? (signal === 'SIGKILL' ? 1 : 0) })
      else
        resolve({
          opened: false,
          why: `Electron ended at once (${lastLine(complaint) ?? signal ?? `code ${code}`})`,
        })
    })
  })
}

/** What Electron is started with, so that it runs as the app and that Ctrl-C reaches it through us alone. */
export function appEnvironment(env: NodeJS.ProcessEnv, platform = process.platform): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env
  // On Windows Electron joins the console that it is started from, where Ctrl-C ends it before it has closed the archive.
  return platform === 'win32' ? { ...rest, ELECTRON_NO_ATTACH_CONSOLE: '1' } : rest
}

/** Passes the first signal on, once; the second ends the app and its processes at once. @returns what ends that */
export function forwardSignals(child: ChildProcess): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let asked = false
  const forward = (signal: NodeJS.Signals): void => {
    if (asked) endGroup(child)
    else askToClose(child, signal)
    asked = true
  }
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}

/** On Windows a signal is a kill, so there it is a message. */
export function askToClose(
  child: Pick<ChildProcess, 'connected' | 'send' | 'kill'>,
  signal: NodeJS.Signals,
  platform = process.platform,
): void {
  if (platform === 'win32' && child.connected) child.send('quit')
  else child.kill(signal)
}

function endGroup(child: ChildProcess): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

const lastLine = (output: string): string | undefined => output.trim().split('\n').at(-1)?.trim() || undefined
const folder = (): string => dirname(require.resolve('electron/package.json'))
const version = (): string => (require('electron/package.json') as { version: string }).version
const checksums = (): Record<string, string> => require('electron/checksums.json') as Record<string, string>
