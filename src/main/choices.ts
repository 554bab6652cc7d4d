import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/** What a person chooses for the desktop app on this machine; the page's Settings show it. */
const Choices = z.object({
  /** Spelling is checked while one types. On Windows and Linux Chromium fetches the dictionaries from Google for it. */
  spelling: z.boolean(),
})
export type Choices = z.infer<typeof Choices>

const USUAL: Choices = { spelling: false }

export interface ChoiceFile {
  read(): Choices
  /** Takes over what is a choice, and returns all. @throws Error where the file cannot be written */
  change(change: unknown): Choices
}

/** The choices in a file; without one, or with a damaged one, the usual. */
export function choiceFile(file: string): ChoiceFile {
  const read = (): Choices => {
    try {
      return Choices.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return USUAL
    }
  }
  return {
    read,
    change(change) {
      const chosen = Choices.parse({ ...read(), ...z.object({}).loose().parse(change) })
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify(chosen))
      renameSync(`${file}.new`, file)
      return chosen
    },
  }
}
