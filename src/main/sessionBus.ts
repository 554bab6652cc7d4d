/** Two questions to a Linux desktop that Electron does not answer, asked of its session bus by the programs that come with it. */
import { execFile } from 'node:child_process'

/** Runs a program and gives what it printed; undefined where there is none or it failed. */
export type Run = (program: string, args: readonly string[]) => Promise<string | undefined>

const BUS = 'org.freedesktop.DBus'
const TRAY = 'org.kde.StatusNotifierWatcher'
const NOTIFICATIONS = 'org.freedesktop.Notifications'
const NOTIFICATIONS_PATH = '/org/freedesktop/Notifications'

/**
 * True if the desktop has a place for trays. Without one (GNOME as it comes) Electron makes a tray all the same, which nobody
 * sees. A desktop that cannot be asked counts as one without.
 */
export async function hasTray(run: Run = runProgram): Promise<boolean> {
  const answer = await first(run, [
    ['gdbus', ...gdbus(BUS, '/org/freedesktop/DBus', `${BUS}.NameHasOwner`), TRAY],
    [
      'dbus-send',
      '--session',
      '--print-reply=literal',
      `--dest=${BUS}`,
      '/org/freedesktop/DBus',
      `${BUS}.NameHasOwner`,
      `string:${TRAY}`,
    ],
    ['busctl', '--user', 'call', BUS, '/org/freedesktop/DBus', BUS, 'NameHasOwner', 's', TRAY],
  ])
  return answer !== undefined && /\btrue\b/.test(answer)
}

/** True if the desktop reads a notification's body as markup; one that cannot be asked counts as one that does. */
export async function readsMarkup(run: Run = runProgram): Promise<boolean> {
  const answer = await first(run, [
    ['gdbus', ...gdbus(NOTIFICATIONS, NOTIFICATIONS_PATH, `${NOTIFICATIONS}.GetCapabilities`)],
    [
      'dbus-send',
      '--session',
      '--print-reply=literal',
      `--dest=${NOTIFICATIONS}`,
      NOTIFICATIONS_PATH,
      `${NOTIFICATIONS}.GetCapabilities`,
    ],
    ['busctl', '--user', 'call', NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, 'GetCapabilities'],
  ])
  return answer === undefined || /\bbody-markup\b/.test(answer)
}

const gdbus = (destination: string, path: string, method: string): string[] => [
  'call',
  '--session',
  '--timeout=2',
  `--dest=${destination}`,
  `--object-path=${path}`,
  `--method=${method}`,
]

async function first(
  run: Run,
  questions: readonly (readonly [string, ...string[]])[],
): Promise<string | undefined> {
  for (const [program, ...args] of questions) {
    const answer = await run(program, args)
    if (answer !== undefined) return answer
  }
  return undefined
}

const runProgram: Run = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: 3000 }, (error, out) => resolve(error === null ? out : undefined))
  })
