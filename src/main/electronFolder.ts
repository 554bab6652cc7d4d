import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../core/problem.ts'
import { unusableFolder } from '../core/unusableFolder.ts'

/**
 * Where Electron keeps its own files (cache, local storage, the single-instance mark): with the archive, so that two data
 * folders are two apps. On Linux and macOS the mark is a symbolic link; a file system that has none (exFAT, some network
 * folders) would make every launch look like a second one, so there the files lie in `elsewhere`, apart for each archive.
 * A mark that cannot be made is taken for another app's, and this one would quit without a word: both places are tried.
 * @throws Problem, a sentence, where the data folder or, in its place, `elsewhere` cannot be used
 */
export function electronFolder(
  dataDir: string,
  elsewhere: string,
  platform: NodeJS.Platform = process.platform,
  link: (path: string) => void = (path) => symlinkSync('nothing', path),
): string {
  const beside = join(dataDir, 'desktop')
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    tried(beside, (path) => writeFileSync(path, ''))
  } catch (error) {
    throw unusableFolder(dataDir, error, '')
  }
  if (platform === 'win32' || hasLinks(beside, link)) return beside
  const apart = join(elsewhere, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  try {
    mkdirSync(apart, { recursive: true, mode: 0o700 })
    tried(apart, link)
    return apart
  } catch (error) {
    throw new Problem(
      'INVALID',
      `Electron can keep its own files neither on the disk of ${dataDir}, which has no symbolic links, nor in ${apart} ` +
        `(${(error as Error).message}). Choose another data folder with --data-dir.`,
    )
  }
}

function hasLinks(folder: string, link: (path: string) => void): boolean {
  try {
    tried(folder, link)
    return true
  } catch {
    return false
  }
}

/** Makes something in a folder and takes it away again. */
function tried(folder: string, make: (path: string) => void): void {
  const path = join(folder, `try-${process.pid}`)
  rmSync(path, { force: true })
  make(path)
  rmSync(path)
}
