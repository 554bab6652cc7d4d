import { open, readFile, stat } from 'node:fs/promises'
import { constants, gunzipSync } from 'node:zlib'
import { decode } from '../../core/feeds/read/decode.ts'
import type { Holder } from '../../core/lock.ts'
import { Problem } from '../../core/wirewatch.ts'
import type { Connection } from '../connect.ts'
import { followJob } from './job.ts'
import { printLine } from './output.ts'
import { openProgress } from './progress.ts'
import { plain } from './table.ts'

export interface Imported {
  readonly text: string
  /** Whether every line or feed could be used. */
  readonly whole: boolean
}

/** `import FILE`: a list of feeds or an archive of stories, gzip or not, distinguished by the first bytes of the file. */
export async function importFile(
  connection: Connection,
  file: string,
  options: { json?: boolean },
): Promise<Imported> {
  return (await isArchive(file))
    ? importArchive(connection, file, options)
    : importOpml(connection, file, options)
}

async function importOpml(
  { client }: Connection,
  file: string,
  options: { json?: boolean },
): Promise<Imported> {
  const opml = decode(unpacked(file, await read(file)), '').text
  if (opml.length > MOST_CHARACTERS) throw tooLarge(file, 'holds')
  let rows: Awaited<ReturnType<typeof client.sources.importOpml>>['rows'] = []
  const job = await followJob(client, async () => {
    const imported = await client.sources.importOpml({ opml })
    rows = imported.rows
    return imported.job
  })
  const count = (result: string): number => rows.filter((row) => row.result === result).length
  const [added, duplicate, refused] = [count('added'), count('duplicate'), count('refused')]
  for (const row of rows)
    if (row.result === 'refused')
      printLine(
        [`${file}, line ${row.line}`, plain(row.url || row.title), row.message]
          .filter((part) => part !== '')
          .join(': '),
      )
  const result = { added, duplicate, refused, rows, fetched: job?.message ?? '' }
  const text =
    options.json === true
      ? `${JSON.stringify(result)}\n`
      : `Sources: ${added} added, ${duplicate} there already, ${refused} refused.${job === null ? '' : ` Fetched: ${job.message}.`}\n`
  return { text, whole: refused === 0 }
}

async function importArchive(
  { own, running }: Connection,
  file: string,
  options: { json?: boolean },
): Promise<Imported> {
  if (own === null) throw inUse(running)
  const progress = openProgress()
  const started = Date.now()
  const { job, result } = own.archive.import(file)
  const leaving = new AbortController()
  void (async () => {
    for await (const change of own.changes(leaving.signal))
      if (change.type === 'job' && change.job.id === job.id)
        progress.show(`${change.job.done} lines, ${change.job.message}`)
  })()
  const imported = await result
  const { state, message } = await own.finished(job.id)
  progress.end()
  leaving.abort()
  for (const { line, message } of imported.refused) printLine(`${file}, line ${line}: ${message}`)
  const more = imported.refusedCount - imported.refused.length
  if (more > 0) printLine(`… and ${more} more lines that could not be read.`)
  if (state !== 'done') throw new Error(message)
  const { added, updated, unchanged, refusedCount: refused } = imported
  const seconds = (Date.now() - started) / 1000
  const text =
    options.json === true
      ? `${JSON.stringify({ added, updated, unchanged, refused, seconds })}\n`
      : `Stories: ${added} added, ${updated} changed, ${unchanged} there already, ${refused} refused, in ${seconds.toFixed(1)} s.\n`
  return { text, whole: refused === 0 }
}

/** An archive is read by the process that owns the folder; another one cannot hand it a file. */
function inUse(running: Holder | null): Problem {
  const who = running === null ? 'another Wirewatch' : `${running.shell} (process ${running.pid})`
  const close =
    running?.shell === 'the desktop app'
      ? 'Quit it (its menu or tray icon, Quit; closing the window is not enough)'
      : running?.shell === 'the browser shell'
        ? 'End it (Ctrl-C where it was started)'
        : 'Wait until it is done, or end it'
  return new Problem(
    'CONFLICT',
    `The data folder is in use by ${who}, and an archive of stories is imported only while nobody else uses it. ${close}, then import again. Nothing was imported.`,
  )
}

/** No list of feeds is larger, packed or not; so many characters of it are taken. */
const LARGEST = 100_000_000
const MOST_CHARACTERS = 20_000_000

async function read(file: string): Promise<Buffer> {
  if ((await stat(file)).size > LARGEST) throw tooLarge(file, 'holds')
  return readFile(file)
}

const tooLarge = (file: string, how: 'holds' | 'unpacks to'): Problem =>
  new Problem(
    'INVALID',
    `${file} ${how} more than ${MOST_CHARACTERS / 1e6} MB, which is no list of feeds, and it does not begin like an archive of stories (lines of JSON). Nothing was imported.`,
  )

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

function unpacked(file: string, bytes: Buffer): Buffer {
  if (!isGzip(bytes)) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST })
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    if (isLarge) throw tooLarge(file, 'unpacks to')
    throw new Problem(
      'INVALID',
      `${file} is compressed (gzip) and damaged. Unpack it, or fetch it once more. Nothing was imported.`,
    )
  }
}

/** What a piece of a gzip file unpacks to. */
function unpackedBeginning(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return head
  }
}

/** True if one of a file's first lines, gzip or not, begins like an object of JSON. Only its first bytes are read. */
async function isArchive(file: string): Promise<boolean> {
  let head: Buffer
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
      head = buffer.subarray(0, bytesRead)
      if (isGzip(head)) head = unpackedBeginning(head)
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Problem('NOT_FOUND', `There is no file ${file}.`)
    throw new Problem('NOT_FOUND', `${file} cannot be read: ${message}.`)
  }
  return /^(?!\s*<)[\s\S]*?^\s*\{(?!\\rtf)/m.test(decode(head, '').text)
}
