/** That one app alone has a data folder open: Electron's single-instance mark, and what it leaves unsaid. */
import { readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { Problem } from '../core/problem.ts'

/** An app that starts while the one before closes waits so long for it. */
const CLOSING_MS = 20_000
const POLL_MS = 250

/**
 * Asks to be the folder's one app; else the one that is shows its window. While that one is closing it is waited for.
 * @param folder where Electron keeps its own files
 * @param restarts the app before may be about to close without saying so, as in development
 * @returns whether this is the one app now
 * @throws Problem where Electron took for another app what is none on this machine
 */
export async function isOnlyInstance(folder: string, restarts: boolean): Promise<boolean> {
  const until = Date.now() + CLOSING_MS
  while (!app.requestSingleInstanceLock()) {
    const other = whoseMark(folder)
    if (other instanceof Problem) throw other
    if (other === 'an app’s' && !restarts && !isClosing(folder)) return false
    if (Date.now() >= until) {
      if (other === 'an app’s') return false
      throw new Problem(
        'INVALID',
        `Electron cannot tell whether Wirewatch runs already on the data folder: its mark in ${folder} could not be made. ` +
          `See to it that there is room on that disk and in ${tmpdir()}.`,
      )
    }
    // Each request would be told to the app that closes.
    do await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    while (!restarts && isClosing(folder) && Date.now() < until)
  }
  return true
}

/** Notes that this app is closing, until it has ended: whoever starts it meanwhile wants it back. */
export function noteClosing(folder: string): void {
  try {
    writeFileSync(noteOf(folder), String(process.pid))
  } catch {
    // Then an app that starts now ends without a window.
  }
}
export const forgetClosing = (folder: string): void => rmSync(noteOf(folder), { force: true })

const noteOf = (folder: string): string => join(folder, 'closing')

function isClosing(folder: string): boolean {
  try {
    return isAlive(Number(readFileSync(noteOf(folder), 'utf8')))
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whose the mark is that Chromium respects. On Linux and macOS it is a link to "host-process": one of another host (a folder
 * on a network; this machine under the name that it had) for ever, whether or not the app still runs.
 */
function whoseMark(folder: string): 'an app’s' | 'nobody’s' | Problem {
  if (process.platform === 'win32') return 'an app’s'
  const mark = join(folder, 'SingletonLock')
  let target: string
  try {
    target = readlinkSync(mark)
  } catch {
    return 'nobody’s'
  }
  const [, host = '', id = ''] = /^(.*)-(\d+)$/.exec(target) ?? []
  if (host !== hostname())
    return new Problem(
      'CONFLICT',
      `Another Wirewatch has the data folder open on the computer "${host}", or this one had that name when Wirewatch last ended ` +
        `without closing. If none runs there, remove the file ${mark} and start again.`,
    )
  return Number(id) !== process.pid && isAlive(Number(id)) ? 'an app’s' : 'nobody’s'
}
