/**
 * What an alert's next decision hangs on. All of it are plain values: written as JSON and read again, they decide the same.
 */

/** A hit that waits to be told. */
export interface WaitingHit {
  readonly story: number
  readonly event: number | null
  /** Epoch ms of its arrival. */
  readonly at: number
}

export interface AlertState {
  /** The latest moment that was decided for; the clock may have been set back since. */
  now: number
  /** How many windows were told: the next one's number. */
  windows: number
  lastTold: number | null
  /** Notices of the last hour, oldest first, with the priority that the alert had; kept where it has a cap. */
  recent: { at: number; priority: number }[]
  /** Told together when all that holds them allows it, oldest first. */
  held: WaitingHit[]
  /** What is said beside them. */
  said: string[]
  /** When the digest is due that `held` waits for. */
  digest: number | null
  /** Hits that count towards a threshold or a spike and have not been told, oldest first. */
  counted: WaitingHit[]
  /** Hits by local day of publication (days since 1970-01-01): the history of a spike or a share. Oldest first. */
  days: { day: number; count: number }[]
  /** The first day that could have counted anything; null where that is not known. */
  since: number | null
  /** The local day of the last spike or share that was told. */
  spiked: number | null
  /** The last hit, of which a silence is counted; when the hits before it came, newest last; whose they were. */
  last: { story: number; at: number } | null
  arrivals: number[]
  sources: number[]
  /** The story after which a silence was told. */
  silentAfter: number | null
  /** First fetches of sources that were told of: a large one comes in several transactions. */
  firsts: { source: number; key: string; at: number }[]
  /** Nothing is told before this moment. */
  snoozedUntil: number | null
  /** Events that are snoozed until a moment. */
  snoozes: { event: number; until: number }[]
}

export const initialState = (): AlertState => ({
  now: 0,
  windows: 0,
  lastTold: null,
  recent: [],
  held: [],
  said: [],
  digest: null,
  counted: [],
  days: [],
  since: null,
  spiked: null,
  last: null,
  arrivals: [],
  sources: [],
  silentAfter: null,
  firsts: [],
  snoozedUntil: null,
  snoozes: [],
})

/** How many hits tell how often there usually is one. */
export const USUAL = 20

/** What the archive tells of the time before an alert watched. */
export interface History {
  /** The first day that could have counted anything; null where that is not known. */
  readonly since: number | null
  /** Matches by local day of publication, oldest first. */
  readonly days: readonly { readonly day: number; readonly count: number }[]
  /** The last matches, oldest first. */
  readonly arrivals: readonly { readonly story: number; readonly source: number; readonly at: number }[]
}

/** What an alert has told of an event. */
export interface EventMark {
  /** The key of the notice that told of it; null: it waits, or is only counted so far. */
  told: string | null
  /** Hits of the alert on the event, and how many of them when it was last told. */
  hits: number
  toldHits: number
  /** Its growth was told. */
  grown: boolean
  /** Snoozed until a moment (null: until it grows), when it had so many hits; these came since. */
  snoozed: { until: number | null; hits: number; held: WaitingHit[] } | null
}

export const newMark = (): EventMark => ({ told: null, hits: 0, toldHits: 0, grown: false, snoozed: null })

/** The marks of one alert by event: a Map, or an archive's. What `set` was given is not altered afterwards. */
export interface Marks {
  get(event: number): EventMark | undefined
  set(event: number, mark: EventMark): void
  delete(event: number): void
}
