import { expect, test } from 'vitest'
import { leaves } from '../messages/en/leaves.ts'
import { waysOut, waysOutOf } from './leaves.ts'

const files = import.meta.glob<string>(
  ['../../**/*.{ts,tsx}', '!../../**/*.test.ts', '!../../**/fixtures/**'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)

/** What code that reaches out is made with. Types reach nothing. */
const OUTWARD = [
  /\bimport (?!type\b)[^;'"]* from ['"](?:undici|nodemailer|node:(?:https|http2|tls|dgram))['"]/,
  /\bimport\(['"](?:undici|nodemailer|node:(?:http|https|http2|tls|dgram))['"]\)/,
  // What posts, by the client that it is handed.
  /\bPoster\b/,
  /\b(?:request|get)\b[^;'"]* from ['"]node:http['"]/,
  /\b(?:connect|createConnection|Socket)\b[^;'"]* from ['"]node:net['"]/,
  /\b(?:lookup|resolve\w*|Resolver)\b[^;'"]* from ['"]node:dns(?:\/promises)?['"]/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\(|\bsendBeacon\(/,
  /(?<![\w.])fetch\((?!source|this)/,
  // macOS may ask Apple for what is looked up.
  /\.showDefinitionForSelection\(/,
  /\b(?:net\.(?:fetch|request)|shell\.openExternal|window\.open|resolveProxy|setSpellCheckerDictionaryDownloadURL)\(/,
]
/**
 * These speak with this machine alone (the page and the command line with their engine, the launcher with what it starts), or
 * hand on a client that others ask by.
 */
const INWARD = [
  'renderer/transport.ts',
  'renderer/dashboard/export/picture.ts',
  'cli/connect.ts',
  'launch/',
  'engine/',
  'core/wirewatch.ts',
  'core/door/parts.ts',
]

/** A file as it is named from src. */
const named = (path: string): string => new URL(path, 'file:///renderer/settings/').pathname.slice(1)

const outward = Object.entries(files)
  .filter(([, text]) => OUTWARD.some((pattern) => pattern.test(text)))
  .map(([path]) => named(path))
  .filter((path) => !INWARD.some((place) => path.startsWith(place)))

test('whatever reaches out of this machine has its entry in “What leaves this machine”', () => {
  expect(outward).toContain('main/quiet.ts')
  expect(outward.some((path) => path.startsWith('core/feeds/fetch/'))).toBe(true)
  const listed = waysOut.flatMap(({ by }) => by)
  expect(outward.filter((path) => !listed.some((place) => path.startsWith(place)))).toEqual([])
})

test('every entry is about code that there is, and says when, to whom, with what, and how to switch it off', () => {
  const paths = Object.keys(files).map(named)
  for (const { name, by } of waysOut) {
    for (const place of by)
      expect(
        paths.some((path) => path.startsWith(place)),
        place,
      ).toBe(true)
    const { when, where, what, off, title } = leaves.ways[name]
    for (const words of [title, when, where, what, off]) expect(words, name).not.toBe('')
  }
  expect(waysOut.map(({ name }) => name).sort()).toEqual(Object.keys(leaves.ways).sort())
})

test('each shell lists what it does itself', () => {
  const names = (shell: string) => waysOutOf(shell).map(({ name }) => name)
  expect(names('browser')).toEqual(['sources', 'channels', 'pages', 'proxies', 'links'])
  expect(names('darwin')).not.toContain('spelling')
  expect(names('darwin')).toContain('lookUp')
  expect(names('linux')).toContain('spelling')
})
