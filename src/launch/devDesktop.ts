/** The desktop app of `npm run dev`. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { appEnvironment, forwardSignals } from './electron.ts'

/** From here, not from the project: a fixture of the tests has no packages. */
const bundler = join(
  import.meta.dirname,
  '..',
  '..',
  'node_modules',
  'electron-vite',
  'bin',
  'electron-vite.js',
)

/**
 * Bundles main, engine and preload anew at each change and restarts Electron; the page comes from Vite's own server.
 * @param project has the configuration
 * @param program Electron's
 * @param flags the app's
 * @returns the exit code, once the app or a signal ended it
 */
export function runDevelopment(project: string, program: string, flags: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [bundler, 'dev', '--watch', '--', ...flags], {
    cwd: project,
    // Outside the terminal's group nothing may be read from it.
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...appEnvironment(process.env), ELECTRON_EXEC_PATH: program },
    // A group of its own: the bundler passes each signal on, and Electron takes a second one as an order to end at once.
    detached: process.platform !== 'win32',
  })
  const stopForwarding = forwardSignals(child)
  return new Promise((resolve) =>
    child.on('close', (code) => {
      stopForwarding()
      resolve(code ?? 0)
    }),
  )
}
