import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, for this person alone, and those that it lies in. `recursive` of mkdir does not do: it tries without end where the
 * system says that nothing is there although the folder around it is (automounts, folders of the system itself).
 * @throws the error of the file system
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const around = dirname(folder)
    // Another process may have made it at the same time.
    if (code === 'EEXIST' && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
    if (code !== 'ENOENT' || around === folder || existsSync(around)) throw error
    makeFolder(around)
    mkdirSync(folder, { mode: 0o700 })
  }
}
