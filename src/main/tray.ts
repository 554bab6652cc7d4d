import { app, Menu, nativeImage, Tray } from 'electron'

export interface TrayParts {
  readonly icon: string
  open(path?: string): void
  quit(): void
}

/** The mark beside the clock: new hits, open, quit. Returns what sets the number of new hits. */
export function openTray(parts: TrayParts): (unread: number) => void {
  const image = nativeImage.createFromPath(parts.icon)
  image.setTemplateImage(process.platform === 'darwin')
  const tray = new Tray(image)
  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', () => parts.open())
  const show = (unread: number): void => {
    const label = unread === 1 ? '1 new hit' : `${unread} new hits`
    tray.setToolTip(unread === 0 ? 'Wirewatch' : `Wirewatch: ${label}`)
    if (process.platform === 'darwin') tray.setTitle(unread === 0 ? '' : String(unread))
    // Windows has no such number.
    if (process.platform !== 'win32') app.setBadgeCount(unread)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Wirewatch', click: () => parts.open() },
        { label, enabled: unread > 0, click: () => parts.open('/alerts') },
        { type: 'separator' },
        { label: 'Quit', click: () => parts.quit() },
      ]),
    )
  }
  show(0)
  return show
}
