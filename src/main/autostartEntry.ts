/** Start at login on Linux: an entry of the XDG autostart folder, which every desktop reads as a person logs in. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface AutostartEntry {
  /** True if the entry is there, is ours, runs this very command, and no desktop has switched it off. */
  read(): boolean
  /** Writes the entry, or removes ours. @throws Error with a sentence where that cannot be done */
  set(on: boolean): void
}

/** In each entry of ours, so that one of another's with the same name is told apart. */
const OURS = 'X-Wirewatch-Autostart=true'

/**
 * @param folder the autostart folder (`~/.config/autostart`)
 * @param command the program and its arguments
 */
export function autostartEntry(folder: string, command: readonly [string, ...string[]]): AutostartEntry {
  const file = join(folder, 'wirewatch.desktop')
  const [program] = command
  const exec = `Exec=${execOf(command)}`
  /** The lines of the entry that is there; none where there is none. */
  const lines = (): string[] => {
    try {
      return readFileSync(file, 'utf8').split('\n')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw new Error(`The entry ${file} cannot be read: ${(error as Error).message}`)
    }
  }
  return {
    read() {
      const entry = lines()
      return (
        entry.includes(OURS) &&
        entry.includes(exec) &&
        !entry.includes('Hidden=true') &&
        !entry.includes('X-GNOME-Autostart-enabled=false')
      )
    },
    set(on) {
      const entry = lines()
      if (entry.length > 0 && !entry.includes(OURS)) {
        if (!on) return
        throw new Error(`${file} is there already and was not written by Wirewatch, so it stays as it is.`)
      }
      try {
        if (!on) {
          rmSync(file, { force: true })
          return
        }
        mkdirSync(folder, { recursive: true })
        writeFileSync(
          `${file}.new`,
          [
            '[Desktop Entry]',
            'Type=Application',
            'Name=Wirewatch',
            'Comment=Keeps watching in the background',
            exec,
            // A program that was removed since is left out, without a word.
            `TryExec=${escaped(program)}`,
            'Icon=wirewatch',
            'Terminal=false',
            'X-GNOME-Autostart-enabled=true',
            OURS,
            '',
          ].join('\n'),
        )
        renameSync(`${file}.new`, file)
      } catch (error) {
        throw new Error(`The entry ${file} cannot be changed: ${(error as Error).message}`)
      }
    },
  }
}

/** A command as an entry has it (Desktop Entry Specification 1.5, "The Exec key"): each part in quotes. */
function execOf(command: readonly string[]): string {
  return command
    .map((part) => escaped(`"${part.replaceAll('%', '%%').replace(/["`$\\]/g, '\\$&')}"`))
    .join(' ')
}

/** A value of type string: a line break would begin another key. */
const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
