import { app, Menu, type MenuItemConstructorOptions } from 'electron'

/** Beside the usual ones: "=" where "+" is typed with Shift, and the keys of the number pad. */
const ZOOM_KEYS = [
  ['zoomIn', '='],
  ['zoomIn', 'numadd'],
  ['zoomOut', 'numsub'],
  ['resetZoom', 'num0'],
] as const

/** The application's menu: what the system's keys need (copy, paste, zoom, quit), and no way out of the page. */
export function setMenu(): void {
  const mac = process.platform === 'darwin'
  app.setAboutPanelOptions({
    applicationName: 'Wirewatch',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence, the Wirewatch engineers',
  })
  const template: MenuItemConstructorOptions[] = [
    // macOS has About and Quit in here.
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: 'File', submenu: [{ role: 'close' }, ...(mac ? [] : [{ role: 'quit' as const }])] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        ...ZOOM_KEYS.map(([role, key]) => ({
          role,
          accelerator: `CommandOrControl+${key}`,
          visible: false,
          acceleratorWorksWhenHidden: true,
        })),
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    ...(mac
      ? [{ role: 'windowMenu' as const }]
      : [{ label: 'Help', submenu: [{ role: 'about' as const, label: 'About Wirewatch' }] }]),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
