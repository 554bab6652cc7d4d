import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mediaType, PAGE_HEADERS } from '../engine/pagePolicy.ts'

/** The page's own scheme and host: a place no website has, with an origin of its own. */
export const PAGE_SCHEME = 'app'
export const PAGE_ORIGIN = 'app://wirewatch'

/**
 * Answers requests of `app://wirewatch` from the built page in `folder`. Only files that stand there at the start are
 * known, by their exact address, so no address can lead out of the folder. An address without a file name (`/stories`)
 * is one of the page's own views. Every answer carries the page's policy.
 */
export function pageHandler(folder: string): (request: Request) => Response {
  const files = new Map(listFiles(folder, ''))
  const index = files.get('/index.html')
  if (index === undefined) throw new Error(`There is no built page in ${folder}.`)

  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, 'Only GET is answered here.')
    const url = new URL(request.url)
    const address = decoded(url.pathname)
    if (url.host !== new URL(PAGE_ORIGIN).host || address === undefined)
      return answer(404, 'Nothing is here.')
    const named = address.slice(address.lastIndexOf('/') + 1).includes('.')
    const file = files.get(address) ?? (named ? undefined : index)
    if (file === undefined) return answer(404, 'Nothing is here.')
    return new Response(request.method === 'HEAD' ? null : readFileSync(file), {
      headers: { ...PAGE_HEADERS, 'Content-Type': mediaType(file) },
    })
  }
}

/** Every file below a folder as [address, path]. By hand: the recursive listing is not to be had inside an app archive. */
function listFiles(folder: string, address: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const here = `${address}/${entry.name}`
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path, here)
    return entry.isFile() ? [[here, path]] : []
  })
}

/** Percent-decoded once; undefined where it is malformed. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

const answer = (status: number, message: string): Response =>
  new Response(message, { status, headers: { ...PAGE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } })
