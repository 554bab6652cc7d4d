import { createHash } from 'node:crypto'
import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { counted } from '../counted.ts'
import type { Jobs } from '../jobs.ts'
import { localMoment } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { publishedOf } from '../store/docid.ts'
import type { Search } from '../store/search/search.ts'
import type { ConceptRecord } from '../store/themes.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'

/**
 * Concepts are retroactive: of an entity that is new, or has other forms, the archive's stories are looked through in the background
 * by search, newest first, in stretches. How far it is stands in the archive, so that a run cut short is taken up where it ended.
 * Stories that come in meanwhile have their mentions already.
 */
export interface Mentioning {
  /** Begins where entities are to be looked for; a run that is under way begins again with them. */
  start(): void
  /** The stories of all entities are known. */
  isWhole(): boolean
  /** Resolves when no run is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Parts extends Pick<Stores, 'together' | 'stories' | 'mentions' | 'settings'>, Clock {
  readonly search: Pick<Search, 'docidsInSteps'>
  readonly changes: Changes
  readonly jobs: Pick<Jobs, 'start' | 'finished'>
  readonly definitions: () => Pick<Definitions, 'concepts' | 'conceptRecords' | 'percolator'>
  readonly log: (line: string) => void
}

/** Stories looked through at once, of which few at first: to look up the forms of an entity takes as long as to read hundreds of rows. */
const FIRST_STRETCH = 4096
const STRETCH = 65_536
/** … and written in one transaction: some milliseconds. */
const SLICE = 512
/** From so many stories on it is a job that the person sees. */
const MANY = 2000
/** Milliseconds after which others have their turn. */
const TURN_MS = 10

export function createMentioning(parts: Parts): Mentioning {
  const { together, stories, mentions, settings, search, changes, jobs, definitions, timeZone, now, log } =
    parts
  const closing = new AbortController()
  let running: Promise<unknown> | undefined

  /** Compares the forms of all entities with those that mentions were found by. */
  function define(): void {
    if (!settings.get('conceptsChanged')) return
    together(() => {
      if (mentions.define(definitionsOf(definitions().conceptRecords)))
        settings.set('unmentionedBefore', null)
      settings.set('conceptsChanged', false)
    })
  }

  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  /** The stories of a range that name each, by docid; null where it has to be asked anew. */
  async function find(
    names: readonly string[],
    { from, to }: { from: number; to: number },
    signal: AbortSignal,
  ): Promise<Map<number, string[]> | null> {
    const { concepts } = definitions()
    const found = new Map<number, string[]>()
    const within: Query[] = [
      { type: 'date', op: 'after', value: localMoment(publishedOf(from), timeZone) },
      { type: 'date', op: 'before', value: localMoment(publishedOf(to) + 1000, timeZone) },
    ]
    let began = performance.now()
    for (const name of names) {
      for (const docids of search.docidsInSteps({
        type: 'and',
        of: [{ type: 'concept', name }, ...within],
      })) {
        for (const docid of docids) {
          const others = found.get(docid)
          if (others === undefined) found.set(docid, [name])
          else others.push(name)
        }
        if (performance.now() - began < TURN_MS) continue
        await pause()
        began = performance.now()
      }
      if (signal.aborted || closing.signal.aborted || definitions().concepts !== concepts) return null
    }
    return found
  }

  /** @returns how many stories were looked through; 0: it is through */
  async function stretch(names: readonly string[], signal: AbortSignal): Promise<number> {
    const next = (count: number) =>
      mentions.latest(settings.get('unmentionedBefore') ?? Number.MAX_SAFE_INTEGER, count)
    const range = next(settings.get('unmentionedBefore') === null ? FIRST_STRETCH : STRETCH)
    if (range === null) {
      together(() => {
        mentions.settle(names)
        settings.set('unmentionedBefore', null)
      })
      return 0
    }
    const watch = mentions.watch()
    try {
      const found = await find(names, range, signal)
      if (found === null) return range.stories
      const { concepts } = definitions()
      for (let slice = next(SLICE); slice !== null && slice.to >= range.from; slice = next(SLICE)) {
        const { to } = slice
        const from = Math.max(slice.from, range.from)
        together(() => {
          mentions.replace({ from, to }, names, found, watch.put)
          // What changed while they were looked for is read instead.
          const changed = [...watch.put].filter((docid) => docid >= from && docid <= to)
          for (const story of stories.at(changed)) {
            const { mentions: named } = definitions().percolator.match(
              tokenise(subjectOfRecord(story)),
              now(),
            )
            mentions.put(story.docid, named)
          }
          settings.set('unmentionedBefore', from)
        })
        await pause()
        if (signal.aborted || closing.signal.aborted || definitions().concepts !== concepts) break
      }
      return range.stories
    } finally {
      watch.end()
    }
  }

  async function run(signal: AbortSignal, report: (done: number, total: number) => void): Promise<void> {
    for (let done = 0; ; ) {
      await pause()
      if (signal.aborted || closing.signal.aborted) return
      define()
      const names = mentions.stale()
      if (names.length === 0) return
      const some = await stretch(names, signal)
      done += some
      report(done, Math.max(done, stories.count()))
      if (some === 0) changes.emit({ type: 'themes' })
    }
  }

  function begin(): Promise<unknown> {
    if (stories.count() < MANY) return run(closing.signal, () => undefined)
    const job = jobs.start('mentions', 'Finding who and what stories name', async ({ signal, report }) => {
      await run(signal, report)
      return `${counted(mentions.names().size, 'name', 'names')} looked for`
    })
    return jobs.finished(job.id)
  }

  const isWhole = (): boolean => !settings.get('conceptsChanged') && mentions.stale().length === 0

  return {
    start() {
      if (running !== undefined || closing.signal.aborted || isWhole()) return
      running = begin()
        .catch((error: unknown) => log(`Finding who and what stories name failed: ${error}`))
        .finally(() => {
          running = undefined
        })
    },
    isWhole,
    async idle() {
      while (running !== undefined) await running
    },
    async close() {
      closing.abort()
      while (running !== undefined) await running
    },
  }
}

/** By the name of each entity, what stands for its forms and those of the concepts that it includes. */
function definitionsOf(records: readonly ConceptRecord[]): Map<string, string> {
  const byName = new Map(records.map((record) => [record.name, record]))
  const formsOf = (record: ConceptRecord, seen: Set<string>): unknown => {
    seen.add(record.name)
    const included = record.forms.flatMap((form) => {
      const other = form.startsWith('@') ? byName.get(form.slice(1)) : undefined
      return other === undefined || seen.has(other.name) ? [] : [formsOf(other, seen)]
    })
    return [record.forms, record.except, included]
  }
  return new Map(
    records
      .filter(({ type }) => type !== 'topic')
      .map((record) => [
        record.name,
        createHash('sha1')
          .update(JSON.stringify(formsOf(record, new Set())))
          .digest('base64'),
      ]),
  )
}
