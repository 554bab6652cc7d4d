import { readArchive } from '../archiveFile.ts'
import type { Job } from '../changes.ts'
import { counted } from '../counted.ts'
import type { Engine } from '../engine.ts'
import { ARCHIVE_SCHEME, type SourceRecord } from '../store/sources.ts'
import type { StoryDraft } from '../story.ts'

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

/** Stories a transaction; small enough that the page stays quick, large enough that the disk does. */
const BATCH = 500
const NAMED = 100

export function archiveNoun(engine: Engine): Archive {
  const { sources, ingest, jobs, changes, now } = engine
  return {
    import(file) {
      const imported: Imported = { added: 0, updated: 0, unchanged: 0, refused: [], refusedCount: 0 }
      const job = jobs.start('import', `Importing ${file}`, async ({ signal, report }) => {
        const known = new Map<string, SourceRecord>()
        const waiting = new Map<string, StoryDraft[]>()
        let held = 0
        let done = 0
        const flush = (): void => {
          for (const [name, drafts] of waiting) {
            const source = known.get(name) ?? sourceNamed(name)
            known.set(name, source)
            const { added, updated } = ingest.takeIn(source, drafts)
            imported.added += added
            imported.updated += updated
            imported.unchanged += drafts.length - added - updated
          }
          waiting.clear()
          held = 0
        }
        for await (const entry of readArchive(file, { now: now() })) {
          if (signal.aborted) break
          done++
          if ('error' in entry) {
            imported.refusedCount++
            if (imported.refused.length < NAMED)
              imported.refused.push({ line: entry.line, message: entry.error })
            continue
          }
          const drafts = waiting.get(entry.source)
          if (drafts === undefined) waiting.set(entry.source, [entry.draft])
          else drafts.push(entry.draft)
          if (++held < BATCH) continue
          flush()
          report(done, null, counted(imported.added, 'story', 'stories'))
          await new Promise((resolve) => setImmediate(resolve))
        }
        flush()
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
