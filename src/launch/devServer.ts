/** The browser shell of `npm run dev`: the engine, and the page by Vite. Started, and at each change started again, by dev.ts. */
import { createServer, type InlineConfig } from 'vite'
import config from '../../electron.vite.config.ts'
import type { Keys } from '../engine/access.ts'
import { openEngine } from '../engine/openEngine.ts'
import { DEVELOPMENT_POLICY } from '../engine/pagePolicy.ts'
import { dataFolder } from './dataFolder.ts'
import { desktopOptions } from './options.ts'

const { port, keys, reloadPort } = JSON.parse(process.env.WIREWATCH_DEV ?? '{}') as {
  port: number
  keys: Keys
  reloadPort: number
}
const options = desktopOptions(process.argv.slice(2))
const vite = await createServer({
  ...(config.renderer as InlineConfig),
  configFile: false,
  logLevel: 'warn',
  server: { middlewareMode: true, hmr: { host: '127.0.0.1', port: reloadPort } },
})
const engine = await openEngine({
  dataDir: dataFolder(options),
  sample: options.sample,
  shell: 'the browser shell',
  page: (request, response) =>
    new Promise((resolve) => {
      response.once('close', () => resolve(true))
      vite.middlewares(request, response, () => resolve(false))
    }),
  port,
  keys,
  headers: { 'Content-Security-Policy': DEVELOPMENT_POLICY },
  log: (line) => console.error(line),
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, async () => {
    await vite.close()
    await engine.close()
    process.exit(0)
  })
