/** Serves the files of a folder of feeds on loopback, as web servers do, until it is ended: `server.ts FOLDER`; prints its port. */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const folder = process.argv[2] as string

interface Expected {
  readonly file: string
  readonly headers?: Readonly<Record<string, string>>
}
const stated = new Map(
  (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected[]).map(({ file, headers }) => [
    file,
    headers ?? {},
  ]),
)

/** The content types that servers give by default, by a file's ending. */
const TYPES: Readonly<Record<string, string>> = {
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
  '.rdf': 'application/rdf+xml',
  '.xml': 'text/xml',
  '.json': 'application/json',
  '.opml': 'text/x-opml',
}

const server = createServer((request, response) => {
  const file = decodeURIComponent((request.url ?? '/').slice(1))
  const path = join(folder, file)
  if (!path.startsWith(folder) || statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    return void response.writeHead(404).end()
  const body = readFileSync(path)
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  response.writeHead(200, { 'content-type': type, ...stated.get(file), etag }).end(body)
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
// It ends by itself if its parent does not.
setTimeout(() => process.exit(), 600_000).unref()
process.on('SIGTERM', () => process.exit())
