import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file so that it is there as a whole or as it was: into a new file beside it, which then takes its place. No link is
 * followed: where one stands at the path, it is replaced itself.
 * @param mode of the new file: 0o600 for what others on this machine must not read
 * @throws Error of the system; the new file is gone again
 */
export function writeWhole(path: string, text: string, mode: number): void {
  const fresh = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.new`)
  const file = openSync(fresh, O_CREAT | O_EXCL | O_WRONLY | NO_FOLLOW, mode)
  try {
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/**
 * The text of a regular file; undefined where there is none.
 * @throws Error of the system, also where a link stands at the path: none is followed
 */
export function readNoLink(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, O_RDONLY | NO_FOLLOW | NO_BLOCK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

const { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants
/** Windows knows neither; there a link needs an administrator. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
/** A pipe of that name must not make the engine wait. */
const NO_BLOCK = constants.O_NONBLOCK ?? 0
