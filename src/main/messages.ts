/** The messages between the main process and the engine, over the engine's parent port. */

export type ToEngine =
  /** The page's end of a channel, handed on: answer the contract's calls on it. */
  | { readonly type: 'port' }
  /** Close the archive and end. */
  | { readonly type: 'close' }
  /** The answer to the engine's question of that number. */
  | { readonly type: 'proxies'; readonly question: number; readonly list: string }
  /** The answer to the engine's question of that number: a text sealed or opened; null where that cannot be done. */
  | { readonly type: 'secret'; readonly question: number; readonly text: string | null }
  /** The news of this number is shown on the desktop; or why it is not, in a sentence. */
  | { readonly type: 'shown'; readonly id: number; readonly failure: string | null }
  /** The person chose something to do on a notification. */
  | { readonly type: 'acted'; readonly act: NewsAct; readonly news: News }

export type FromEngine =
  | { readonly type: 'open' }
  /** The data folder cannot be opened at all (someone holds it, the archive is damaged): trying again will not help. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'unread'; readonly unread: number }
  /** To be shown on the desktop; the same number where it is sent again. */
  | { readonly type: 'news'; readonly id: number; readonly news: News }
  /** Which proxies the system has for an address; only the main process can ask it. */
  | { readonly type: 'ask-proxies'; readonly question: number; readonly url: string }
  /** A text to be sealed by the system's keeping of secrets, or opened again; only the main process can ask it. */
  | { readonly type: 'seal' | 'unseal'; readonly question: number; readonly text: string }

/** What a person can do on a notification beside opening it. */
export type NewsAct = 'seen' | 'snooze'

/** A desktop notification about an alert's hits. */
export interface News {
  /** The same for the same alert, so that a newer one takes the older one's place. */
  readonly tag: string
  readonly title: string
  readonly body: string
  /** The page's address that shows it. */
  readonly path: string
  /** The alert that it is about; null for none or several: there is nothing to do then but to open it. */
  readonly alert: number | null
  /** The one story that it is about; null for several. */
  readonly story: number | null
}
