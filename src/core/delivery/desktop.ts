import { DESKTOP, type Message, messagesOf, retryAfter } from '../alerts/notices.ts'
import type { Changes } from '../changes.ts'
import { untilAborted } from '../feeds/signals.ts'
import type { Stores } from '../stores.ts'
import type { Channels } from './channel.ts'

/**
 * Shows notices to the person at this machine and records it. The desktop's channel delivers by itself; where the engine has none,
 * pages take what waits, and it counts as told when the page that took it says so.
 */
export interface Desktop {
  /**
   * Begins to deliver by these channels: what waits, and from now on whatever is committed.
   * @param isSample what waits was brought by setting up the sample, and is no news to anybody
   */
  start(channels: Channels, options: { isSample: boolean }): void
  /** A shell is open that delivers, or whose pages do. */
  readonly isStarted: boolean
  /** Delivers what is due, or tells pages that something waits for them. */
  look(): void
  /** Hands out what waits for a page to show; for a while nobody else gets it. */
  take(): Message[]
  /** A page has shown these messages, by their ids. */
  acknowledge(ids: readonly number[]): void
  /** The first moment after `after` at which what a page took and did not acknowledge is for others. */
  nextLapse(after: number): number | null
  /** Ends what is being delivered: it stays in the outbox. */
  close(): Promise<void>
}

export interface DesktopParts extends Pick<Stores, 'notices'> {
  readonly changes: Changes
  readonly now: () => number
  readonly log: (line: string) => void
  /** The answer of `nextLapse`, or when the next attempt is due, has changed. */
  readonly reset: () => void
}

/** A page that took a message and does not acknowledge it within this time has gone. */
const LEASE_MS = 30_000
/** What nobody was told for this long is told as one. */
const MISSED_MS = 3_600_000
const SAMPLE = 'It is part of the sample.'
const SEEN = 'Its story was seen in the inbox before.'

/** A message that somebody is telling. */
interface Held {
  readonly alerts: readonly number[]
  readonly ids: readonly number[]
  /** How often each of its notices was tried before. */
  readonly attempts: number
  /** When a page took it; null: the channel has it. */
  readonly taken: number | null
}

export function createDesktop({ notices, changes, now, log, reset }: DesktopParts): Desktop {
  const held = new Map<number, Held>()
  const delivering = new Set<Promise<void>>()
  const closing = new AbortController()
  let channels: Channels | undefined

  const isLapsed = ({ taken }: Held, time: number): boolean =>
    taken !== null && (time < taken || time - taken >= LEASE_MS)

  const delivered = (ids: readonly number[], message = ''): void =>
    notices.record(DESKTOP, ids, { at: now(), status: 'delivered', message, again: null })

  /** Due messages of alerts of which none is being told. */
  function waiting(time: number) {
    for (const [id, one] of held) if (isLapsed(one, time)) held.delete(id)
    const busy = new Set([...held.values()].flatMap(({ alerts }) => alerts))
    const due = notices.waiting(DESKTOP, time).filter(({ alertId }) => !busy.has(alertId))
    const seen = due.filter((notice) => notice.seen === 1).map(({ id }) => id)
    if (seen.length > 0) delivered(seen, SEEN)
    const unseen = due.filter((notice) => notice.seen === 0)
    return messagesOf(unseen, time - MISSED_MS).map(({ message, ids }) => ({
      message,
      ids,
      alerts: unseen.filter(({ id }) => ids.includes(id)).map(({ alertId }) => alertId),
      attempts: Math.max(...unseen.filter(({ id }) => ids.includes(id)).map((notice) => notice.attempts)),
    }))
  }

  function hold(taken: number | null): Message[] {
    return waiting(now()).map(({ message, ...one }) => {
      held.set(message.id, { ...one, taken })
      return message
    })
  }

  function settle(id: number, failure?: unknown): void {
    const one = held.get(id)
    if (one === undefined) return
    held.delete(id)
    if (failure === undefined) {
      delivered(one.ids)
      return
    }
    const at = now()
    const wait = retryAfter(one.attempts + 1)
    const message = failure instanceof Error ? failure.message : String(failure)
    const status = wait === null ? 'given-up' : 'failed'
    notices.record(DESKTOP, one.ids, { at, status, message, again: wait === null ? null : at + wait })
    if (wait === null) log(`A notice is given up after ${one.attempts + 1} attempts: ${message}`)
  }

  function look(): void {
    if (channels === undefined || closing.signal.aborted) return
    const { desktop } = channels
    if (desktop === undefined) {
      if (notices.anyWaiting(DESKTOP, now())) changes.emit({ type: 'notices' })
      return
    }
    for (const message of hold(null)) {
      // A channel that does not heed its signal is not waited for.
      const delivery = untilAborted((async () => desktop.deliver(message, closing.signal))(), closing.signal)
        .then(
          () => settle(message.id),
          (error: unknown) => {
            if (!closing.signal.aborted) settle(message.id, error)
          },
        )
        .catch((error: unknown) => log(`A delivery could not be recorded: ${error}`))
        .then(() => {
          delivering.delete(delivery)
          reset()
          look()
        })
      delivering.add(delivery)
    }
  }

  return {
    start(given, { isSample }) {
      channels = given
      if (isSample)
        delivered(
          notices.waiting(DESKTOP, now()).map(({ id }) => id),
          SAMPLE,
        )
      look()
    },
    get isStarted() {
      return channels !== undefined
    },
    look,
    take() {
      if (channels?.desktop !== undefined || closing.signal.aborted) return []
      const messages = hold(now())
      if (messages.length > 0) reset()
      return messages
    },
    acknowledge(ids) {
      for (const id of ids) settle(id)
    },
    nextLapse(after) {
      const lapses = [...held.values()].flatMap(({ taken }) => (taken === null ? [] : [taken + LEASE_MS]))
      const soonest = Math.min(...lapses.filter((at) => at > after))
      return Number.isFinite(soonest) ? soonest : null
    },
    async close() {
      closing.abort()
      await Promise.all(delivering)
    },
  }
}
