import { createHash } from 'node:crypto'
import type { Changes } from '../changes.ts'
import { originalOf } from '../events/original.ts'
import { FeedError } from '../feeds/feed.ts'
import type { Fetch, FetchAnswer } from '../feeds/fetch/fetcher.ts'
import { nextPoll } from '../feeds/pace/schedule.ts'
import { localDayReader } from '../localTime.ts'
import { tokenise } from '../query/match/tokenise.ts'
import {
  type ArrivedLines,
  type FeedRead,
  type LineName,
  type LinesRead,
  type StoryName,
  Unread,
} from '../reading/arrived.ts'
import type { Reader } from '../reading/reader.ts'
import { type ReadStory, said } from '../reading/readStory.ts'
import type { AlertStore } from '../store/alerts.ts'
import { createCommits } from '../store/commits.ts'
import { publishedOf } from '../store/docid.ts'
import type { Db } from '../store/open.ts'
import { type FetchOutcome, type SourceRecord, type SourceStore, titleOf } from '../store/sources.ts'
import type { Indexed, KnownStory, StoryStore } from '../store/stories.ts'
import { ALL_STORIES, Counts, type Tag, type TagStore } from '../store/tags.ts'
import type { Stores } from '../stores.ts'
import { withCorrections } from '../watch/corrections.ts'
import type { Percolator } from '../watch/percolator.ts'
import { subjectOfDraft } from '../watch/storySubject.ts'
import { knownAgain } from './again.ts'

/** What ingest works with: the stores of one database, what watches the stories, and the two inputs from outside. */
export interface IngestParts {
  readonly db: Db
  readonly together: Stores['together']
  readonly sources: SourceStore
  readonly stories: StoryStore
  readonly tags: TagStore
  readonly alerts: AlertStore
  readonly percolator: () => Percolator
  readonly reader: Reader
  readonly changes: Changes
  readonly fetch: Fetch
  readonly now: () => number
  readonly random: () => number
  readonly timeZone: string
  /** The row id of a theme's group. */
  readonly groupOf: (theme: number) => number | null
}

/** The stories of a feed, each read when it is asked for. */
type Stories = Pick<FeedRead, 'names' | 'story'>

export interface Taken {
  added: number
  updated: number
  hits: number
}

export interface Ingest {
  /**
   * One source, top to bottom: fetch, decode, parse, normalise, take in. Whatever happens becomes a line of the source's
   * log and its next poll; nothing is thrown but an abort.
   * @param manual a person asked for it now: it goes even to a host that asked to wait
   * @throws Problem NOT_FOUND
   */
  poll(source: number, signal?: AbortSignal, options?: { manual?: boolean }): Promise<FetchOutcome>
  /**
   * Reads lines of an archive and takes their stories in, each into the source of its name, in one transaction: each story
   * and all that follows from it, or nothing.
   */
  takeInLines(
    lines: Omit<ArrivedLines, 'at'>,
    sourceOf: (name: string) => SourceRecord,
  ): Promise<{ taken: Taken; names: readonly LineName[] }>
}

/** So many lines of an archive are as much work as a feed. */
const LINES_LIKE_A_FEED = 50
/** How many of a source's newest stories decide when to ask it again. */
const HISTORY = 40

export function createIngest(parts: IngestParts): Ingest {
  const { db, sources, stories, tags, alerts, changes, now, reader } = parts
  // Written at the end of a transaction, all at once: full text wants its rows in order, and counts fall on the same few rows.
  let gathered = new Gathered()
  const begin = (): void => {
    gathered = new Gathered()
  }
  const end = (): void => {
    stories.index(gathered.words)
    tags.write(gathered.counts)
  }
  const commits = createCommits(db, { more: () => reader.busy > 0, begin, end })
  const dayOf = localDayReader(parts.timeZone)

  async function poll(id: number, signal?: AbortSignal, { manual = false } = {}): Promise<FetchOutcome> {
    const source = commits.ask(() => sources.get(id))
    const at = now()
    const began = performance.now()
    try {
      const answer = await parts.fetch(
        {
          url: source.url,
          etag: source.etag,
          lastModified: source.last_modified,
          secret: source.secret,
          manual,
        },
        signal,
      )
      return await arrived(source, at, answer)
    } catch (error) {
      if (signal?.aborted) throw error
      return await failed(source, at, Math.round(performance.now() - began), error)
    }
  }

  /** The feed answered: what is new in it goes in, together with the source's new state. */
  async function arrived(source: SourceRecord, at: number, answer: FetchAnswer): Promise<FetchOutcome> {
    const hash = answer.status === 304 ? source.body_hash : sha(answer.body)
    const unchanged = answer.status === 304 || hash === source.body_hash
    if (unchanged) return take(source, at, answer, hash, null)
    const came = {
      source,
      at,
      body: answer.body,
      contentType: answer.contentType,
      url: answer.url,
      contentLocation: answer.contentLocation ?? '',
      contentLanguage: answer.contentLanguage ?? '',
    }
    const read = await reader.read(came, (names) => news(source, names))
    try {
      return await take(source, at, answer, hash, read)
    } catch (error) {
      if (!(error instanceof Unread)) throw error
      // What was known when the feed was read has gone since.
      return await take(source, at, answer, hash, reader.readHere(came))
    }
  }

  /** Places of the stories that are not in the archive as they are. */
  function news(source: SourceRecord, names: readonly StoryName[]): number[] {
    const known = commits.ask(() => knownHashes(source, names))
    const places: number[] = []
    names.forEach(({ identity, contentHash }, place) => {
      if (known.get(identity) !== contentHash) places.push(place)
    })
    return places
  }

  const knownHashes = (source: SourceRecord, names: readonly StoryName[]): Map<string, string> =>
    stories.knownHashes(
      source.id,
      names.map(({ identity }) => identity),
    )

  /** @param feed null where it is what it was at the last fetch */
  async function take(
    source: SourceRecord,
    at: number,
    answer: FetchAnswer,
    hash: string,
    feed: FeedRead | null,
  ): Promise<FetchOutcome> {
    const head = feed?.head ?? null
    const { line: outcome, taken } = await commits.add(
      () => {
        const taken = feed === null ? NOTHING : takeInNow(source, feed, at)
        const feedMinutes = head === null ? source.poll_minutes : head.pollMinutes
        const next = nextPoll({
          now: at,
          published: sources.published(source.id, HISTORY),
          feedMinutes,
          maxAge: answer.maxAge,
          retryAt: null,
          failures: 0,
          random: parts.random,
        })
        const holder = answer.movedTo === null ? undefined : sources.byUrl(answer.movedTo)
        const moved = answer.movedTo !== null && holder === undefined
        sources.update(source.id, {
          etag: answer.etag,
          last_modified: answer.lastModified,
          body_hash: hash,
          last_fetch: at,
          last_success: at,
          failures: 0,
          // A person asked an ended source again, and it is there.
          ended: 0,
          error_code: '',
          error_message: '',
          next_poll: next.at,
          next_poll_why: next.why,
          ...(moved ? { url: answer.movedTo as string } : {}),
          ...(head === null
            ? {}
            : {
                feed_title: head.title,
                link: head.link,
                poll_minutes: head.pollMinutes,
                ...(source.language === '' ? { language: head.language } : {}),
              }),
        })
        const line: FetchOutcome = {
          at,
          ms: answer.ms,
          status: answer.status,
          bytes: answer.bytes,
          added: taken.added,
          updated: taken.updated,
          skipped: head?.skipped.length ?? 0,
          notes: [
            ...(moved ? [`The feed has moved for good; the new address ${answer.movedTo} is kept.`] : []),
            ...(holder === undefined || holder.id === source.id
              ? []
              : [
                  `The feed has moved for good to ${answer.movedTo}, which is among your sources already, as “${titleOf(holder)}”; this one keeps its old address. Remove one of the two.`,
                ]),
            ...(head?.warnings ?? []),
            ...(head?.skipped ?? []),
          ],
          error: null,
        }
        sources.record(source.id, line)
        return { line, taken }
      },
      (feed?.names.length ?? 0) + 1,
    )
    tell(taken)
    changes.emit({ type: 'sources', ids: [source.id] })
    return outcome
  }

  async function failed(source: SourceRecord, at: number, ms: number, error: unknown): Promise<FetchOutcome> {
    const known = error instanceof FeedError ? error : null
    const problem = {
      code: known?.code ?? 'fault',
      message:
        known?.message ?? `Wirewatch failed on this feed: ${error instanceof Error ? error.message : error}`,
    }
    const gone = known?.code === 'gone'
    const failures = source.failures + 1
    const next = nextPoll({
      now: at,
      published: commits.ask(() => sources.published(source.id, HISTORY)),
      feedMinutes: source.poll_minutes,
      maxAge: null,
      retryAt: known?.retryAt ?? null,
      failures,
      random: parts.random,
    })
    const outcome: FetchOutcome = {
      at,
      ms,
      status: known?.status ?? null,
      bytes: 0,
      added: 0,
      updated: 0,
      skipped: 0,
      notes: [],
      error: problem,
    }
    await commits.add(() => {
      // Removed while it was being fetched: there is nothing to write to.
      if (!sources.has(source.id)) return
      sources.update(source.id, {
        last_fetch: at,
        failures,
        error_code: problem.code,
        error_message: problem.message,
        next_poll: gone ? null : next.at,
        next_poll_why: gone ? 'never: the server says the feed is gone' : next.why,
        ended: gone ? 1 : 0,
      })
      sources.record(source.id, outcome)
    }, 1)
    changes.emit({ type: 'sources', ids: [source.id] })
    return outcome
  }

  async function takeInLines(
    lines: Omit<ArrivedLines, 'at'>,
    sourceOf: (name: string) => SourceRecord,
  ): Promise<{ taken: Taken; names: readonly LineName[] }> {
    const arrived = { ...lines, at: now() }
    reader.expect(lines.lines.length / LINES_LIKE_A_FEED)
    const take = (read: LinesRead): Taken =>
      parts.together(() => {
        const all: Taken = { added: 0, updated: 0, hits: 0 }
        begin()
        for (const [name, places] of bySource(read.names)) {
          const stories = {
            names: places.map((place) => read.names[place] as StoryName),
            story: (index: number) => read.story(places[index] as number),
          }
          const { added, updated, hits } = takeInNow(sourceOf(name), stories, arrived.at)
          all.added += added
          all.updated += updated
          all.hits += hits
        }
        end()
        return all
      })
    const read = await reader.readLines(arrived, (names) => newsOfLines(names, sourceOf), sourceOf)
    // Sources come first: those made within a transaction would go with it.
    for (const name of bySource(read.names).keys()) sourceOf(name)
    let taken: Taken
    try {
      taken = take(read)
    } catch (error) {
      if (!(error instanceof Unread)) throw error
      taken = take(reader.readLinesHere(arrived, sourceOf))
    }
    tell(taken)
    return { taken, names: read.names }
  }

  function newsOfLines(names: readonly LineName[], sourceOf: (name: string) => SourceRecord) {
    return [...bySource(names)].flatMap(([name, places]) => {
      const source = sourceOf(name)
      const said = places.map((place) => names[place] as StoryName)
      return news(source, said).map((index) => ({ index: places[index] as number, source }))
    })
  }

  function tell({ added, updated, hits }: Taken): void {
    if (added + updated > 0) changes.emit({ type: 'stories', added, updated })
    if (hits > 0) changes.emit({ type: 'alerts', hits })
  }

  /** Within a transaction of the caller's, between `begin` and `end`. Oldest first: of two texts the later is the copy. */
  function takeInNow(source: SourceRecord, { names, story }: Stories, at: number): Taken {
    const taken: Taken = { added: 0, updated: 0, hits: 0 }
    const hashes = knownHashes(source, names)
    const any = stories.any(source.id)
    const again = knownAgain(names, at)
    const order = names.map((_, place) => place)
    const published = (place: number): number => (names[place] as StoryName).published
    for (const place of order.sort((a, b) => published(a) - published(b))) {
      const { identity, trace, contentHash } = names[place] as StoryName
      const hash = hashes.get(identity)
      if (hash === contentHash) continue
      let known = hash === undefined ? undefined : stories.known(source.id, identity)
      if (known === undefined) {
        const traced = any.stories ? stories.traced(source.id, trace) : []
        known = traced.length === 0 ? undefined : again(story(place).draft, traced)
        if (known !== undefined) stories.rename(known.id, identity)
      }
      if (known === undefined) {
        const read = story(place)
        if (any.forgotten && stories.forgotten(source.id, read.draft, at)) continue
        taken.hits += add(source, read, at)
        taken.added++
      } else if (known.content_hash !== contentHash) {
        taken.hits += change(source, known, story(place), at)
        taken.updated++
      }
      hashes.set(identity, contentHash)
    }
    return taken
  }

  function add(source: SourceRecord, read: ReadStory, at: number): number {
    const { counts, words } = gathered
    const { draft, signature: mark } = read
    const copyOf = mark === null ? null : originalOf(mark, draft.published, source.id, stories)
    const says = copyOf === null ? read.first : read.copy
    const docid = stories.docidFor(draft.published)
    const id = stories.insert(draft, docid, {
      sourceId: source.id,
      fetched: at,
      copyOf,
      signature: mark,
    })
    words.set(docid, { words: read.words, again: false })
    const tagged = { id, docid, sourceId: source.id, day: dayOf(draft.published) }
    counts.add(ALL_STORIES, tagged, 1)
    tags.add(tagged, withCorrections(automatic(says.tags), [], parts.groupOf), counts)
    return record(says.alerts, id, at)
  }

  function change(source: SourceRecord, known: KnownStory, { draft, words }: ReadStory, at: number): number {
    const { counts } = gathered
    const isCopy = stories.get(known.id)?.copy_of !== null
    // When it was first fetched counts, and what it is a copy of: only the archive knows.
    const story = tokenise(subjectOfDraft(source, draft, known.fetched))
    const says = said(story, isCopy, at, parts.percolator())
    stories.update(known, draft, at)
    const isIndexed = gathered.words.get(known.docid)?.again ?? true
    gathered.words.set(known.docid, { words, again: isIndexed })
    const tagged = {
      id: known.id,
      docid: known.docid,
      sourceId: source.id,
      day: dayOf(publishedOf(known.docid)),
    }
    const corrections = tags.corrections(known.id)
    tags.set(tagged, withCorrections(automatic(says.tags), corrections, parts.groupOf), counts)
    return record(says.alerts, known.id, at)
  }

  function record(ids: readonly number[], storyId: number, at: number): number {
    let hits = 0
    for (const id of ids) if (alerts.hit(id, storyId, at)) hits++
    return hits
  }

  return { poll, takeInLines }
}

/** Places of the lines that are stories, by the name of their source. */
function bySource(names: readonly LineName[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  names.forEach((name, place) => {
    if ('error' in name) return
    const list = places.get(name.source)
    if (list === undefined) places.set(name.source, [place])
    else list.push(place)
  })
  return places
}

/** What follows from the stories of one transaction. */
class Gathered {
  readonly counts = new Counts()
  readonly words = new Map<number, Indexed>()
}

const NOTHING: Taken = { added: 0, updated: 0, hits: 0 }

const automatic = (tags: ReadStory['first']['tags']): Tag[] =>
  tags.map(([theme, score]) => ({ theme, score, byPerson: false }))

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')
