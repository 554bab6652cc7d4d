/** `npm run dist`: the installers of this platform, or of those named (--linux, --mac, --win), in dist/. */
import { parseArgs } from 'node:util'
import { build, Platform } from 'electron-builder'
import { ensureBuilt } from '../src/launch/built.ts'
import { packaging } from './packaging.ts'

const { values } = parseArgs({
  options: {
    linux: { type: 'boolean' },
    mac: { type: 'boolean' },
    win: { type: 'boolean' },
    /** Only the unpacked app, to look at. */
    dir: { type: 'boolean' },
  },
})
const named = [
  ...(values.linux === true ? [Platform.LINUX] : []),
  ...(values.mac === true ? [Platform.MAC] : []),
  ...(values.win === true ? [Platform.WINDOWS] : []),
]
const platforms = named.length > 0 ? named : [Platform.current()]

try {
  await ensureBuilt(console.error)
  const targets = new Map(
    platforms.map((platform) => [
      platform,
      platform.createTarget(values.dir === true ? 'dir' : null).get(platform)!,
    ]),
  )
  for (const file of await build({ config: packaging, targets, publish: 'never' })) console.log(file)
} catch (error) {
  console.error(
    `The app could not be packed: ${error instanceof Error ? error.message : error}\n` +
      'Packing fetches Electron and the tools of each format, and a .dmg can be made on macOS alone.',
  )
  process.exitCode = 1
}
