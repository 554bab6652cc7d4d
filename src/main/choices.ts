import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { StartAtLogin } from './startAtLogin.ts'

/** What is kept in the file. */
const Kept = z.object({
  /** Spelling is checked while one types. On Windows and Linux Chromium fetches the dictionaries from Google for it. */
  spelling: z.boolean(),
})
const Change = Kept.extend({ startAtLogin: z.boolean() }).partial()

/** What a person chooses for the desktop app on this machine; the page's Settings show it. */
export interface Choices extends z.infer<typeof Kept> {
  /** The system starts the app as the person logs in; null where that cannot be offered. */
  readonly startAtLogin: boolean | null
}

/** The choices as they then are, and why one was not taken over, as a sentence. */
export interface Chosen {
  readonly choices: Choices
  readonly refused: string | null
}

export interface ChoiceFile {
  read(): Choices
  /** Takes over what is named. @throws where it is no choice */
  change(change: unknown): Chosen
}

const USUAL = { spelling: false }

/** The choices in a file (without one, or with a damaged one, the usual) and those that the system keeps. */
export function choiceFile(file: string, login: StartAtLogin): ChoiceFile {
  const kept = (): z.infer<typeof Kept> => {
    try {
      return Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return USUAL
    }
  }
  const read = (): Choices => ({ ...kept(), startAtLogin: readLogin(login) })
  return {
    read,
    change(change) {
      const { startAtLogin, ...rest } = Change.parse(change)
      try {
        if (startAtLogin !== undefined) login.set(startAtLogin)
        if (rest.spelling !== undefined) {
          mkdirSync(dirname(file), { recursive: true })
          writeFileSync(`${file}.new`, JSON.stringify(Kept.parse({ ...kept(), ...rest })))
          renameSync(`${file}.new`, file)
        }
        return { choices: read(), refused: null }
      } catch (error) {
        return { choices: read(), refused: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}

/** A system that does not answer does not start the app, as far as anybody knows. */
function readLogin(login: StartAtLogin): boolean | null {
  try {
    return login.read()
  } catch {
    return false
  }
}
