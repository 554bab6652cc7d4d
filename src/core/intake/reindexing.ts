import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { counted } from '../counted.ts'
import type { Jobs } from '../jobs.ts'
import { mayReadOtherwise, WORDS_RULE } from '../query/words/clusters.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { Stores } from '../stores.ts'
import type { StoryBatch } from './takeIn.ts'

/**
 * An archive holds the words of its stories as the rule of words was when they came in. Where the rule has changed since, the
 * stories that it may read otherwise are indexed and tagged anew in the background, newest first, in small transactions;
 * each records how far it is, so that a run cut short is taken up where it ended. Meanwhile answers say so.
 */
export interface Reindexing {
  /** Begins where the archive needs it; null where it does not. */
  start(): ReturnType<Jobs['start']> | null
  /** What answers may lack for now, as a sentence; undefined once all is indexed. */
  incomplete(): string | undefined
}

interface Parts extends Pick<Stores, 'together' | 'stories' | 'settings'>, Pick<Clock, 'now'> {
  readonly changes: Changes
  readonly jobs: Jobs
  readonly beginBatch: () => StoryBatch
}

/** Stories read at once; most are passed over. */
const STEP = 64
/** A transaction ends after so long: a request of the page waits for one, and a story may be as long as a book. */
const SLICE_MS = 15

export function createReindexing(parts: Parts): Reindexing {
  const { together, stories, settings, changes, jobs, beginBatch, now } = parts
  let pending = false

  const otherwise = (story: StoryRecord, rule: number): boolean =>
    [story.title, story.summary, story.text, story.author].some((text) => mayReadOtherwise(text, rule))

  /** @returns how many stories were passed, and how many of them indexed anew; none passed: it is through */
  function step(rule: number): { passed: number; indexed: number } {
    return together(() => {
      const page = stories.before(settings.get('unindexedBefore') ?? Number.MAX_SAFE_INTEGER, STEP)
      if (page.length === 0) {
        settings.set('wordsRule', WORDS_RULE)
        settings.set('unindexedBefore', null)
        return { passed: 0, indexed: 0 }
      }
      const end = performance.now() + SLICE_MS
      const batch = beginBatch()
      const done = { passed: 0, indexed: 0 }
      let last: number | null = null
      for (const story of page) {
        done.passed++
        last = story.docid
        if (!otherwise(story, rule)) continue
        batch.reindex(story, now())
        done.indexed++
        if (performance.now() >= end) break
      }
      batch.finish()
      settings.set('unindexedBefore', last)
      return done
    })
  }

  return {
    start() {
      // An archive without the setting is new, or older than it.
      const rule = settings.get('wordsRule') ?? (stories.newest() === null ? WORDS_RULE : 1)
      if (rule >= WORDS_RULE) {
        if (settings.get('wordsRule') !== WORDS_RULE) settings.set('wordsRule', WORDS_RULE)
        return null
      }
      pending = true
      return jobs.start('reindex', 'Indexing the archive anew', async ({ signal, report }) => {
        const all = stories.count()
        let [passed, indexed] = [0, 0]
        for (;;) {
          await new Promise((resolve) => setImmediate(resolve))
          if (signal.aborted) break
          const done = step(rule)
          if (done.passed === 0) {
            pending = false
            break
          }
          passed += done.passed
          indexed += done.indexed
          report(passed, all, `${counted(indexed, 'story', 'stories')} read anew`)
        }
        changes.emit({ type: 'themes' })
        changes.emit({ type: 'stories', added: 0, updated: indexed })
        return `${counted(indexed, 'story', 'stories')} read anew`
      })
    },
    incomplete: () =>
      pending
        ? 'The archive is being indexed anew, since words are read by a new rule: of Arabic and Persian, and of numbers in other digits than 0–9, older stories may still be missing.'
        : undefined,
  }
}
