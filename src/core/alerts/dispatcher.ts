import type { Changes } from '../changes.ts'
import { untilAborted } from '../feeds/signals.ts'
import type { Stores } from '../stores.ts'
import type { Channels } from './channel.ts'
import { DESKTOP, type Message, messagesOf, retryAfter } from './notices.ts'

/**
 * Brings notices from the outbox to the person and records it. The outbox alone knows what is still to be told: a message may
 * be told again after a crash, and none is lost.
 *
 * The desktop's channel delivers by itself. Where the engine has none, pages take what waits, and it counts as told when the
 * page that took it says so.
 */
export interface Dispatcher {
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
  /** The first moment after `after` at which `look` is due. */
  next(after: number): number | null
  /** Gives up what nobody was there to be told, and forgets what was told long ago. */
  tidy(signal: AbortSignal): Promise<void>
  /** Ends what is being delivered: it stays in the outbox. */
  close(): Promise<void>
}

export interface DispatcherParts extends Pick<Stores, 'notices'> {
  readonly changes: Changes
  readonly now: () => number
  readonly log: (line: string) => void
  /** The answer of `next` has changed. */
  readonly reset: () => void
}

/** A page that took a message and does not acknowledge it within this time has gone. */
const LEASE_MS = 30_000
/** So long a notice waits for somebody to be there; the inbox has its hits all the while. */
const WAITS_MS = 7 * 86_400_000
const KEPT_MS = 30 * 86_400_000
const NOBODY = 'Nobody was there to be told; its stories stand in the inbox.'
const SAMPLE = 'It is part of the sample.'
const SEEN = 'Its story was seen in the inbox before.'

/** A message that somebody is telling. */
interface Held {
  readonly alert: number
  readonly ids: readonly number[]
  /** How often each of its notices was tried before. */
  readonly attempts: number
  /** When a page took it; null: the channel has it. */
  readonly taken: number | null
}

export function createDispatcher({ notices, changes, now, log, reset }: DispatcherParts): Dispatcher {
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
    const busy = new Set([...held.values()].map(({ alert }) => alert))
    const due = notices.waiting(DESKTOP, time).filter(({ alertId }) => !busy.has(alertId))
    const seen = due.filter((notice) => notice.seen === 1).map(({ id }) => id)
    if (seen.length > 0) delivered(seen, SEEN)
    const unseen = due.filter((notice) => notice.seen === 0)
    return messagesOf(unseen).map(({ message, ids }) => ({
      message,
      ids,
      attempts: Math.max(...unseen.filter(({ id }) => ids.includes(id)).map((notice) => notice.attempts)),
    }))
  }

  function hold(taken: number | null): Message[] {
    return waiting(now()).map(({ message, ids, attempts }) => {
      held.set(message.id, { alert: message.alert.id, ids, attempts, taken })
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

  changes.subscribe((change) => {
    if (change.type === 'alerts' && change.hits > 0) look()
  })

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
    next(after) {
      const lapses = [...held.values()].flatMap(({ taken }) => (taken === null ? [] : [taken + LEASE_MS]))
      const moments = [
        ...lapses.filter((at) => at > after),
        notices.nextDue(after) ?? Number.POSITIVE_INFINITY,
      ]
      const soonest = Math.min(...moments)
      return Number.isFinite(soonest) ? soonest : null
    },
    async tidy(signal) {
      const steps = [
        () => notices.giveUp(now() - WAITS_MS, now(), NOBODY),
        () => notices.forget(now() - KEPT_MS),
      ]
      for (const step of steps)
        while (!signal.aborted && step() > 0) await new Promise((resolve) => setImmediate(resolve))
    },
    async close() {
      closing.abort()
      await Promise.all(delivering)
    },
  }
}
