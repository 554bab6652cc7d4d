/** Why a data folder cannot be used, from the code of what failed there, as a sentence with what to do. */
import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from './problem.ts'

/** @param lock the file that is locked in it */
export function unusableFolder(dataDir: string, error: unknown, lock: string): Problem {
  const { code: failed = '' } = error as { code?: string }
  const code = failed === 'ENOENT' ? whyMissing(dataDir) : failed
  const [, why, what] = REASONS.find(([codes]) => codes.test(code)) ?? [
    '',
    'it cannot be written',
    'See to it that you may write it',
  ]
  return new Problem(
    'INVALID',
    `The data folder ${dataDir} cannot be used: ${why}. ${what.replace('LOCK', lock)}, or choose another with --data-dir.`,
  )
}

/**
 * Why a folder is not there though all of them on the way are made. Node says ENOENT where the disk is write-protected, too.
 * @returns a code
 */
function whyMissing(folder: string): string {
  let place = folder
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  if (!existsSync(place)) return 'ENOENT'
  try {
    accessSync(place, constants.W_OK)
    return ''
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? ''
  }
}

const REASONS: readonly (readonly [codes: RegExp, why: string, what: string])[] = [
  [/^ENOSPC$|^EDQUOT$|^SQLITE_FULL/, 'its disk is full', 'Make room on that disk'],
  [/^EISDIR$|^ENOTEMPTY$/, 'a folder lies where Wirewatch keeps its file engine.json', 'Remove that folder'],
  [/^ENOTDIR$|^EEXIST$/, 'it is no folder', 'Move away the file of that name'],
  [/^ENAMETOOLONG$/, 'its name is too long', 'Use a shorter one'],
  [/^EROFS$/, 'its disk is write-protected', 'Make the disk writable'],
  // On Windows; elsewhere the place of a drive belongs to the system.
  [/^ENOENT$|^ENODEV$|^ENXIO$/, 'its drive is not there', 'Connect the drive'],
  [
    /^EACCES$|^EPERM$/,
    'it may not be written, or its drive is not there',
    'See to it that you may write it, connect the drive',
  ],
  [/^SQLITE_(?:NOTADB|CORRUPT)/, 'its lock is not what Wirewatch keeps there', 'Remove the file LOCK'],
  [/^SQLITE_(?:IOERR|PROTOCOL)|^EIO$/, 'no file can be locked there', 'Keep it on a disk of this machine'],
]
