/** All that the page gets from the desktop shell: a line to the engine, its window's last moment, and a person's choices. */
import { contextBridge, ipcRenderer } from 'electron'

// The line: the page asks with 'wirewatch-ask-port' and gets 'wirewatch-port' with the port; again, unasked, when a new
// engine has started. 'wirewatch-lost' says that the engine ended and its port is dead.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'wirewatch-ask-port') ipcRenderer.send('ask-line')
})
ipcRenderer.on('line', (event) => window.postMessage('wirewatch-port', '*', event.ports))
ipcRenderer.on('engine-lost', () => window.postMessage('wirewatch-lost', '*'))

// A notification or a link of ours leads to one of the page's addresses; its router hears of it as of the back button.
ipcRenderer.on('go', (_event, path: string) => {
  window.history.pushState(null, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
})

const closing: (() => unknown)[] = []
ipcRenderer.on('closing', async () => {
  await Promise.allSettled(closing.map(async (callback) => callback()))
  ipcRenderer.send('farewell')
})

contextBridge.exposeInMainWorld('wirewatchShell', {
  platform: process.platform,
  version: process.versions.electron,
  onClosing(callback: () => unknown): void {
    closing.push(callback)
  },
  choices: (): Promise<unknown> => ipcRenderer.invoke('choices'),
  choose: (change: { spelling?: boolean; startAtLogin?: boolean }): Promise<unknown> =>
    ipcRenderer.invoke('choose', change),
})
