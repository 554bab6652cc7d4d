import { homedir } from 'node:os'
import path from 'node:path'

export interface DataFolderChoice {
  /** The value of `--data-dir`; relative to the working folder. */
  readonly dataDir?: string | undefined
  /** The sample has a folder of its own inside, so that it can never mix with a person's archive. */
  readonly sample?: boolean
  readonly platform?: NodeJS.Platform
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly home?: string
}

/**
 * Where the archive lives: `--data-dir`, else the platform's usual folder for a program's data (Linux and BSD
 * `$XDG_DATA_HOME/wirewatch` or `~/.local/share/wirewatch`, macOS `~/Library/Application Support/Wirewatch`, Windows
 * `%APPDATA%\Wirewatch`). An absolute path; nothing is created. The same for every shell and the command line.
 */
export function dataFolder(choice: DataFolderChoice = {}): string {
  const platform = choice.platform ?? process.platform
  const { join, resolve } = platform === 'win32' ? path.win32 : path.posix
  const folder =
    choice.dataDir === undefined
      ? usualFolder(platform, choice.env ?? process.env, choice.home ?? homedir())
      : resolve(choice.dataDir)
  return choice.sample === true ? join(folder, 'sample') : folder
}

function usualFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix
  // The XDG specification: a relative path in the variable is invalid and ignored. The same care serves %APPDATA%.
  const absolute = (folder: string | undefined): string | undefined =>
    folder !== undefined && isAbsolute(folder) ? folder : undefined
  if (platform === 'win32')
    return join(absolute(env.APPDATA) ?? join(home, 'AppData', 'Roaming'), 'Wirewatch')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Wirewatch')
  return join(absolute(env.XDG_DATA_HOME) ?? join(home, '.local', 'share'), 'wirewatch')
}
