import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where Electron keeps its own files (cache, local storage, the single-instance mark): with the archive, so that two data
 * folders are two apps. On Linux and macOS the mark is a symbolic link; a file system that has none (exFAT, some network
 * folders) would make every launch look like a second one, so there the files lie in `elsewhere`, apart for each archive.
 * @throws Error where the data folder cannot be written
 */
export function electronFolder(
  dataDir: string,
  elsewhere: string,
  hasLinks: (folder: string) => boolean = canLink,
): string {
  const beside = join(dataDir, 'desktop')
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32' || hasLinks(beside)) return beside
  const apart = join(elsewhere, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  mkdirSync(apart, { recursive: true, mode: 0o700 })
  return apart
}

function canLink(folder: string): boolean {
  const link = join(folder, `link-${process.pid}`)
  try {
    symlinkSync('nothing', link)
    rmSync(link)
    return true
  } catch {
    return false
  }
}
