import type { Job } from '../../api/contract/common.ts'
import { counted } from '../counted.ts'
import { archiveName } from '../reading/archiveFile.ts'
import { type Line, readLines } from '../reading/lines.ts'
import { ARCHIVE_SCHEME, type SourceRecord } from '../store/sources.ts'
import type { DoorParts } from './parts.ts'

/** What an import came to so far. */
export interface Imported {
  added: number
  updated: number
  unchanged: number
  refused: { line: number; message: string }[]
  refusedCount: number
}

export interface Archive {
  /**
   * Imports a file of stories (.jsonl, .jsonl.gz) through the normal path. Each name under `source` becomes a source that
   * is not polled. Lines that cannot be read are counted, the first hundred named.
   */
  import(file: string): { job: Job; result: Promise<Imported> }
}

/** Lines a transaction; small enough that the page stays quick, large enough that the disk does. */
const BATCH = 500
/** Batches that are read while one is taken in. */
const AHEAD = 3
const NAMED = 100

type Parts = Pick<DoorParts, 'sources' | 'changes' | 'jobs' | 'ingest' | 'now' | 'timeZone'>

export function archiveNoun(parts: Parts): Archive {
  const { sources, ingest, jobs, changes, now, timeZone } = parts
  return {
    import(file) {
      const imported: Imported = { added: 0, updated: 0, unchanged: 0, refused: [], refusedCount: 0 }
      const job = jobs.start('import', `Importing ${file}`, async ({ signal, report }) => {
        const known = new Map<string, SourceRecord>()
        const sourceOf = (name: string): SourceRecord => {
          const source = known.get(name) ?? sourceNamed(name)
          known.set(name, source)
          return source
        }
        const name = archiveName(file)
        let done = 0
        const take = async (lines: readonly Line[]): Promise<void> => {
          const { taken, keys } = await ingest.takeInLines({ lines, timeZone, source: name }, sourceOf)
          done += keys.length
          let stories = 0
          for (const line of keys) {
            if (!('error' in line)) stories++
            else {
              imported.refusedCount++
              if (imported.refused.length < NAMED)
                imported.refused.push({ line: line.line, message: line.error })
            }
          }
          imported.added += taken.added
          imported.updated += taken.updated
          imported.unchanged += stories - taken.added - taken.updated
          if (lines.length === BATCH) report(done, null, counted(imported.added, 'story', 'stories'))
        }
        const pending: Promise<void>[] = []
        for await (const batch of batches(file)) {
          if (signal.aborted) break
          if (batch.length === 0) continue
          const one = take(batch)
          // A failure is thrown where the batch is awaited; until then it is handled.
          one.catch(() => undefined)
          pending.push(one)
          if (pending.length >= AHEAD) await pending.shift()
          await new Promise((resolve) => setImmediate(resolve))
        }
        await Promise.all(pending)
        changes.emit({ type: 'sources', ids: [...known.values()].map(({ id }) => id) })
        return `${imported.added.toLocaleString('en')} new stories of ${done.toLocaleString('en')} lines`
      })
      return { job, result: jobs.finished(job.id).then(() => imported) }
    },
  }

  function sourceNamed(name: string): SourceRecord {
    const url = `${ARCHIVE_SCHEME}${encodeURIComponent(name)}`
    const there = sources.byUrl(url)
    if (there !== undefined) return there
    const added = sources.add({ url, title: name }, now())
    return added
  }
}

/** Lines in batches; empty ones where nothing but empty lines was read. */
async function* batches(file: string): AsyncGenerator<Line[]> {
  let held: Line[] = []
  for await (const lines of readLines(file)) {
    if (lines.length === 0) yield []
    for (const line of lines) {
      held.push(line)
      if (held.length < BATCH) continue
      yield held
      held = []
    }
  }
  if (held.length > 0) yield held
}
