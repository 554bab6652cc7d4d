import { spawn } from 'node:child_process'

/**
 * Opens an http address of ours in the person's browser, where there is a screen to show it. Best effort: the address
 * is also printed, so that a machine without a browser loses nothing.
 */
export function openBrowser(
  url: string,
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const [program, ...args] = opener(url, platform, env)
  if (program === undefined) return
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/** The command that opens an address; empty where there is no screen. */
export function opener(
  url: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  if (platform === 'darwin') return ['open', url]
  // Not "start": the shell would read the address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return hasDisplay(env) ? ['xdg-open', url] : []
}

/** True if a Linux or BSD session has a screen. */
export function hasDisplay(env: Readonly<Record<string, string | undefined>>): boolean {
  return (env.DISPLAY ?? '') !== '' || (env.WAYLAND_DISPLAY ?? '') !== ''
}
