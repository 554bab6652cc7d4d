import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from './problem.ts'
import { isTaken, take } from './store/exclusive.ts'
import { makeFolder } from './store/folder.ts'
import { unusableFolder } from './unusableFolder.ts'

/** Who runs the engine of a data folder, and how to talk to it. */
export interface Holder {
  readonly pid: number
  /** As in "the desktop app holds it". */
  readonly shell: 'the desktop app' | 'the browser shell' | 'the command line' | 'another Wirewatch'
  /** Epoch milliseconds. */
  readonly since: number
  /** Where the engine answers calls (`http://127.0.0.1:PORT`), with `Authorization: Bearer <token>`; none while it starts. */
  readonly address?: string | undefined
  readonly token?: string | undefined
}

export interface Lock {
  /** Writes down where the engine answers, for the command line. */
  update(info: Partial<Pick<Holder, 'address' | 'token'>>): void
  /** Gives the folder free. The second call does nothing. */
  release(): void
}

/**
 * Makes this process the one engine of the folder. The lock is the operating system's (a locked file, `engine.lock`),
 * so it ends with the process however that ends, and two that start at once cannot both have it. Who holds it stands in
 * `engine.json` (readable by its owner alone, for it holds the token).
 * @throws Problem CONFLICT, whose message names who holds the folder; INVALID where the folder cannot be written
 */
export function acquire(dataDir: string, info: Pick<Holder, 'shell'> & Partial<Holder>): Lock {
  let holder: Holder = { pid: process.pid, since: Date.now(), ...info }
  const free = hold(dataDir, holder)
  let released = false
  return {
    update(change) {
      if (released) return
      holder = { ...holder, ...change }
      writeHolder(dataDir, holder)
    },
    release() {
      if (released) return
      released = true
      rmSync(holderFile(dataDir), { force: true })
      free()
    },
  }
}

/**
 * Who runs the engine of the folder at this moment, or undefined where nobody does. Creates nothing. An engine that
 * has only just taken the folder may not have written down yet who it is: `pid` is then 0.
 */
export function holder(dataDir: string): Holder | undefined {
  try {
    if (!isTaken(lockFile(dataDir))) return undefined
  } catch (error) {
    throw unusableFolder(dataDir, error, lockFile(dataDir))
  }
  return readHolder(dataDir) ?? unknown
}

/** The problem of a person whose folder another holds. */
export function held(dataDir: string, by: Holder): Problem {
  const who = by.pid === 0 ? by.shell : `${by.shell} (process ${by.pid})`
  return new Problem(
    'CONFLICT',
    `The data folder ${dataDir} is in use by ${who}. Close that one first, or choose another folder with --data-dir.`,
  )
}

/** What to tell a person where the engine that has the folder could not be asked. @param refused it answered, but not us */
export function unanswered(dataDir: string, { shell, pid, address }: Holder, refused: boolean): Problem {
  const does = refused ? 'does not accept the key' : 'does not answer at the address'
  return new Problem(
    'CONFLICT',
    `The data folder ${dataDir} is open in ${shell} (process ${pid}), which ${does} that stands in its engine.json (${address}). Close it, or open it again: it then writes the file anew.`,
  )
}

/** Locks the folder and writes down who holds it. @returns releases it */
function hold(dataDir: string, holder: Holder): () => void {
  let free: (() => void) | undefined
  try {
    makeFolder(dataDir)
    free = take(lockFile(dataDir))
    if (free !== undefined) writeHolder(dataDir, holder)
  } catch (error) {
    free?.()
    throw unusableFolder(dataDir, error, lockFile(dataDir))
  }
  if (free === undefined) throw held(dataDir, readHolder(dataDir) ?? unknown)
  return free
}

const unknown: Holder = { pid: 0, shell: 'another Wirewatch', since: 0 }

const lockFile = (dataDir: string): string => join(dataDir, 'engine.lock')
const holderFile = (dataDir: string): string => join(dataDir, 'engine.json')

const Written = z.object({
  pid: z.int(),
  shell: z.enum(['the desktop app', 'the browser shell', 'the command line', 'another Wirewatch']),
  since: z.int(),
  // Whoever reads it calls that address with the token: it is on this machine, or the file is not ours.
  address: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/)
    .refine((address) => URL.canParse(address))
    .optional(),
  // What a header can hold.
  token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
})

/** Replaces the file in one step, so that a reader sees the old one or the new one, whole. */
function writeHolder(dataDir: string, holder: Holder): void {
  const draft = `${holderFile(dataDir)}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, `${JSON.stringify(holder, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(draft, holderFile(dataDir))
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function readHolder(dataDir: string): Holder | undefined {
  try {
    return Written.parse(JSON.parse(readFileSync(holderFile(dataDir), 'utf8')))
  } catch {
    return undefined
  }
}
