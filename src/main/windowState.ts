import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

export const SMALLEST = { width: 720, height: 480 }
const USUAL = { width: 1440, height: 900 }

/** The window as it was left, or undefined where there is no note of it or a damaged one. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Notes how the window is left, in one step. Failing at that is no reason to fail at closing: it returns false. */
export function writeWindowState(file: string, state: WindowState): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
    return true
  } catch {
    return false
  }
}

/**
 * Where the window opens: as it was left where enough of its title bar lies on a screen that is still there, else in
 * the middle of the first screen. Never larger than the screen.
 * @param screens the work areas of all screens, the main one first
 */
export function place(left: WindowState | undefined, screens: readonly Rectangle[]): Rectangle {
  const main = screens[0] ?? { x: 0, y: 0, ...USUAL }
  const screen = left === undefined ? undefined : screens.find((area) => showsTitleBar(left, area))
  const wanted = screen === undefined || left === undefined ? USUAL : left
  const area = screen ?? main
  const width = Math.max(SMALLEST.width, Math.min(wanted.width, area.width))
  const height = Math.max(SMALLEST.height, Math.min(wanted.height, area.height))
  if (screen !== undefined && left !== undefined) return { x: left.x, y: left.y, width, height }
  return {
    x: Math.round(area.x + Math.max(0, area.width - width) / 2),
    y: Math.round(area.y + Math.max(0, area.height - height) / 2),
    width,
    height,
  }
}

/** At least 120 × 24 pixels of the upper edge, which is what a hand can take hold of. */
function showsTitleBar(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return across >= 120 && window.y >= area.y && window.y + 24 <= area.y + area.height
}
