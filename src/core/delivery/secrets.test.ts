import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type ChannelSecrets, openChannelSecrets, SECRETS_FILE, type SecretBox } from './secrets.ts'

let dataDir: string
let lines: string[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wirewatch-channel-secrets-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  lines = []
})
const open = (box?: SecretBox): ChannelSecrets =>
  openChannelSecrets({ dataDir, box, log: (line) => void lines.push(line) })
const file = (): string => join(dataDir, SECRETS_FILE)
const mode = (): number => statSync(file()).mode & 0o777
const HOOK = { address: 'https://hooks.example/s3cret', secret: 'whsec_s3cret' }
/** Turns a text round: enough that it is not there to be read. */
const box: SecretBox = {
  seal: async (text) => [...text].reverse().join(''),
  open: async (sealed) => [...sealed].reverse().join(''),
}

test('what is kept is there after a restart, in a file for this person alone', async () => {
  await open().keep('a', HOOK)
  expect(await open().destination('a')).toEqual(HOOK)
  expect(await open().destination('b')).toBe('missing')
  expect(mode()).toBe(0o600)
  expect(readdirSync(dataDir)).toEqual([SECRETS_FILE])
})

test('a file that came back with wider rights is narrowed', async () => {
  await open().keep('a', HOOK)
  chmodSync(file(), 0o644)
  expect(await open().destination('a')).toEqual(HOOK)
  expect(mode()).toBe(0o600)
})

test('where the system keeps secrets the file holds none, and only the box opens them', async () => {
  await open(box).keep('a', HOOK)
  expect(readFileSync(file(), 'utf8')).not.toContain('s3cret')
  expect(await open(box).destination('a')).toEqual(HOOK)
  expect(await open().destination('a')).toBe('sealed')
  const lost: SecretBox = { seal: async () => null, open: async () => null }
  expect(await open(lost).destination('a')).toBe('sealed')
})

test('what was kept plainly is sealed where there is a box, and stays where that keeps nothing', async () => {
  await open().keep('a', HOOK)
  await open({ seal: async () => null, open: async () => null }).sealAll()
  expect(await open().destination('a')).toEqual(HOOK)
  await open(box).sealAll()
  expect(readFileSync(file(), 'utf8')).not.toContain('s3cret')
  expect(await open(box).destination('a')).toEqual(HOOK)
})

test('an address that was given while others are sealed is the one that stays', async () => {
  const other = { address: 'https://other.example/', secret: '' }
  await open().keep('a', HOOK)
  const secrets = open(box)
  const sealing = secrets.sealAll()
  await secrets.keep('a', other)
  await sealing
  expect(await open(box).destination('a')).toEqual(other)
})

test('channels that are gone are forgotten', async () => {
  const secrets = open()
  await secrets.keep('a', HOOK)
  await secrets.keep('b', HOOK)
  secrets.keepOnly(['b', 'c'])
  expect(await open().destination('a')).toBe('missing')
  expect(await open().destination('b')).toEqual(HOOK)
})

test('a file that cannot be read is put aside and said, never written over', async () => {
  writeFileSync(file(), '{"version":1,"channels":')
  expect(await open().destination('a')).toBe('missing')
  expect(lines).toEqual([expect.stringContaining('given its address again')])
  await open().keep('a', HOOK)
  expect(readFileSync(`${file()}.unreadable`, 'utf8')).toBe('{"version":1,"channels":')
})

test('no link is followed, neither to read nor to write', () => {
  const elsewhere = join(dataDir, 'elsewhere')
  writeFileSync(elsewhere, '{"version":1,"channels":{}}')
  symlinkSync(elsewhere, file())
  expect(() => open()).toThrow(/ELOOP/)
})

test('without a folder nothing outlives the process', async () => {
  const secrets = openChannelSecrets({ dataDir: ':memory:', log: () => undefined })
  await secrets.keep('a', HOOK)
  expect(await secrets.destination('a')).toEqual(HOOK)
})
