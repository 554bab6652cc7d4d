import { join } from 'node:path'
import type { Configuration } from 'electron-builder'

const root = join(import.meta.dirname, '..')

/**
 * What is shipped, named for each platform rather than for all: where a platform has a list of its own that only leaves
 * things out, electron-builder takes everything else of the project in.
 */
const files = [
  'package.json',
  'LICENSE',
  'out/{main,preload,renderer}/**',
  'resources/themes/**',
  'resources/sample/**',
  'resources/starter-sources.json',
  'resources/icons/app/256x256.png',
  'resources/icons/tray*.png',
  'resources/icons/icon.ico',
  '!node_modules/better-sqlite3/{deps,src}/**',
  '!node_modules/**/*.{map,md,markdown,ts,mts,cts}',
  '!node_modules/**/{test,tests,__tests__,docs,example,examples,bench,benchmark}/**',
  '!node_modules/node-{linux-x64,linux-arm64,win-x64}/**',
]
/** All platforms have the same list but for the binary of the database. */
const filesFor = (platform: string): string[] => [
  ...files,
  `!node_modules/better-sqlite3/prebuilds/!(${platform}-\${arch}).node`,
]

/**
 * How the desktop app is packed, for electron-builder. Shipped are the bundles, what they read at run time, and the
 * packages they import; no source, no test, no other platform's binary.
 * @param host where it is packed: only macOS has the program that signs for macOS
 */
export const packagingOn = (host: NodeJS.Platform): Configuration => ({
  appId: 'org.wirewatch.desktop',
  productName: 'Wirewatch',
  copyright: 'MIT licence, the Wirewatch engineers',
  directories: { output: join(root, 'dist') },
  artifactName: `wirewatch-\${version}-\${os}-\${arch}.\${ext}`,
  // A .deb wants both; .example never resolves.
  extraMetadata: { homepage: 'https://wirewatch.example' },
  asar: true,
  // The system loads a library from a file, not from inside an archive.
  asarUnpack: ['node_modules/better-sqlite3/prebuilds/*.node'],
  // The binary is N-API: one for Node and Electron, in the package already.
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  electronFuses: {
    runAsNode: false,
    // No cookie is kept; the key for them would be asked of the system's key ring, in a dialog at the first start.
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // Setting these switches breaks Electron's own signature, and Apple's processors run nothing whose signature is broken.
    // Where there is a certificate, it signs afterwards.
    resetAdHocDarwinSignature: host === 'darwin',
  },
  // The AppImage's static runtime: the older one asks for FUSE 2, which current systems lack.
  toolsets: { appimage: '1.0.3' },
  protocols: [{ name: 'Wirewatch', schemes: ['wirewatch'] }],
  publish: null,
  linux: {
    target: [
      { target: 'AppImage', arch: ['x64', 'arm64'] },
      { target: 'deb', arch: ['x64', 'arm64'] },
    ],
    files: filesFor('linux'),
    icon: join(root, 'resources', 'icons', 'app'),
    // "News" is one of the additional categories, which stand beside a main one.
    category: 'Network;News',
    synopsis: 'A local media monitor',
    maintainer: 'The Wirewatch engineers <engineers@wirewatch.example>',
    // The window is known by package.json's desktopName; the desktop's entry has the same name.
    syncDesktopName: true,
    // Without the sandbox the app would not open (src/main/sandbox.ts): no entry of ours may switch it off.
    executableArgs: [],
  },
  mac: {
    target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
    files: filesFor('darwin'),
    icon: join(root, 'resources', 'icons', 'icon.icns'),
    category: 'public.app-category.news',
    hardenedRuntime: true,
    entitlements: join(import.meta.dirname, 'entitlements.mac.plist'),
    entitlementsInherit: join(import.meta.dirname, 'entitlements.mac.plist'),
  },
  win: {
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    files: filesFor('win32'),
    icon: join(root, 'resources', 'icons', 'icon.ico'),
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
    include: join(import.meta.dirname, 'installer.nsh'),
  },
})

export const packaging = packagingOn(process.platform)
