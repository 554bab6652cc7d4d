import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Where the built page is. */
export const pageFolder = join(root, 'out', 'renderer')

/**
 * Builds the bundles where they are missing or older than what they are made of.
 * @param announce prints a line before a build, which takes some seconds
 * @throws Error where the build fails; its output has been shown
 */
export async function ensureBuilt(announce: (line: string) => void): Promise<void> {
  if (isFresh(root)) return
  announce('Building the app (first launch, or its sources changed) …')
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error('The build failed; the lines above say why.')
}

/** True if the page, which is built last, is newer than every source. Folders count: a removed file changes its folder. */
export function isFresh(project: string): boolean {
  const built = statSync(join(project, 'out', 'renderer', 'index.html'), { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return false
  const made = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
  return made.every((name) => newest(join(project, name)) <= built)
}

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
