import { DESKTOP, type Message } from '../alerts/notices.ts'
import type { ChannelRecord } from '../store/channels.ts'
import type { Channels } from './channel.ts'
import { type ChannelDeliveryParts, createChannelDelivery, type TestOutcome } from './channelDelivery.ts'
import { createDesktop } from './desktop.ts'

/**
 * Brings notices from the outbox to the people and programs they are for, and records it. The outbox alone knows what is still to
 * be told: a message may be told again after a crash, with its id, and none is lost.
 */
export interface Dispatcher {
  /**
   * Begins to deliver: what waits, and from now on whatever is committed.
   * @param channels what this process tells a person by
   * @param isSample what waits was brought by setting up the sample, and is no news to anybody
   */
  start(channels: Channels, options: { isSample: boolean }): void
  /** A shell is open that delivers, or whose pages do. */
  readonly isStarted: boolean
  /** Delivers what is due, or tells pages that something waits for them. */
  look(): void
  /**
   * Attempts what is due on channels beyond the desktop, where no shell is open, and waits for at most so many ms.
   * @returns how many notices still wait for them
   */
  attemptDue(patience: number): Promise<number>
  /** Sends a marked message to a channel. */
  test(channel: ChannelRecord): Promise<TestOutcome>
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

/** So long a notice waits for somebody to be there; the inbox has its hits all the while. */
const WAITS_MS = 7 * 86_400_000
const KEPT_MS = 30 * 86_400_000
const NOBODY = 'Nobody was there to be told; its stories stand in the inbox.'

export function createDispatcher(parts: ChannelDeliveryParts): Dispatcher {
  const { notices, changes, secrets, now, reset, log } = parts
  const desktop = createDesktop(parts)
  const others = createChannelDelivery(parts)
  let isOpen = false

  function begin(): void {
    if (isOpen) return
    isOpen = true
    // What the command line kept plainly is sealed where the desktop app can.
    secrets
      .sealAll()
      .catch((error: unknown) => log(`The addresses of channels could not be sealed: ${error}`))
  }
  function look(): void {
    desktop.look()
    if (isOpen) others.look()
  }
  changes.subscribe(({ type }) => {
    if (type === 'alerts') look()
  })

  return {
    start(channels, { isSample }) {
      begin()
      desktop.start(channels, { isSample })
      others.look()
    },
    get isStarted() {
      return desktop.isStarted
    },
    look,
    async attemptDue(patience) {
      begin()
      others.look()
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, patience)
      await Promise.race([others.idle(), late.promise])
      clearTimeout(timer)
      return notices.waitingBeside(DESKTOP)
    },
    test: (channel) => others.test(channel),
    take: () => desktop.take(),
    acknowledge: (ids) => desktop.acknowledge(ids),
    next(after) {
      const moments = [desktop.nextLapse(after), notices.nextDue(after)].filter((at) => at !== null)
      return moments.length === 0 ? null : Math.min(...moments)
    },
    async tidy(signal) {
      const steps = [
        () => notices.giveUp(now() - WAITS_MS, now(), NOBODY),
        () => notices.forget(now() - KEPT_MS),
      ]
      for (const step of steps)
        while (!signal.aborted && step() > 0) await new Promise((resolve) => setImmediate(resolve))
      reset()
    },
    async close() {
      await Promise.all([desktop.close(), others.close()])
    },
  }
}
