import type { Job } from '../../api/contract/common.ts'
import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { counted } from '../counted.ts'
import type { Jobs } from '../jobs.ts'
import type { Query } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import { tokenise } from '../query/match/tokenise.ts'
import type { ArchiveScan } from '../store/search/archiveScan.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { Tag } from '../store/tags.ts'
import type { ThemeRecord } from '../store/themes.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { createPercolator, type Percolator } from '../watch/percolator.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import type { StoryBatch } from './takeIn.ts'

/**
 * Definitions are retroactive: where a theme or a source has changed, the archive's stories are tagged anew in the background,
 * newest first, in small transactions. A theme is marked stale until its run has ended, so that a run that was cut short begins
 * again.
 */
export interface Retagging {
  /** Starts one run for all themes that are stale; null where none is. It takes the place of a run that is under way. */
  stale(): Job | null
  /** Starts again, when an archive is opened, a run that was cut short. */
  resume(): void
  /** Tags the stories of these sources anew: their bloc, country, language, kind or title changed. */
  sources(ids: readonly number[]): Job
  /** Tags one story anew: a person corrected it. */
  story(id: number): void
}

interface Parts extends Pick<Stores, 'together' | 'stories' | 'tags' | 'themes'>, Clock {
  readonly scan: ArchiveScan
  readonly changes: Changes
  readonly jobs: Jobs
  readonly definitions: () => Definitions
  readonly beginBatch: () => StoryBatch
}

/** A request of the page waits for one slice at most, and most requests take several turns of the event loop. */
const SLICE_MS = 4
/** Stories of a source that are looked up at once. */
const STEP = 16

export function createRetagging(parts: Parts): Retagging {
  const { together, stories, tags, themes, scan, changes, jobs, definitions, now, beginBatch } = parts
  let running: Job | undefined

  function reread(story: StoryRecord, batch: StoryBatch): void {
    batch.retag(story, automatic(definitions().percolator, story))
  }

  function automatic(percolator: Percolator, story: StoryRecord): Tag[] {
    const { tags } = percolator.match(tokenise(subjectOfRecord(story)), now())
    return [...tags].map(([theme, score]) => ({ theme, score, byPerson: false }))
  }

  /**
   * Runs steps in slices, each a transaction of its own, until they end or the signal aborts. Between two slices the event loop
   * serves others.
   */
  async function inSlices(
    steps: (batch: StoryBatch) => Iterator<unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    // One batch for all slices: where a slice fails, the run ends.
    const batch = beginBatch()
    const iterator = steps(batch)
    for (let done = false; !done; ) {
      await new Promise((resolve) => setImmediate(resolve))
      if (signal.aborted) return
      together(() => {
        const end = performance.now() + SLICE_MS
        do done = iterator.next().done === true
        while (!done && performance.now() < end)
        batch.finish()
      })
    }
  }

  /** Brings the tags of these themes to what their queries match now, over the whole archive. @returns how many stories match */
  async function retag(
    waiting: readonly ThemeRecord[],
    signal: AbortSignal,
    report: (passed: number, found: number) => void,
  ): Promise<number> {
    const { concepts } = definitions()
    const queries: Query[] = []
    const percolator = createPercolator({ concepts, timeZone: parts.timeZone })
    for (const { id, key, query: text, threshold, enabled, removed_at } of waiting) {
      if (enabled === 0 || removed_at !== null) continue
      const { query } = parseQuery(text, { use: 'theme', concepts })
      percolator.setTheme({ id, key, query, threshold, group: '' })
      queries.push(query)
    }
    const ids = new Set(waiting.map(({ id }) => id))
    const groups = new Set(definitions().themes.flatMap(({ id, kind }) => (kind === 'group' ? [id] : [])))
    let found = 0

    function* steps(batch: StoryBatch): Generator<void> {
      for (const step of scan.over(queries, [...ids])) {
        if (step !== null) {
          const records = stories.at(step.docids)
          const had = tags.ofAll(records.map(({ id }) => id))
          for (const story of records) {
            const mine = automatic(percolator, story)
            const before = had.get(story.id) ?? []
            if (mine.length > 0) found++
            if (mine.length === 0 && before.length === 0) continue
            const others = before.filter(({ theme }) => !ids.has(theme) && !groups.has(theme))
            batch.retag(story, [...others, ...mine], before)
          }
          report(step.passed, found)
        }
        yield
      }
      // In the last transaction: an edit before it ends this run, and one after it marks the theme stale again.
      for (const id of ids) themes.update(id, { stale: 0 })
    }
    await inSlices(steps, signal)
    return found
  }

  const retagging: Retagging = {
    stale() {
      const all = themes.stale()
      // Which themes are broken is known once all are compiled: an archive that opens with nothing stale compiles none.
      if (all.length === 0) return null
      // A theme that cannot be read keeps its tags until it can; the log names it.
      const broken = new Set(definitions().broken.flatMap(({ kind, id }) => (kind === 'theme' ? [id] : [])))
      const waiting = all.filter(({ id }) => !broken.has(id))
      if (waiting.length === 0) return null
      if (running !== undefined) jobs.cancel(running.id)
      const name = waiting.length === 1 ? (waiting[0]?.name ?? '') : counted(waiting.length, 'theme')
      running = jobs.start('retag', `Re-tagging ${name}`, async ({ signal, report }) => {
        const total = stories.count()
        const found = await retag(waiting, signal, (passed, found) =>
          report(passed, total, `${counted(found, 'story', 'stories')} tagged`),
        )
        changes.emit({ type: 'themes' })
        return `${counted(found, 'story', 'stories')} tagged`
      })
      return running
    },
    resume() {
      // A pack that is new to an archive without stories has nothing to tag.
      if (stories.newest() === null) for (const { id } of themes.stale()) themes.update(id, { stale: 0 })
      else retagging.stale()
    },
    sources: (ids) =>
      jobs.start(
        'retag',
        `Re-tagging the stories of ${ids.length === 1 ? 'a source' : counted(ids.length, 'source')}`,
        async ({ signal, report }) => {
          let looked = 0
          function* steps(batch: StoryBatch): Generator<void> {
            for (const source of ids) {
              for (let before = Number.MAX_SAFE_INTEGER; ; ) {
                const page = stories.many(stories.ofSourceBefore(source, before, STEP))
                if (page.length === 0) break
                for (const story of page) reread(story, batch)
                before = page.reduce((least, { docid }) => Math.min(least, docid), before)
                looked += page.length
                report(looked, null)
                yield
              }
            }
          }
          await inSlices(steps, signal)
          changes.emit({ type: 'themes' })
          return `${counted(looked, 'story', 'stories')} looked at`
        },
      ),
    story(id) {
      const story = stories.get(id)
      if (story === undefined) return
      together(() => {
        const batch = beginBatch()
        reread(story, batch)
        batch.finish()
      })
    },
  }
  return retagging
}
