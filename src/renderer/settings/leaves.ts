import type { leaves } from '../messages/en/leaves.ts'

/**
 * Every request that Wirewatch makes of the network: what makes it, and in words when, to whom, with what, and how it is
 * switched off. A new way out is a new entry here (leaves.test.ts finds those that have none).
 */
export interface WayOut {
  readonly name: keyof typeof leaves.ways
  /** The files, or the folder, whose code sends it; from src. */
  readonly by: readonly string[]
  /** Where it is made; everywhere unless it says so. */
  readonly only?: (shell: Shell) => boolean
}

/** Where the page is shown: in a browser, or in the desktop app of a system. */
export type Shell = 'browser' | string

export const waysOut: readonly WayOut[] = [
  { name: 'sources', by: ['core/feeds/fetch'] },
  { name: 'channels', by: ['core/delivery', 'core/feeds/fetch/post.ts'] },
  { name: 'pages', by: ['core/feeds/find/discover.ts'] },
  { name: 'proxies', by: ['core/feeds/fetch', 'main/index.ts'] },
  { name: 'links', by: ['main/borders.ts', 'main/index.ts', 'renderer/stories/storyPane.tsx'] },
  { name: 'lookUp', by: ['main/contextMenu.ts'], only: (shell) => shell === 'darwin' },
  {
    name: 'spelling',
    by: ['main/quiet.ts'],
    // macOS has its own.
    only: (shell) => shell !== 'browser' && shell !== 'darwin',
  },
]

/** Those that there are in a shell. */
export const waysOutOf = (shell: Shell): readonly WayOut[] =>
  waysOut.filter(({ only }) => only === undefined || only(shell))
