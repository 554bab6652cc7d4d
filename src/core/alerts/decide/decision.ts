/** What holds a notice back, with the moment until which it does (epoch ms). */
export type Gates = Partial<Record<'digest' | 'snooze' | 'quiet' | 'cooldown' | 'cap', number>>

/** What was decided of a hit when it arrived, and why. Kept with the hit. */
export interface Decision {
  readonly outcome:
    | 'told'
    /** Told together with others when nothing holds it any more. */
    | 'held'
    /** Its event was told before. */
    | 'collapsed'
    /** The person has snoozed its event. */
    | 'snoozed'
    /** Older than the horizon when it arrived. */
    | 'old'
    /** Counts towards a threshold, a spike or a silence, which alone are told. */
    | 'counted'
    /** The person saw it before it was told. */
    | 'seen'
    /** It came in while nobody was there to be told. */
    | 'unannounced'
    /** It was in the archive when the person asked for old matches. */
    | 'backfilled'
  /** Epoch ms. */
  readonly at: number
  /** How old the story was, and how old it may be, in ms. */
  readonly age: number
  readonly horizon: number
  readonly trigger: string
  /** What held it back when it arrived. */
  readonly gates: Gates
  /** The notice that tells of it, or of its event. */
  readonly key: string | null
  /** When that was told. */
  readonly told: number | null
}

/** What an alert has to tell now. */
export interface ToldNotice {
  /** 'event:7', 'event:7:grown', 'story:12', 'window:3', 'silence:12', 'spike:20432': unique for the alert, for ever. */
  readonly key: string
  /** The one event that it is about. */
  readonly event: number | null
  readonly trigger: string
  readonly priority: number
  readonly at: number
  readonly words: string
  /** Its hits, oldest first. */
  readonly stories: readonly number[]
  /** A silence has no hits: the story before it. */
  readonly about: number | undefined
}
