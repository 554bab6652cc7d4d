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

/**
 * Undoes the Content-Encoding of a body. Plain bytes that are declared gzip stay as they are; a gzip file sent as such
 * (feed.xml.gz) is decompressed.
 * @param most cap on the decompressed bytes
 * @returns `cut`: true if the compressed data breaks off; `body` is then what precedes the break
 * @throws FeedError too-large, encoding
 */
export async function decompress(
  wire: Uint8Array,
  contentEncoding: string,
  most: number,
  host: string,
): Promise<{ body: Uint8Array; cut: boolean }> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim().replace(/^x-/, ''))
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > mostCodings)
    throw new FeedError(
      'encoding',
      `${host} compressed its answer ${codings.length} times over; it was not unpacked.`,
    )

  let body = wire
  let cut = false
  for (const coding of codings.reverse()) {
    if (body.length === 0 || (coding === 'gzip' && !isGzip(body))) continue
    const step = await unpack(body, coding, most, host)
    body = step.body
    cut ||= step.cut
  }
  if (isGzip(body)) {
    const step = await unpack(body, 'gzip', most, host)
    body = step.body
    cut ||= step.cut
  }
  return { body, cut }
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

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
const inflateRaw = inflated(promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflateRaw))
const brotli = promisify<Uint8Array, zlib.BrotliOptions, Uint8Array>(zlib.brotliDecompress)
const zstd = hasZstd ? promisify<Uint8Array, zlib.ZstdOptions, Uint8Array>(zlib.zstdDecompress) : null

const unpackers: Record<string, Unpack> = {
  gzip: gunzip,
  // "deflate" is zlib's format by the standard and raw deflate from some servers.
  deflate: (bytes, most, lenient) => ((bytes[0]! & 0x0f) === 8 ? inflate : inflateRaw)(bytes, most, lenient),
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
          zstd(bytes, {
            chunkSize,
            maxOutputLength: most,
            // RFC 9659: over HTTP no window may be larger than 8 MB.
            params: { [constants.ZSTD_d_windowLogMax]: 23 },
            ...(lenient ? { finishFlush: constants.ZSTD_e_flush } : {}),
          }),
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
    throw new FeedError('encoding', `${host} sent compressed data (${coding}) that is damaged.`)
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : '')

export function tooLarge(host: string, most: number): FeedError {
  const size = most >= 1e6 ? `${Math.round(most / 1e6)} MB` : `${Math.round(most / 1e3)} kB`
  return new FeedError(
    'too-large',
    `${host} sent more than ${size}; a feed is smaller than that. It was not read.`,
  )
}
