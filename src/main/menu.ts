import { app, Menu, type MenuItemConstructorOptions } from 'electron'

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
        // Where "+" is typed with Shift, zooming in is Ctrl and "=".
        {
          role: 'zoomIn',
          accelerator: 'CommandOrControl+=',
          visible: false,
          acceleratorWorksWhenHidden: true,
        },
        { role: 'zoomOut' },
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
