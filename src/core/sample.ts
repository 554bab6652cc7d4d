import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFetch } from './feeds/fetch/fetch.ts'
import type { Fetch, FetchAnswer } from './feeds/fetch/fetcher.ts'
import { openWirewatch, type Wirewatch, type WirewatchOptions } from './wirewatch.ts'

interface Manifest {
  readonly visit: string
  readonly clock: string
  readonly alerts: readonly { name: string; query: string }[]
  readonly sources: readonly {
    url: string
    title: string
    earlier: string
    file: string
    contentType: string
    country: string
    bloc: string
    kind: 'state' | 'public' | 'independent' | 'wire' | 'institution' | 'unknown'
    language: string
  }[]
}

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url))

/**
 * Opens a data folder of sample stories (resources/sample): feeds by fictional outlets, taken in through the normal path in
 * two visits, with the clock pinned to the end of their period. Feeds of other addresses are fetched as ever.
 */
export async function openSample(
  options: Pick<WirewatchOptions, 'dataDir' | 'log' | 'timeZone' | 'resources' | 'systemProxies'>,
): Promise<Wirewatch> {
  const folder = join(options.resources ?? RESOURCES, 'sample')
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  const visit = Date.parse(manifest.visit)
  let clock = Date.parse(manifest.clock)
  const real = createFetch(
    options.systemProxies === undefined ? {} : { systemProxies: options.systemProxies },
  )
  const wirewatch = openWirewatch({
    ...options,
    sample: true,
    now: () => clock,
    fetch: sampleFetch(folder, manifest, () => clock > visit, real.fetch),
  })
  const close = async (): Promise<void> => {
    await wirewatch.close()
    await real.close()
  }
  try {
    // The visit is marked last: without it the set-up was cut short, and what is missing is made up for.
    if (wirewatch.app.info().visitedAt === null) {
      clock = visit
      const there = new Set(wirewatch.sources.list().map(({ url }) => url))
      for (const { url, title, country, bloc, kind, language } of manifest.sources)
        if (!there.has(url)) await wirewatch.sources.add({ url, title, country, bloc, kind, language })
      const watched = new Set(wirewatch.alerts.list().map(({ name }) => name))
      for (const alert of manifest.alerts)
        if (!watched.has(alert.name)) wirewatch.alerts.save({ ...alert, enabled: true })
      wirewatch.app.markVisit()
      clock = Date.parse(manifest.clock)
    }
    const own = new Set(manifest.sources.map(({ url }) => url))
    if (wirewatch.sources.list().some((s) => own.has(s.url) && (s.lastSuccess ?? 0) <= visit))
      await wirewatch.finished(wirewatch.sources.refresh().id)
  } catch (error) {
    await close()
    throw error
  }
  return { ...wirewatch, close }
}

/** Answers for the sample's own addresses from its files, as they stood at the visit or stand now. */
function sampleFetch(folder: string, manifest: Manifest, later: () => boolean, other: Fetch): Fetch {
  const sources = new Map(manifest.sources.map((source) => [source.url, source]))
  return async (request, signal): Promise<FetchAnswer> => {
    const source = sources.get(request.url)
    if (source === undefined) return other(request, signal)
    const file = later() ? source.file : source.earlier
    const etag = `"${file}"`
    const unchanged = request.etag === etag
    const body = unchanged ? new Uint8Array() : readFileSync(join(folder, file))
    return {
      status: unchanged ? 304 : 200,
      url: source.url,
      movedTo: null,
      body,
      contentType: source.contentType,
      etag,
      lastModified: '',
      maxAge: null,
      bytes: body.length,
      ms: 0,
    }
  }
}
