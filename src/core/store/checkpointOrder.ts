/** What the thread is told that copies the write-ahead log. */
export interface CheckpointOrder {
  /** The archive's file. */
  readonly file: string
  /** One number that both threads see: where the order stands, one of `Order`. */
  readonly state: Int32Array<SharedArrayBuffer>
}

export const Order = { none: 0, given: 1, underWay: 2 } as const
