/**
 * Rows of numbers in one array: reading a row touches one stretch of memory, while an array per row would cost three cache
 * misses. A row that outgrows its room is copied to the end with twice the room; when half is unused, all rows are compacted.
 */
export class Rows {
  /** Row `r` is `numbers` from `from(r)` to `to(r)`; before it stand its room and its length. */
  numbers = new Int32Array(256)
  /** Where each row begins; 0: it is empty. */
  private starts = new Int32Array(64)
  private used = HEAD
  private wasted = 0

  /** Where a row begins; 0 where it is empty. */
  from(row: number): number {
    return row < this.starts.length ? (this.starts[row] as number) : 0
  }

  /** Where a row that begins at `from` ends. */
  to(from: number): number {
    return from + (this.numbers[from - 1] as number)
  }

  append(row: number, values: readonly number[]): void {
    if (row >= this.starts.length) this.starts = grown(this.starts, row + 1)
    let from = this.starts[row] as number
    const length = from === 0 ? 0 : (this.numbers[from - 1] as number)
    if (from === 0 || length + values.length > (this.numbers[from - 2] as number)) {
      // The first time it gets just what it needs: most rows never grow.
      const room = Math.max(2 * length, length + values.length)
      from = this.place(row, from, length, room)
    }
    this.numbers.set(values, from + length)
    this.numbers[from - 1] = length + values.length
  }

  /** Replaces a row by one that is no longer. */
  shorten(row: number, values: readonly number[]): void {
    const from = this.from(row)
    if (from === 0) return
    this.numbers.set(values, from)
    this.numbers[from - 1] = values.length
    if (values.length > 0) return
    this.wasted += HEAD + (this.numbers[from - 2] as number)
    this.starts[row] = 0
    if (this.wasted > this.used / 2) this.gather()
  }

  private place(row: number, before: number, length: number, room: number): number {
    if (this.used + HEAD + room > this.numbers.length)
      this.numbers = grown(this.numbers, this.used + HEAD + room)
    const from = this.used + HEAD
    if (before > 0) {
      this.numbers.copyWithin(from, before, before + length)
      this.wasted += HEAD + (this.numbers[before - 2] as number)
    }
    this.numbers[from - 2] = room
    this.used = from + room
    this.starts[row] = from
    return from
  }

  /** Writes all rows anew, one after another. */
  private gather(): void {
    const { numbers, starts } = this
    this.numbers = new Int32Array(Math.max(256, this.used - this.wasted))
    this.used = HEAD
    this.wasted = 0
    for (let row = 0; row < starts.length; row++) {
      const before = starts[row] as number
      if (before === 0) continue
      const length = numbers[before - 1] as number
      const from = this.place(row, 0, 0, length)
      this.numbers.set(numbers.subarray(before, before + length), from)
      this.numbers[from - 1] = length
    }
  }
}

/** The room and the length of a row, before its numbers. */
const HEAD = 2

function grown(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(2 * array.length, least))
  longer.set(array)
  return longer
}
