import { chmodSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readNoLink, writeWhole } from './ownFile.ts'
import type { Destination } from './sending.ts'

/** How the system keeps a secret for this person and program; the desktop app supplies it. */
export interface SecretBox {
  /** The text, readable by `open` alone; null where the system keeps no secrets. */
  seal(text: string): Promise<string | null>
  /** The text that was sealed; null where it cannot be opened. */
  open(sealed: string): Promise<string | null>
}

/** Where the channels of an archive lead. */
export interface ChannelSecrets {
  /**
   * Where a channel leads.
   * @returns 'sealed' where only the desktop app can read it, 'missing' where the file knows nothing of it
   */
  destination(channel: string): Promise<Destination | 'sealed' | 'missing'>
  /** @throws Error of the system where the file cannot be written */
  keep(channel: string, destination: Destination): Promise<void>
  /** Forgets all channels but these. */
  keepOnly(channels: readonly string[]): void
  /** Forgets some channels. @returns puts them back as they were kept */
  takeOut(channels: readonly string[]): () => void
  /** Seals what is not sealed yet, where there is a box. */
  sealAll(): Promise<void>
}

export interface ChannelSecretsParts {
  /** The data folder; ':memory:' keeps nothing beyond the process. */
  readonly dataDir: string
  readonly box?: SecretBox | undefined
  readonly log: (line: string) => void
}

/**
 * The addresses and keys of channels, in a file that only this person may read, apart from the archive: no copy, export or
 * rescue of the archive holds them. Each is sealed where there is a box. The file is read once: an engine is alone in its folder.
 */
export function openChannelSecrets({ dataDir, box, log }: ChannelSecretsParts): ChannelSecrets {
  const path = dataDir === ':memory:' ? null : join(dataDir, SECRETS_FILE)
  let entries = path === null ? {} : read(path, log)

  const write = (next: Entries): void => {
    if (path !== null) writeWhole(path, `${JSON.stringify({ version: 1, channels: next }, null, 1)}\n`, 0o600)
    entries = next
  }
  async function entryOf(destination: Destination): Promise<Entry> {
    const sealed = await box?.seal(JSON.stringify(destination))
    return typeof sealed === 'string' ? { sealed } : { plain: destination }
  }

  return {
    async destination(channel) {
      const entry = entries[channel]
      if (entry === undefined) return 'missing'
      if ('plain' in entry) return entry.plain
      const text = (await box?.open(entry.sealed)) ?? null
      if (text === null) return 'sealed'
      const opened = destinationShape.safeParse(parsed(text))
      return opened.success ? opened.data : 'missing'
    },
    async keep(channel, destination) {
      const entry = await entryOf(destination)
      write({ ...entries, [channel]: entry })
    },
    keepOnly(channels) {
      const kept = Object.entries(entries).filter(([channel]) => channels.includes(channel))
      if (kept.length < Object.keys(entries).length) write(Object.fromEntries(kept))
    },
    takeOut(channels) {
      const taken = Object.entries(entries).filter(([channel]) => channels.includes(channel))
      if (taken.length === 0) return () => undefined
      write(Object.fromEntries(Object.entries(entries).filter(([channel]) => !channels.includes(channel))))
      return () => write({ ...entries, ...Object.fromEntries(taken) })
    },
    async sealAll() {
      const plain = Object.entries(entries).flatMap(([channel, entry]) =>
        'plain' in entry ? [[channel, entry.plain] as const] : [],
      )
      const sealed: Entries = {}
      for (const [channel, destination] of plain) {
        const entry = await entryOf(destination)
        // Another one may have been given meanwhile.
        const isSame =
          entries[channel] !== undefined &&
          'plain' in entries[channel] &&
          entries[channel].plain === destination
        if ('sealed' in entry && isSame) sealed[channel] = entry
      }
      if (Object.keys(sealed).length > 0) write({ ...entries, ...sealed })
    },
  }
}

/** The file's name in the data folder. */
export const SECRETS_FILE = 'channel-secrets.json'

const destinationShape = z.strictObject({ address: z.string(), secret: z.string() })
const entryShape = z.union([
  z.strictObject({ plain: destinationShape }),
  z.strictObject({ sealed: z.string() }),
])
type Entry = z.infer<typeof entryShape>
type Entries = Record<string, Entry>
const fileShape = z.strictObject({ version: z.literal(1), channels: z.record(z.string(), entryShape) })

/** What cannot be read is put aside, not written over: it may be a file that a person can mend. */
function read(path: string, log: (line: string) => void): Entries {
  const text = readNoLink(path)
  if (text === undefined) return {}
  // A copy may have come back with the rights of other files.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  const file = fileShape.safeParse(parsed(text))
  if (file.success) return file.data.channels
  renameSync(path, `${path}.unreadable`)
  log(
    `The file ${path} could not be read and is now ${SECRETS_FILE}.unreadable. Alerts cannot reach their channels until each is given its address again.`,
  )
  return {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
