import { readFileSync } from 'node:fs'
import { plain } from './table.ts'

/** The text of a file, `-` for standard input; its name alone is ever told. */
export function contentOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').trim()
  } catch {
    const what = file === '-' ? 'Standard input' : `The file ${plain(file)}`
    throw Object.assign(new Error(`${what} cannot be read.`), { code: 'INVALID' })
  }
}
