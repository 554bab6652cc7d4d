/**
 * The rooms of the house: what each may import. Whatever stands in no room, or is not allowed here, fails the test
 * (docs/design.md, "One core, thin shells").
 */
export interface Room {
  /** A folder or a file, from the project's root. The longest that fits a file is its room. */
  readonly path: string
  /** Packages and Node's modules that its files may import. */
  readonly packages?: readonly string[]
  /** Folders and files outside the core that its files may import, beside their own room. */
  readonly uses?: readonly string[]
  /** Of these its files may import types alone. */
  readonly usesTypesOf?: readonly string[]
  /** May run SQL. */
  readonly sql?: true
  /** Its files are shipped within a bundle, or run from a checkout alone: they may import development packages. */
  readonly bundled?: true
  /** May name Node's globals (`process`, `Buffer`), although it imports none of its modules. */
  readonly node?: true
  /** No part of what is shipped: may import development packages, fixtures and anything of the project. */
  readonly development?: true
}

/**
 * The rooms of the core, lowest first: a file may import from its own room and from those above it in this list. What is
 * pure in a room may stand lower than the room, by a line of its own.
 */
const climbing: readonly Room[] = [
  { path: 'src/core/problem.ts' },
  { path: 'src/core/story.ts' },
  { path: 'src/core/clock.ts' },
  { path: 'src/core/localTime.ts' },
  { path: 'src/core/instant.ts' },
  { path: 'src/core/counted.ts' },
  { path: 'src/core/median.ts' },
  // Pure, and used by the page.
  { path: 'src/core/countBetween.ts' },
  { path: 'src/core/wordList.ts' },
  { path: 'src/core/changes.ts' },
  { path: 'src/core/jobs.ts' },
  { path: 'src/core/heartbeat.ts' },
  { path: 'src/core/query/words' },
  { path: 'src/core/query/language' },
  { path: 'src/core/query/match' },
  // Node's Buffer writes hexadecimal, which the index is made of, several times as fast.
  { path: 'src/core/query/fulltext', node: true },
  // The signature of a text: pure, and what the store keeps of a story.
  { path: 'src/core/events/copies.ts' },
  {
    path: 'src/core/store',
    packages: ['better-sqlite3', 'node:fs', 'node:path', 'node:worker_threads'],
    sql: true,
  },
  { path: 'src/core/store/search', sql: true },
  { path: 'src/core/stores.ts' },
  { path: 'src/core/unusableFolder.ts', packages: ['node:fs', 'node:path'] },
  { path: 'src/core/lock.ts', packages: ['node:crypto', 'node:fs', 'node:path', 'zod'] },
  { path: 'src/core/feeds' },
  { path: 'src/core/feeds/pace' },
  {
    path: 'src/core/feeds/fetch',
    packages: ['node:dns', 'node:net', 'node:util', 'node:zlib', 'undici'],
  },
  {
    path: 'src/core/feeds/read',
    packages: [
      'entities',
      'entities/decode',
      'htmlparser2',
      'iconv-lite',
      'node:buffer',
      'node:crypto',
      'node:module',
      'node:util',
      'rss-parser',
      'tinyld',
    ],
  },
  {
    path: 'src/core/feeds/find',
    packages: ['entities', 'entities/decode', 'htmlparser2', 'node:crypto', 'zod'],
  },
  { path: 'src/core/watch' },
  { path: 'src/core/themes', packages: ['node:crypto', 'node:fs', 'node:path', 'zod'] },
  { path: 'src/core/spikes' },
  { path: 'src/core/events' },
  // Settings and the sentence that says them: pure, and used by the page and the command line.
  { path: 'src/core/alerts/settings.ts' },
  { path: 'src/core/alerts/sentence.ts' },
  { path: 'src/core/alerts' },
  { path: 'src/core/delivery', packages: ['node:crypto', 'node:fs', 'node:path', 'zod'] },
  {
    path: 'src/core/reading',
    packages: ['node:buffer', 'node:crypto', 'node:fs', 'node:path', 'node:worker_threads', 'node:zlib'],
  },
  { path: 'src/core/intake', packages: ['node:crypto'] },
  { path: 'src/core/offline', packages: ['node:fs', 'node:url'] },
  { path: 'src/core/door', packages: ['node:crypto'] },
  { path: 'src/core/wirewatch.ts', packages: ['node:fs', 'node:path', 'node:url'] },
  { path: 'src/core/sample.ts', packages: ['node:fs', 'node:path', 'node:url'] },
]

/** The core's rooms with what all of them may take types of. */
export const core: readonly Room[] = climbing.map((room) => ({ ...room, usesTypesOf: ['src/api/contract'] }))

const door = ['src/core/wirewatch.ts', 'src/core/sample.ts', 'src/core/lock.ts']

const shells: readonly Room[] = [
  { path: 'src/api/contract', packages: ['@orpc/contract', 'zod'] },
  {
    path: 'src/api/router',
    packages: ['@orpc/server'],
    uses: ['src/api/contract', 'src/core/wirewatch.ts'],
  },
  {
    path: 'src/engine',
    packages: [
      '@orpc/server',
      '@orpc/server/node',
      'node:crypto',
      'node:fs',
      'node:http',
      'node:net',
      'node:path',
    ],
    uses: ['src/api/router', ...door],
  },
  {
    path: 'src/launch',
    bundled: true,
    packages: [
      'electron/checksums.json',
      'electron/package.json',
      'node:child_process',
      'node:constants',
      'node:fs',
      'node:module',
      'node:net',
      'node:os',
      'node:path',
      'node:stream/consumers',
      'node:url',
      'node:util',
    ],
    uses: ['src/engine', 'src/core/lock.ts'],
  },
  {
    path: 'src/launch/devServer.ts',
    packages: ['node:path', 'node:net', 'vite'],
    uses: ['src/launch', 'src/engine', 'electron.vite.config.ts'],
    development: true,
  },
  {
    path: 'src/cli',
    packages: [
      '@orpc/client',
      '@orpc/client/fetch',
      '@orpc/contract',
      '@orpc/server',
      'commander',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:zlib',
    ],
    uses: [
      'src/api/contract',
      'src/api/router',
      'src/core/alerts/sentence.ts',
      'src/core/feeds/read/decode.ts',
      'src/core/offline',
      'src/engine/log.ts',
      'src/launch',
      ...door,
    ],
  },
  {
    path: 'src/main',
    bundled: true,
    packages: [
      '@orpc/server',
      '@orpc/server/message-port',
      'electron',
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:os',
      'node:path',
      'node:v8',
      'zod',
    ],
    uses: [
      'src/engine',
      'src/launch/dataFolder.ts',
      'src/launch/engineProcess.json',
      'src/launch/options.ts',
      'src/core/problem.ts',
      'src/core/unusableFolder.ts',
      'src/core/wirewatch.ts',
    ],
  },
  { path: 'src/preload', bundled: true, node: true, packages: ['electron'] },
  {
    path: 'src/renderer',
    bundled: true,
    packages: [
      '@fontsource-variable/noto-sans-arabic/wght.css',
      '@fontsource-variable/noto-sans-armenian/wght.css',
      '@fontsource-variable/noto-sans-bengali/wght.css',
      '@fontsource-variable/noto-sans-devanagari/wght.css',
      '@fontsource-variable/noto-sans-ethiopic/wght.css',
      '@fontsource-variable/noto-sans-georgian/wght.css',
      '@fontsource-variable/noto-sans-gujarati/wght.css',
      '@fontsource-variable/noto-sans-hebrew/wght.css',
      '@fontsource-variable/noto-sans-kannada/wght.css',
      '@fontsource-variable/noto-sans-khmer/wght.css',
      '@fontsource-variable/noto-sans-kr/wght.css',
      '@fontsource-variable/noto-sans-myanmar/wght.css',
      '@fontsource-variable/noto-sans-sc/wght.css',
      '@fontsource-variable/noto-sans-tamil/wght.css',
      '@fontsource-variable/noto-sans-telugu/wght.css',
      '@fontsource-variable/noto-sans-thai/wght.css',
      '@orpc/client',
      '@orpc/client/fetch',
      '@orpc/client/message-port',
      '@orpc/contract',
      '@orpc/tanstack-query',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'csv-stringify/browser/esm/sync',
      'd3-geo',
      'dompurify',
      'geojson',
      'modern-screenshot',
      'radix-ui',
      'react',
      'react-dom/client',
      'topojson-client',
      'topojson-specification',
      'wouter',
      'wouter/use-browser-location',
      'world-atlas/countries-110m.json',
    ],
    uses: [
      'src/api/contract',
      'src/core/countBetween.ts',
      'src/core/query/language/language.ts',
      'src/core/alerts/settings.ts',
      'src/core/alerts/sentence.ts',
    ],
  },
  { path: 'src/architecture', development: true },
  { path: 'src/api/tsconfig.json', development: true },
  { path: 'src/core/tsconfig.json', development: true },
  { path: 'src/tsconfig.base.json', development: true },
  { path: 'src/vitest.config.ts', development: true },
  { path: 'src/vitest.setup.ts', development: true },
  { path: 'packaging', development: true },
  { path: 'bench', development: true },
  { path: 'e2e', development: true },
  { path: '.ci', development: true },
  { path: 'electron.vite.config.ts', development: true },
]

export const rooms: readonly Room[] = [...core, ...shells]

/** Which part of the platform each compiler project may know. A file is compiled by one of them. */
export const projects: Record<string, { readonly dom: boolean; readonly node: boolean }> = {
  'src/core/tsconfig.json': { dom: false, node: true },
  'src/api/tsconfig.json': { dom: false, node: true },
  'src/launch/tsconfig.json': { dom: false, node: true },
  'src/main/tsconfig.json': { dom: false, node: true },
  'src/preload/tsconfig.json': { dom: true, node: true },
  'src/renderer/tsconfig.json': { dom: true, node: false },
  'e2e/tsconfig.json': { dom: true, node: true },
  'bench/tsconfig.json': { dom: false, node: true },
}
