import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Problem } from '../problem.ts'

/** One line of a text file, numbered from 1, without its line end; or why it could not be read. */
export type Line =
  | {
      readonly line: number
      readonly text: string
      /** Bytes that are not UTF-8 stand as U+FFFD in the text. */
      readonly damaged: boolean
    }
  | { readonly line: number; readonly error: string }

/** Bytes of the longest line; a longer one is passed over and reported. */
const LONGEST = 64 * 1024 * 1024
const LINE_FEED = 0x0a
/** So many empty lines one after another are no text: a few kilobytes of gzip can hold milliseconds or hours of them. */
const MOST_EMPTY = 20_000_000

/**
 * Reads a file of lines (UTF-8, with or without a byte order mark; gzip is known by its first bytes) in batches, holding no
 * more than one line and one block at a time. Empty lines are left out. Where compressed data breaks off, the lines
 * before the break come first, then the error; the same where there is nothing more but empty lines. A batch may have no lines:
 * with each the event loop has had a turn, and who asked may stop.
 * @throws Problem NOT_FOUND or INVALID where the file cannot be opened or read
 */
export async function* readLines(
  path: string,
  options: { longest?: number; mostEmpty?: number } = {},
): AsyncGenerator<Line[]> {
  const { longest = LONGEST, mostEmpty = MOST_EMPTY } = options
  let number = 0
  let pending: Uint8Array[] = []
  let size = 0
  let lastFull = 0
  const take = (piece: Uint8Array): Line | undefined => {
    number++
    const whole = pending.length === 0 ? piece : Buffer.concat([...pending, piece])
    const length = size + piece.length
    pending = []
    size = 0
    if (length > longest)
      return { line: number, error: `The line is longer than ${Math.floor(longest / 1024 / 1024)} MiB.` }
    let text = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString('utf8')
    if (number === 1 && text.startsWith('\ufeff')) text = text.slice(1)
    if (text.endsWith('\r')) text = text.slice(0, -1)
    if (text.trim() === '') return undefined
    lastFull = number
    return { line: number, text, damaged: text.includes('\ufffd') && !isUtf8(whole) }
  }
  try {
    for await (const block of blocks(path)) {
      if (number === 0 && size === 0 && isUtf16(block))
        throw new Problem('INVALID', `${path} is UTF-16. Save it as UTF-8 first; nothing of it was read.`)
      const batch: Line[] = []
      let from = 0
      for (;;) {
        for (; size === 0 && block[from] === LINE_FEED; from++) number++
        const at = block.indexOf(LINE_FEED, from)
        if (at < 0) break
        const line = take(block.subarray(from, at))
        if (line !== undefined) batch.push(line)
        from = at + 1
      }
      const rest = block.subarray(from)
      size += rest.length
      if (size <= longest) pending.push(rest)
      else pending = []
      if (number - lastFull > mostEmpty) {
        const line = lastFull + 1
        yield [
          ...batch,
          { line, error: `From here on there are ${mostEmpty} empty lines; what may follow was not read.` },
        ]
        return
      }
      yield batch
    }
  } catch (error) {
    if (!(error instanceof BrokenGzip)) throw error
    yield [{ line: number + 1, error: error.message }]
    return
  }
  if (size > 0) {
    const last = take(new Uint8Array())
    if (last !== undefined) yield [last]
  }
}

/** True for a text that begins with the byte order mark of UTF-16, or with a character that it writes with a zero. */
const isUtf16 = ([a, b]: Uint8Array): boolean =>
  (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0) !== (b === 0)

/**
 * Reads a line as a JSON object.
 * @param expected for the sentence: what the object should be
 * @returns a sentence where it is none
 */
export function jsonObject(
  text: string,
  expected = '',
): { readonly object: Readonly<Record<string, unknown>> } | { readonly error: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { error: `This is not JSON: ${(error as Error).message}.` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { error: `This is not a JSON object${expected}.` }
  return { object: value as Record<string, unknown> }
}

/** The members of these names; null counts as absent. @returns a sentence where one is no text */
export function textMembers<Name extends string>(
  object: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { readonly texts: Partial<Record<Name, string>> } | { readonly error: string } {
  const texts: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const member = object[name]
    if (member === undefined || member === null) continue
    if (typeof member !== 'string') return { error: `"${name}" must be text.` }
    texts[name] = member
  }
  return { texts }
}

class BrokenGzip extends Error {}

/** The bytes of a file, decompressed where they are gzip. */
async function* blocks(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  const read = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  try {
    let head: Buffer = Buffer.alloc(0)
    while (head.length < 2) {
      const { value, done } = await opened(path, read.next())
      if (done === true) break
      head = Buffer.concat([head, value])
    }
    if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(path, head, read)
    else {
      if (head.length > 0) yield head
      for (;;) {
        const { value, done } = await opened(path, read.next())
        if (done === true) return
        yield value
      }
    }
  } finally {
    file.destroy()
  }
}

/** Bytes given to the decompressor at once: deflate makes at most a thousand times as many of them. */
const BITE = 16 * 1024

/**
 * Unpacks bite by bite, taking all that comes of one before giving the next. Reading the decompressor as a stream would
 * lose what it has made but not yet handed on when the data breaks off.
 */
async function* gunzip(path: string, head: Buffer, read: AsyncIterator<Buffer>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip()
  let made: Buffer[] = []
  let broken: Error | undefined
  unpacked.on('data', (block: Buffer) => made.push(block))
  const ended = new Promise<void>((resolve) => {
    unpacked.on('end', resolve)
    unpacked.on('error', (error) => {
      broken = error
      resolve()
    })
  })
  try {
    let block: Buffer | undefined = head
    while (block !== undefined && broken === undefined) {
      for (let at = 0; at < block.length && broken === undefined; at += BITE) {
        const bite: Buffer = block.subarray(at, at + BITE)
        await Promise.race([ended, new Promise((resolve) => unpacked.write(bite, resolve))])
        const ready = made
        made = []
        for (const block of ready) {
          yield block
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      const next: IteratorResult<Buffer> = await opened(path, read.next())
      block = next.done === true ? undefined : next.value
    }
    if (broken === undefined) unpacked.end()
    await ended
    yield* made
    if (broken !== undefined)
      throw new BrokenGzip(
        `The compressed data breaks off after this place (${broken.message}); what follows cannot be read.`,
      )
  } finally {
    unpacked.destroy()
  }
}

/** Says what is wrong with the file in a sentence. */
async function opened<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Problem('NOT_FOUND', `There is no file ${path}.`)
    if (code === 'EISDIR') throw new Problem('INVALID', `${path} is a folder, not a file.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw new Problem('INVALID', `${path} may not be read: permission denied.`)
    throw new Problem('INVALID', `${path} cannot be read: ${message}.`)
  }
}
