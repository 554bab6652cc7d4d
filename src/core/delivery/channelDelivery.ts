import { randomBytes } from 'node:crypto'
import type { NoticeBody } from '../alerts/noticeBody.ts'
import { DESKTOP, retryAfter } from '../alerts/notices.ts'
import type { Changes } from '../changes.ts'
import { FeedError } from '../feeds/feed.ts'
import type { Poster } from '../feeds/fetch/post.ts'
import { Problem } from '../problem.ts'
import type { ChannelRecord } from '../store/channels.ts'
import type { DueNotice, NoticeRecord } from '../store/notices.ts'
import type { Stores } from '../stores.ts'
import { ENTRIES_MOST, writeAtom } from './atom.ts'
import { archiveName, messageId } from './messageId.ts'
import { outcomeOf } from './outcome.ts'
import type { ChannelSecrets } from './secrets.ts'
import type { Sending } from './sending.ts'
import { type ServiceKind, services } from './services/index.ts'

/**
 * Brings notices to the channels of their alerts, and records each attempt. A channel is told one notice after another, those of the
 * highest priority first, and none waits for another channel.
 */
export interface ChannelDelivery {
  /** Begins with what is due. */
  look(): void
  /** Resolves when nothing is being delivered. */
  idle(): Promise<void>
  /** Sends one message to a channel, marked as a test, and says how it was taken. It is in no log. */
  test(channel: ChannelRecord): Promise<TestOutcome>
  /** Channels whose address this process cannot read: what waits for them stays. */
  sealed(): readonly string[]
  /** Ends what is being delivered: it stays in the outbox. */
  close(): Promise<void>
}

export interface TestOutcome {
  readonly isDelivered: boolean
  /** The status of the answer; null where there was none. */
  readonly http: number | null
  /** What happened, as a sentence. */
  readonly message: string
}

export interface ChannelDeliveryParts extends Pick<Stores, 'notices' | 'channels' | 'settings' | 'alerts'> {
  readonly secrets: ChannelSecrets
  readonly poster: Poster
  readonly read: (notice: NoticeRecord) => NoticeBody
  readonly changes: Changes
  readonly now: () => number
  readonly log: (line: string) => void
  /** When the next attempt is due has changed. */
  readonly reset: () => void
}

/** How an attempt ended. */
interface Result extends TestOutcome {
  readonly isOver: boolean
  /** Epoch ms before which the receiver wants nothing more. */
  readonly retryAt: number | null
}

/** So many channels are told at a time. */
const LANES_MOST = 50
/** So many notices are taken from the outbox at a time: one of a higher priority that comes meanwhile waits for no more. */
const STEP = 4
const SEALED = 'sealed'

export function createChannelDelivery(parts: ChannelDeliveryParts): ChannelDelivery {
  const { notices, channels, settings, alerts, secrets, poster, read, changes, now, log, reset } = parts
  const closing = new AbortController()
  const lanes = new Map<string, Promise<void>>()
  const sealed = new Set<string>()
  const waiting: (() => void)[] = []

  function look(): void {
    if (closing.signal.aborted) return
    for (const channel of notices.dueChannels(DESKTOP, now())) {
      if (lanes.size >= LANES_MOST) return
      if (lanes.has(channel) || sealed.has(channel)) continue
      const lane = deliverAll(channel)
        .catch((error: unknown) => {
          // Nothing is told twice for want of a record: the lane ends, and begins again with the next look.
          if (!closing.signal.aborted) log(`A delivery could not be recorded: ${error}`)
        })
        .then(() => {
          lanes.delete(channel)
          reset()
          look()
          if (lanes.size === 0) for (const done of waiting.splice(0)) done()
        })
      lanes.set(channel, lane)
    }
  }

  /** Tells a channel what is due there, until nothing is. */
  async function deliverAll(id: string): Promise<void> {
    for (;;) {
      const channel = channels.get(id)
      const due = notices.due(id, now(), channel.kind === 'atom' ? ENTRIES_MOST : STEP)
      if (due.length === 0) return
      if (channel.kind === 'atom') record(channel, due, writeFile(channel))
      else
        for (const notice of due) {
          const result = await send(channel, notice)
          if (result === SEALED) {
            sealed.add(id)
            log(
              `What waits for ${channel.place} is left there: its address can be read by the desktop app alone.`,
            )
            return
          }
          if (closing.signal.aborted) return
          record(channel, [notice], result)
          if (result.isOver) return
          // Whoever asked to wait is told nothing else meanwhile.
          if (result.retryAt !== null && result.retryAt > now()) break
        }
    }
  }

  async function send(channel: ChannelRecord, { id }: DueNotice): Promise<Result | typeof SEALED> {
    const notice = notices.get(id)
    if (notice === undefined) return failed('The notice is no longer there.')
    return post(channel, {
      id: messageId(archiveName(settings), notice),
      at: notice.at,
      now: now(),
      notice: read(notice),
      words: notice.words,
      content: channel.content,
      isTest: false,
    })
  }

  async function post(channel: ChannelRecord, sending: Sending): Promise<Result | typeof SEALED> {
    const destination = await secrets.destination(channel.id)
    if (destination === 'sealed') return SEALED
    if (destination === 'missing') return failed(MISSING)
    const kind = channel.kind as ServiceKind
    try {
      const call = services[kind].call(destination, sending)
      const answer = await poster.post({ ...call, mayBePrivate: channel.private === 1 }, closing.signal)
      const { retryAt } = answer
      return { ...outcomeOf(kind, channel.place, answer, now()), http: answer.status, retryAt }
    } catch (error) {
      if (error instanceof FeedError)
        return failed(error.code === 'private' ? led(channel.place) : error.message)
      if (!closing.signal.aborted) log(`A message to ${channel.place} could not be made: ${error}`)
      return failed('The message could not be made; the log says why.')
    }
  }

  function writeFile(channel: ChannelRecord, test: readonly Sending[] = []): Result {
    const archive = archiveName(settings)
    const alert = alerts.get(channel.alertId)
    const entries = notices.told(channel.id, ENTRIES_MOST).map((notice) => ({
      id: messageId(archive, notice),
      at: notice.at,
      notice: read(notice),
      words: notice.words,
      content: channel.content,
      isTest: false,
    }))
    try {
      writeAtom(channel.place, { alert, archive, entries: [...test, ...entries] })
      return { isDelivered: true, isOver: false, http: null, retryAt: null, message: '' }
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error))
    }
  }

  function record(channel: ChannelRecord, due: readonly DueNotice[], result: Result): void {
    const { isDelivered, isOver, message, http, retryAt } = result
    const at = now()
    for (const { id, attempts } of due) {
      const wait = isDelivered || isOver ? null : retryAfter(attempts + 1)
      const again = wait === null ? null : Math.max(at + wait, retryAt ?? 0)
      const status = isDelivered ? 'delivered' : wait === null ? 'given-up' : 'failed'
      notices.record(channel.id, [id], { at, status, message, again, http: http ?? undefined })
      if (status === 'given-up' && !isOver)
        log(`A notice is given up after ${attempts + 1} attempts: ${message}`)
    }
    if (isOver) {
      channels.end(channel.id, message, at)
      log(message)
    } else if (retryAt !== null && retryAt > at) notices.postpone(channel.id, retryAt)
    changes.emit({ type: 'deliveries' })
  }

  return {
    look,
    idle: () => (lanes.size === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
    async test(channel) {
      const at = now()
      const notice = { alert: alerts.get(channel.alertId).name, ...TEST }
      const id = `msg_test_${randomBytes(8).toString('hex')}`
      const sending: Sending = { id, at, now: at, notice, words: '', content: channel.content, isTest: true }
      const result = channel.kind === 'atom' ? writeFile(channel, [sending]) : await post(channel, sending)
      if (result === SEALED)
        throw new Problem('INVALID', 'Its address can be read by the desktop app alone: test it there.')
      const { isDelivered, http, message } = result
      const answer = http === null ? 'Written' : `${channel.place} took it (${http})`
      return { isDelivered, http, message: isDelivered ? `${answer}.` : message }
    },
    sealed: () => [...sealed],
    async close() {
      closing.abort()
      await Promise.all(lanes.values())
    },
  }
}

const failed = (message: string): Result => ({
  isDelivered: false,
  isOver: false,
  http: null,
  retryAt: null,
  message,
})
const MISSING = 'Its address is not known on this machine: give it again.'
const led = (host: string): string =>
  `${host} lies in a private network, and did not when its address was given. If it is meant, add it anew.`
const TEST = { trigger: 'test', priority: 3, event: null, hits: [], more: 0 }
