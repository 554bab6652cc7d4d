import type { NoticeBody } from '../alerts/noticeBody.ts'

/** How much of a notice a channel is told: titles with their links, titles alone, or only how many stories there are. */
export type Content = 'link' | 'title' | 'count'

/** Where a channel leads, as the person gave it. All of it is secret: who has it can post, or read. */
export interface Destination {
  readonly address: string
  /** The key that a webhook is signed by (`whsec_…`), or the access token of an ntfy server; '' for none. */
  readonly secret: string
}

/** One notice on its way to one channel. */
export interface Sending {
  /** The same in each repeat: a receiver knows a notice that it has by it. */
  readonly id: string
  /** When the notice was made, epoch ms. */
  readonly at: number
  /** When it is sent, epoch ms. */
  readonly now: number
  readonly notice: NoticeBody
  /** What it says beside its stories, as a sentence; '' for nothing. */
  readonly words: string
  readonly content: Content
  /** It is no notice: the person tries the channel. */
  readonly isTest: boolean
}

/** One request that tells a service of a notice: a POST. */
export interface Call {
  readonly url: string
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A service that is told by a POST of JSON. */
export interface Service {
  /**
   * Reads the address that a person gave.
   * @throws Problem with a sentence where it does not lead to this service; the sentence does not repeat the address
   */
  readonly read: (typed: string) => string
  readonly call: (destination: Destination, sending: Sending) => Call
}

/** A POST of JSON, with what every service is told of its sender. */
export function jsonCall(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Call {
  return {
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}
