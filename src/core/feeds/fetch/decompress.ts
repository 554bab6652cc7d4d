import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { FeedError } from '../feed.ts'

const { constants } = zlib
// Node 22 before 22.15 has no zstd.
const hasZstd = typeof zlib.zstdDecompress === 'function'

/** The encodings that can be read, for the Accept-Encoding header. */
export const acceptEncoding = hasZstd ? 'gzip, br, zstd, deflate' : 'gzip, br, deflate'

/** Real servers compress once, broken ones twice. */
const mostCodings = 2
/** Codings that a chain of proxies may state; more are an attack. */
const mostStated = 8

export interface Unpacked {
  readonly body: Uint8Array
  /** True if the compressed data breaks off; `body` is then what precedes the break. */
  readonly cut: boolean
  /** What the Content-Encoding says that the bytes contradict, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Undoes the Content-Encoding of a body. The bytes decide where it misleads: what reads as a feed is one, whatever it is said
 * to be compressed as; what is compressed otherwise than stated is unpacked where a feed comes out; a gzip file sent as such
 * (feed.xml.gz) is decompressed.
 * @param most cap on the decompressed bytes
 * @throws FeedError too-large, encoding
 */
export async function decompress(
  wire: Uint8Array,
  contentEncoding: string,
  most: number,
  host: string,
): Promise<Unpacked> {
  const stated = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim().replace(/^x-/, ''))
    .filter((coding) => coding !== '' && coding !== 'identity')
  const codings = stated.filter((coding) => !NO_CODING.test(coding))
  const notes: string[] = []
  const note = (coding: string, sentence: string): void => {
    notes.push(`${host} says that its answer is compressed as “${coding.slice(0, 40)}”; ${sentence}`)
  }
  for (const coding of stated)
    if (!codings.includes(coding)) note(coding, 'that is no compression and was passed over.')

  let body = wire
  let cut = false
  const take = (step: { body: Uint8Array; cut: boolean }): void => {
    body = step.body
    cut ||= step.cut
  }
  if (codings.length > mostCodings) {
    // Some servers repeat what they were offered, or each proxy says it again: the bytes say what was used.
    const step = readsAsFeed(body)
      ? { body, cut: false }
      : codings.length <= mostStated
        ? await unpackByBytes(body, most, host)
        : null
    if (step === null)
      throw new FeedError(
        'encoding',
        `${host} compressed its answer ${codings.length} times over; it was not unpacked.`,
      )
    note(codings.join(', '), 'the bytes are not, and were read as what they are.')
    take(step)
  } else
    for (const coding of codings.reverse()) {
      if (body.length === 0) continue
      if (readsAsFeed(body)) {
        note(coding, 'the bytes are a feed as they came and were read as such.')
        continue
      }
      try {
        take(await unpack(body, coding, most, host))
      } catch (error) {
        if (!(error instanceof FeedError) || error.code !== 'encoding') throw error
        const step = await unpackByBytes(body, most, host)
        if (step !== null) {
          note(coding, 'the bytes are compressed otherwise and were unpacked as what they are.')
          take(step)
        } else if (!isLegible(body) && (coding !== 'gzip' || isGzip(body))) throw error
        else note(coding, 'the bytes are not compressed and were read as they are.')
      }
    }
  // What is left is a file that was compressed before (feed.xml.gz), or a coding that nobody stated.
  if (body.length < SHORTEST || isLegible(body)) return { body, cut, notes }
  const step = await unpackByBytes(body, most, host)
  if (step !== null) {
    if (!isGzip(body) || stated.length > 0)
      notes.push(`${host} does not say how its answer is compressed; it was unpacked as what it is.`)
    take(step)
  } else if (isGzip(body)) take(await unpack(body, 'gzip', most, host))
  return { body, cut, notes }
}

/** What servers state as a coding and is none: names of character sets and of transfer encodings. */
const NO_CODING =
  /^(?:none|null|plain|text|binary|[78]bit|chunked|utf-?\d+|us-ascii|iso-8859-\d+|windows-\d+)\b/

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** True where the bytes begin as XML, HTML or JSON does, in any encoding: legible, which compressed data isn't. */
function readsAsFeed(bytes: Uint8Array): boolean {
  let start = ''
  for (const byte of bytes.subarray(0, 400)) {
    // UTF-16 and UTF-32 have zeros between the letters of a tag.
    if (byte === 0) continue
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return false
    start += String.fromCharCode(byte)
  }
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<[?!a-z]|[{[]\s*["{])/i.test(start)
}

/** Bytes of which it can be told whether they are text; no feed has less. */
const SHORTEST = 20

/** True for text without control characters where it begins, in any encoding: compressed data has some. */
function isLegible(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 400)
  if (head.length < SHORTEST) return false
  const zeros = head.filter((byte) => byte === 0).length
  return zeros <= head.length * 0.8 && head.every((byte) => byte >= 0x20 || [0, 9, 10, 12, 13].includes(byte))
}

/** The bytes unpacked as whatever makes a feed of them, once or twice over; null where nothing does. @throws FeedError too-large */
async function unpackByBytes(
  wire: Uint8Array,
  most: number,
  host: string,
  layers = mostCodings,
): Promise<{ body: Uint8Array; cut: boolean } | null> {
  const bytes = withoutLead(wire)
  for (const coding of Object.keys(unpackers)) {
    if (coding === 'gzip' && !isGzip(bytes)) continue
    try {
      const step = await unpack(bytes, coding, most, host)
      if (readsAsFeed(step.body)) return step
      const inner =
        layers > 0 && step.body.length > 0 ? await unpackByBytes(step.body, most, host, layers - 1) : null
      if (inner !== null) return { body: inner.body, cut: step.cut || inner.cut }
    } catch (error) {
      // What is no brotli data may unpack to anything, also to too much.
      if (coding === 'gzip' && error instanceof FeedError && error.code === 'too-large') throw error
    }
  }
  return null
}

/**
 * Without what a script may print before compressed data: line breaks, a byte order mark, and before gzip, whose beginning shows,
 * also a warning or the length of a chunk.
 */
function withoutLead(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < 16 && [0xef, 0xbb, 0xbf, 9, 10, 13, 0x20].includes(bytes[start] ?? -1)) start++
  if (isGzip(bytes.subarray(start))) return bytes.subarray(start)
  const head = bytes.subarray(0, LONGEST_LEAD)
  const gzip = Buffer.from(head.buffer, head.byteOffset, head.length).indexOf(GZIP_MEMBER)
  if (gzip > 0 && head.subarray(0, gzip).every(isVisible)) return bytes.subarray(gzip)
  return bytes.subarray(start)
}

const LONGEST_LEAD = 4096
const GZIP_MEMBER = Buffer.from([0x1f, 0x8b, 8])
const isVisible = (byte: number): boolean => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13

type Unpack = (bytes: Uint8Array, most: number, finishFlush: boolean) => Promise<Uint8Array>

const chunkSize = 128 * 1024
const inflated =
  (inflate: (bytes: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>): Unpack =>
  (bytes, most, lenient) =>
    inflate(bytes, {
      chunkSize,
      maxOutputLength: most,
      ...(lenient ? { finishFlush: constants.Z_SYNC_FLUSH } : {}),
    })

const gunzip = inflated(promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.gunzip))
const inflate = inflated(promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflate))
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflateRaw)
const inflateHeadless = inflated(inflateRaw)
const brotli = promisify<Uint8Array, zlib.BrotliOptions, Uint8Array>(zlib.brotliDecompress)
/** All frames of the data; the decoder of Node stops behind the first. */
const zstd = hasZstd
  ? async (bytes: Uint8Array, options: zlib.ZstdOptions, lenient: boolean): Promise<Uint8Array> => {
      const parts: Uint8Array[] = []
      let room = options.maxOutputLength ?? Number.POSITIVE_INFINITY
      for (let at = 0; at < bytes.length; ) {
        const frame = await zstdFrame(bytes.subarray(at), { ...options, maxOutputLength: room }, lenient)
        parts.push(frame.body)
        at += frame.length
        room -= frame.body.length
        if (frame.length === 0 || !isZstd(bytes.subarray(at))) break
      }
      return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
    }
  : null

const isZstd = (bytes: Uint8Array): boolean =>
  bytes[1] === 0xb5 && bytes[0] === 0x28 && bytes[2] === 0x2f && bytes[3] === 0xfd

/** One frame and its length in the data; if `lenient`, of a frame that breaks off what precedes the break. */
function zstdFrame(
  bytes: Uint8Array,
  options: zlib.ZstdOptions,
  lenient: boolean,
): Promise<{ body: Uint8Array; length: number }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const stream = zlib.createZstdDecompress(options)
    const done = (): void => resolve({ body: Buffer.concat(chunks), length: stream.bytesWritten })
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > (options.maxOutputLength ?? size))
        stream.destroy(Object.assign(new Error(), { code: 'ERR_BUFFER_TOO_LARGE' }))
      else chunks.push(chunk)
    })
    stream.on('end', done)
    stream.on('error', (error) =>
      lenient && size > 0 && codeOf(error) === 'Z_BUF_ERROR' ? done() : reject(error),
    )
    stream.end(bytes)
  })
}

const unpackers: Record<string, Unpack> = {
  gzip: gunzip,
  // "deflate" is zlib's format by the standard and raw deflate from some servers.
  deflate: (bytes, most, lenient) =>
    ((bytes[0]! & 0x0f) === 8 ? inflate : inflateHeadless)(bytes, most, lenient),
  br: (bytes, most, lenient) =>
    brotli(bytes, {
      chunkSize,
      maxOutputLength: most,
      ...(lenient ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
    }),
  ...(zstd === null
    ? {}
    : {
        zstd: (bytes: Uint8Array, most: number, lenient: boolean) =>
          zstd(
            bytes,
            {
              chunkSize,
              maxOutputLength: most,
              // RFC 9659: over HTTP no window may be larger than 8 MB.
              params: { [constants.ZSTD_d_windowLogMax]: 23 },
            },
            lenient,
          ),
      }),
}

async function unpack(
  bytes: Uint8Array,
  coding: string,
  most: number,
  host: string,
): Promise<{ body: Uint8Array; cut: boolean }> {
  const unpacker = unpackers[coding]
  if (unpacker === undefined)
    throw new FeedError(
      'encoding',
      `${host} compressed its answer as “${coding}”, which cannot be read here.`,
    )
  try {
    return { body: await unpacker(bytes, most, false), cut: false }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, most)
    if (code === 'Z_BUF_ERROR') {
      const body = await unpacker(bytes, most, true).catch((error: unknown) => {
        if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, most)
        return new Uint8Array()
      })
      if (body.length > 0) return { body, cut: true }
    }
    // A wrong checksum, or something appended: what was compressed is whole.
    const start =
      coding === 'gzip' ? endOfGzipHeader(bytes) : coding === 'deflate' && isZlib(bytes) ? ZLIB_HEADER : -1
    if (start > 0) {
      const body = await inflateRaw(bytes.subarray(start), { chunkSize, maxOutputLength: most }).catch(
        () => null,
      )
      if (body !== null) return { body, cut: true }
    }
    throw new FeedError('encoding', `${host} sent compressed data (${coding}) that is damaged.`)
  }
}

/** RFC 1950: two bytes that are a multiple of 31. */
const isZlib = (bytes: Uint8Array): boolean =>
  (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0
const ZLIB_HEADER = 2

/** Where the data of a gzip member begins (RFC 1952); -1 where that cannot be told. */
function endOfGzipHeader(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0
  let at = 10
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue
    const end = bytes.indexOf(0, at)
    if (end < 0) return -1
    at = end + 1
  }
  return flags & 2 ? at + 2 : at
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : '')

export function tooLarge(host: string, most: number): FeedError {
  const size = most >= 1e6 ? `${Math.round(most / 1e6)} MB` : `${Math.round(most / 1e3)} kB`
  return new FeedError(
    'too-large',
    `${host} sent more than ${size}; a feed is smaller than that. It was not read.`,
  )
}
