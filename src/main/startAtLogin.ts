import { join } from 'node:path'
import { app } from 'electron'
import { autostartEntry } from './autostartEntry.ts'

/** Whether the system starts the app as the person logs in. The system has the word: it is asked each time. */
export interface StartAtLogin {
  /** null where it cannot be offered. */
  read(): boolean | null
  /** @throws Error with a sentence where the system does not take it over */
  set(on: boolean): void
}

/** Says that the app was started at login: no window opens where the tray leads to it. */
export const HIDDEN = '--hidden'

/**
 * @param flags what this app was started with: the same folder is to be opened
 * @param program of an AppImage its file, whose inside is another folder at each start
 */
export function startAtLogin(flags: readonly string[], program: string): StartAtLogin {
  // In development the program is Electron's own, which would start without the app; macOS passes no flags.
  if (!app.isPackaged || (process.platform === 'darwin' && flags.length > 0))
    return { read: () => null, set: () => undefined }
  if (process.platform !== 'linux') {
    const args = [...flags.map(quoted), HIDDEN]
    /** On Windows the item can be there and switched off, in the Task Manager. */
    const read = (): boolean => {
      const item = app.getLoginItemSettings({ args })
      return item.openAtLogin && (process.platform === 'win32' ? item.executableWillLaunchAtLogin : true)
    }
    return {
      read,
      set(on) {
        app.setLoginItemSettings({ openAtLogin: on, args })
        if (read() === on) return
        throw new Error(
          process.platform === 'darwin' && app.getLoginItemSettings().status === 'requires-approval'
            ? 'macOS asks for your approval first: System Settings, General, Login Items.'
            : 'The system did not take it over.',
        )
      },
    }
  }
  return autostartEntry(join(app.getPath('appData'), 'autostart'), [program, ...flags, HIDDEN])
}

/** True if the system started this macOS app at login, where no flag can say it. */
export const openedAtLogin = (): boolean =>
  process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin

/** A part of a Windows command line, which Electron joins as they are: a backslash before the last quote would take it along. */
const quoted = (flag: string): string => `"${flag.replace(/\\+$/, '$&$&')}"`
