/** The inputs of time: no part of the core asks the system for them. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** IANA name; days and dates are local to it. */
  readonly timeZone: string
}
