import { createReadStream, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, relative, sep } from 'node:path'
import { mediaType } from './pagePolicy.ts'

/** Answers a GET or HEAD for the page; false where it has nothing at that address. */
export type Page = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/**
 * The built page in `folder`. Only files that are there when the server starts are served, by their exact address, so
 * no address can lead out of the folder. An address without a file name (`/stories`) is one of the page's own views.
 * Throws where the folder has no index.html.
 */
export function builtPage(folder: string): Page {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`There is no built page in ${folder}: run "npm run build".`)

  return (request, response) => {
    const address = decoded(request.url ?? '/')
    if (address === undefined) return false
    const named = address.slice(address.lastIndexOf('/') + 1).includes('.')
    const file = files.get(address) ?? (named ? undefined : index)
    if (file === undefined) return false
    response.statusCode = 200
    response.setHeader('Content-Type', mediaType(file))
    response.setHeader('Content-Length', statSync(file).size)
    // Built assets carry their content's hash in the name.
    response.setHeader(
      'Cache-Control',
      address.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
    )
    if (request.method === 'HEAD') response.end()
    else
      createReadStream(file)
        .on('error', (error) => response.destroy(error))
        .pipe(response)
    return true
  }
}

/** The address's path, percent-decoded once; undefined where it is malformed. */
function decoded(target: string): string | undefined {
  try {
    return decodeURIComponent(target.split('?', 1)[0] ?? '')
  } catch {
    return undefined
  }
}
