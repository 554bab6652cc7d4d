import type { Job } from '../changes.ts'
import { counted } from '../counted.ts'
import type { Engine } from '../engine.ts'
import { localDayReader } from '../query/localTime.ts'
import { parseQuery } from '../query/parse.ts'
import { tokenise } from '../query/tokenise.ts'
import type { Match } from '../store/search.ts'
import type { StoryRecord } from '../store/stories.ts'
import { Counts, type Tag } from '../store/tags.ts'
import { subjectOfRecord } from '../storySubject.ts'
import { withCorrections } from './corrections.ts'

/**
 * Definitions are retroactive: a changed theme or source goes over the archive in the background, newest stories first, in
 * small transactions. A theme stays marked stale until its run is through, so that a run cut short begins again.
 */
export interface Retagging {
  /** Runs over all themes that are stale; null where none is. */
  stale(): Job | null
  /** Runs over the stories of these sources (their bloc, country, language, kind or title changed). */
  sources(ids: readonly number[]): Job
  /** Sets one story's tags anew: a person corrected it. */
  story(id: number): void
}

type Parts = Pick<
  Engine,
  'db' | 'stories' | 'tags' | 'themes' | 'search' | 'changes' | 'jobs' | 'definitions' | 'now' | 'timeZone'
>

/** Stories a transaction; short enough that a page's query waits for a few milliseconds at most. */
const STEP = 100
const EVERYTHING = Number.MAX_SAFE_INTEGER

export function createRetagging(parts: Parts): Retagging {
  const { db, stories, tags, themes, search, changes, jobs, definitions, now } = parts
  const dayOf = localDayReader(parts.timeZone)

  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  /** Sets a story's tags: the given automatic ones with the person's corrections and the groups. */
  function set(story: StoryRecord, automatic: readonly Tag[], counts: Counts): void {
    const tagged = {
      id: story.id,
      docid: story.docid,
      sourceId: story.source_id,
      day: dayOf(story.published),
    }
    tags.set(tagged, withCorrections(automatic, tags.corrections(story.id), definitions().groupOf), counts)
  }

  function reread(story: StoryRecord, counts: Counts): void {
    const { percolator } = definitions()
    const reading = percolator.read(tokenise(subjectOfRecord(story)), now())
    set(
      story,
      [...reading.tags].map(([theme, score]) => ({ theme, score, byPerson: false })),
      counts,
    )
  }

  /** One theme over the whole archive: what its query finds now against the tags there are. */
  async function theme(id: number, signal: AbortSignal, report: (found: number) => void): Promise<void> {
    const { percolator, themes: rows, concepts } = definitions()
    const row = rows.find((r) => r.id === id)
    const live = row !== undefined && row.kind === 'theme' && row.enabled === 1
    const query = live
      ? parseQuery(row.query, { use: 'theme', concepts: (name) => concepts.has(name) }).query
      : undefined
    // Planned once: planning a query of hundreds of forms costs more than reading a page of its stories.
    const matches = query === undefined ? [][Symbol.iterator]() : search.iterate(query)[Symbol.iterator]()
    let to = EVERYTHING
    let done = false
    let found = 0
    while (!done) {
      if (signal.aborted) return
      const page: Match[] = []
      while (page.length < STEP && !done) {
        const next = matches.next()
        if (next.done === true) done = true
        else page.push(next.value)
      }
      const from = done ? 0 : (page.at(-1)?.docid ?? 0)
      db.transaction(() => {
        const counts = new Counts()
        const had = new Set(tags.storyIds(id, from, to))
        for (const story of stories.many(page.map(({ id }) => id))) {
          const { score } = percolator.explain(id, tokenise(subjectOfRecord(story)), now())
          if (score < (row?.threshold ?? 0)) continue
          had.delete(story.id)
          found++
          set(story, [...others(story.id), { theme: id, score, byPerson: false }], counts)
        }
        for (const story of stories.many([...had])) set(story, others(story.id), counts)
        tags.write(counts)
      })()
      to = from
      report(found)
      await pause()
    }
    themes.update(id, { stale: 0 })

    /** The automatic tags of the story's other themes, as they stand. */
    function others(storyId: number): Tag[] {
      return tags.of(storyId).filter(({ theme, byPerson }) => theme !== id && !byPerson && !isGroup(theme))
    }
  }

  const isGroup = (id: number): boolean => definitions().themes.find((r) => r.id === id)?.kind === 'group'

  return {
    stale() {
      const waiting = themes.stale()
      if (waiting.length === 0) return null
      const name = waiting.length === 1 ? (waiting[0]?.name ?? '') : counted(waiting.length, 'theme')
      return jobs.start('retag', `Re-tagging ${name}`, async ({ signal, report }) => {
        let found = 0
        for (const [n, row] of waiting.entries()) {
          let here = 0
          await theme(row.id, signal, (stories) => {
            here = stories
            report(n, waiting.length, `${row.name}: ${counted(found + here, 'story', 'stories')}`)
          })
          found += here
          report(n + 1, waiting.length)
        }
        changes.emit({ type: 'themes' })
        return `${counted(found, 'story', 'stories')} tagged`
      })
    },
    sources: (ids) =>
      jobs.start(
        'retag',
        `Re-tagging the stories of ${ids.length === 1 ? 'a source' : counted(ids.length, 'source')}`,
        async ({ signal, report }) => {
          let done = 0
          for (const source of ids) {
            let before = EVERYTHING
            for (;;) {
              if (signal.aborted) return ''
              const page = stories.many(stories.ofSourceBefore(source, before, STEP))
              if (page.length === 0) break
              db.transaction(() => {
                const counts = new Counts()
                for (const story of page) reread(story, counts)
                tags.write(counts)
              })()
              before = Math.min(...page.map(({ docid }) => docid))
              done += page.length
              report(done, null)
              await pause()
            }
          }
          changes.emit({ type: 'themes' })
          return `${counted(done, 'story', 'stories')} looked at`
        },
      ),
    story(id) {
      const story = stories.get(id)
      if (story === undefined) return
      db.transaction(() => {
        const counts = new Counts()
        reread(story, counts)
        tags.write(counts)
      })()
    },
  }
}
