import type { Message } from '../alerts/notices.ts'

/** A way to tell a person something outside the page. What runs the engine supplies it. */
export interface Channel {
  /**
   * Tells a message: at least once, and with the same id where it is told again.
   * @returns resolves when the person can see it
   * @throws Error with a sentence where that failed; it is tried again
   */
  deliver(message: Message, signal: AbortSignal): Promise<void>
}

/** The channels that deliver by themselves, by name. A page takes what waits for `desktop` where nobody else delivers it. */
export interface Channels {
  readonly desktop?: Channel | undefined
}
