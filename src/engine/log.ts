import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes at which a launch begins a new log; the one before is kept as wirewatch.log.1. */
const LIMIT = 5 * 1024 * 1024

/**
 * The log of a data folder: returns what writes a dated line to `wirewatch.log`. Written at once, so that a crash
 * leaves its reason. A log that cannot be written (a full disk) never stops the engine.
 */
export function openLog(dataDir: string, now: () => number = Date.now): (line: string) => void {
  const file = join(dataDir, 'wirewatch.log')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LIMIT) renameSync(file, `${file}.1`)
  } catch {
    // The first line that cannot be written meets the same fate.
  }
  return (line) => {
    try {
      appendFileSync(file, `${new Date(now()).toISOString()} ${line.trimEnd()}\n`, { mode: 0o600 })
    } catch {
      process.stderr.write(`${line}\n`)
    }
  }
}
