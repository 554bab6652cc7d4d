import { createHash } from 'node:crypto'
import { FeedError } from '../feeds/feed.ts'
import type { Fetch, FetchAnswer } from '../feeds/fetch/fetcher.ts'
import { httpAddress } from '../feeds/httpAddress.ts'
import { nextPoll } from '../feeds/pace/schedule.ts'
import type { FeedHead, FeedRead } from '../reading/drafts.ts'
import type { Reader } from '../reading/reader.ts'
import type { Commits } from '../store/commits.ts'
import { isRaised, StoreError } from '../store/failure.ts'
import {
  type FetchOutcome,
  type SourceRecord,
  type SourceStore,
  type SourceUpdate,
  titleOf,
} from '../store/sources.ts'
import { add, type TakeInAll, type Taken, type Write } from './newOrChanged.ts'

/**
 * Polls one source: fetch, decode, parse, normalise, take in. Each outcome, failures too, becomes a line of the source's log
 * and sets its next poll; only an abort is thrown.
 * @param manual a person wants it now: the request goes out even to a host that asked us to wait
 * @throws Problem NOT_FOUND, StoreError
 */
export type PollSource = (
  source: number,
  signal?: AbortSignal,
  options?: { manual?: boolean },
) => Promise<{ outcome: FetchOutcome; taken: Taken }>

export interface PollParts {
  readonly sources: SourceStore
  readonly reader: Reader
  readonly fetch: Fetch
  readonly commits: Commits
  readonly takeInAll: TakeInAll
  readonly write: Write
  /** The moment of arrival, epoch ms. */
  readonly now: () => number
  /** 0–1. */
  readonly random: () => number
  readonly log: (line: string) => void
}

/** How many of a source's newest stories decide when it is polled next. */
const HISTORY = 40

export function createPollSource(parts: PollParts): PollSource {
  const { sources, reader, commits, takeInAll, write, now, random } = parts
  /** What is under way with a source's answer: the next one is looked up when it is in. */
  const underWay = new Map<number, Promise<unknown>>()

  /** Takes in what is new in an answer, and the source's new state with the last of it. */
  async function answered(source: SourceRecord, at: number, answer: FetchAnswer, taken: Taken) {
    const hash = answer.status === 304 ? source.body_hash : await sha(answer.body)
    const ending = (head: FeedHead | null) => (sum: Readonly<Taken>) =>
      close(source, at, answer, hash, head, sum)
    if (answer.status === 304 || hash === source.body_hash) return write(() => ending(null)(taken), 1)
    const feed: FeedRead = await reader.read({
      source,
      at,
      body: answer.body,
      contentType: answer.contentType,
      url: answer.url,
      contentLocation: answer.contentLocation ?? '',
      contentLanguage: answer.contentLanguage ?? '',
    })
    try {
      return await takeInAll(
        source,
        { ...feed, at, brought: 'document' },
        { write, last: ending(feed.head), each: (slice) => add(taken, slice) },
      )
    } finally {
      feed.close()
    }
  }

  /** Writes how a poll went, and when the next one is. @param head null where the feed has not changed since the last fetch */
  function close(
    source: SourceRecord,
    at: number,
    answer: FetchAnswer,
    hash: string,
    head: FeedHead | null,
    taken: Readonly<Taken>,
  ): FetchOutcome {
    const next = nextPoll({
      now: at,
      published: sources.published(source.id, HISTORY),
      feedMinutes: head === null ? source.poll_minutes : head.pollMinutes,
      maxAge: answer.maxAge,
      retryAt: null,
      failures: 0,
      random,
    })
    const move = moveOf(source, answer)
    sources.update(source.id, {
      etag: answer.etag,
      last_modified: answer.lastModified,
      body_hash: hash,
      last_fetch: at,
      last_success: at,
      failures: 0,
      // A source that had ended, polled by hand, is there again.
      ended: 0,
      error_code: '',
      error_message: '',
      next_poll: next.at,
      next_poll_why: next.why,
      ...move.update,
      ...(head === null ? {} : updateOf(source, head)),
    })
    const outcome: FetchOutcome = {
      at,
      ms: answer.ms,
      status: answer.status,
      bytes: answer.bytes,
      added: taken.added,
      updated: taken.updated,
      skipped: head?.skipped.length ?? 0,
      notes: [...(answer.notes ?? []), ...move.notes, ...(head?.warnings ?? []), ...(head?.skipped ?? [])],
      error: null,
    }
    sources.record(source.id, outcome)
    return outcome
  }

  /** The new address of a feed that has moved for good is kept, unless another source has it. */
  function moveOf(source: SourceRecord, { movedTo }: FetchAnswer): { update: SourceUpdate; notes: string[] } {
    if (movedTo === null) return { update: {}, notes: [] }
    const holder = sources.byUrl(movedTo)
    if (holder === undefined)
      return {
        update: { url: movedTo },
        notes: [`The feed has moved for good; the new address ${movedTo} is kept.`],
      }
    if (holder.id === source.id) return { update: {}, notes: [] }
    return {
      update: {},
      notes: [
        `The feed has moved for good to ${movedTo}, which is among your sources already, as “${titleOf(holder)}”; this one keeps its old address. Remove one of the two.`,
      ],
    }
  }

  async function failed(source: SourceRecord, at: number, ms: number, error: unknown, taken: Taken) {
    const known = error instanceof FeedError ? error : null
    const raised = isRaised(error) ? `Wirewatch failed on this feed: ${error.message}` : undefined
    if (known === null && raised === undefined)
      parts.log(`Polling ${source.url} failed: ${error instanceof Error ? error.stack : error}`)
    const problem = {
      code: known?.code ?? 'fault',
      message:
        known?.message ??
        raised ??
        'Wirewatch failed on this feed; its log says why. It is tried again later.',
    }
    const gone = known?.code === 'gone'
    const failures = source.failures + 1
    const next = nextPoll({
      now: at,
      published: commits.read(() => sources.published(source.id, HISTORY)),
      feedMinutes: source.poll_minutes,
      maxAge: null,
      retryAt: known?.retryAt ?? null,
      failures,
      random,
    })
    const outcome: FetchOutcome = {
      at,
      ms,
      status: known?.status ?? null,
      bytes: 0,
      // Of a large feed what had gone in before.
      added: taken.added,
      updated: taken.updated,
      skipped: 0,
      notes: [],
      error: problem,
    }
    await write(() => {
      // The source was removed while it was being fetched.
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
    return outcome
  }

  /** One answer of a source after the other. */
  async function inOrder<T>(source: number, work: () => Promise<T>): Promise<T> {
    const before = underWay.get(source)
    const mine = before === undefined ? work() : before.then(work, work)
    underWay.set(source, mine)
    try {
      return await mine
    } finally {
      if (underWay.get(source) === mine) underWay.delete(source)
    }
  }

  return async (id, signal, { manual = false } = {}) => {
    const source = commits.read(() => sources.get(id))
    const at = now()
    const began = performance.now()
    const taken: Taken = { added: 0, updated: 0, hits: 0 }
    try {
      const { url, etag, last_modified: lastModified, secret } = source
      const answer = await parts.fetch({ url, etag, lastModified, secret, manual }, signal)
      const outcome = await inOrder(id, () => answered(source, at, answer, taken)).finally(answer.release)
      return { outcome, taken }
    } catch (error) {
      // Nothing can be stored, so neither can this.
      if (signal?.aborted || error instanceof StoreError) throw error
      const outcome = await failed(source, at, Math.round(performance.now() - began), error, taken)
      return { outcome, taken }
    }
  }
}

/** What a feed says about itself, as the source keeps it. */
const updateOf = (source: SourceRecord, head: FeedHead): SourceUpdate => ({
  feed_title: head.title,
  link: httpAddress(head.link),
  poll_minutes: head.pollMinutes,
  ...(source.language === '' ? { language: head.language } : {}),
})

/** Of a large body in several turns of the event loop: in one it would be a pause that is felt. */
async function sha(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += TURN_BYTES) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve))
    hash.update(bytes.subarray(at, at + TURN_BYTES))
  }
  return hash.digest('base64')
}
const TURN_BYTES = 1_000_000
