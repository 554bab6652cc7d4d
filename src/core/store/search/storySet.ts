/** A set of stories of one stretch of the archive, as a bit set of their places in it. */
export class StorySet {
  private readonly bits: Uint32Array
  readonly size: number

  constructor(size: number) {
    this.size = size
    this.bits = new Uint32Array(Math.ceil(size / 32))
  }

  add(place: number): void {
    const at = place >>> 5
    this.bits[at] = (this.bits[at] as number) | (1 << (place & 31))
  }

  /** Adds all stories of another set of this stretch. */
  unite(other: StorySet): this {
    for (let i = 0; i < this.bits.length; i++)
      this.bits[i] = (this.bits[i] as number) | (other.bits[i] as number)
    return this
  }

  /** Keeps only the stories that are in another set too. */
  intersect(other: StorySet): this {
    for (let i = 0; i < this.bits.length; i++)
      this.bits[i] = (this.bits[i] as number) & (other.bits[i] as number)
    return this
  }

  /** The places, last first. */
  *lastFirst(): Generator<number> {
    for (let i = this.bits.length - 1; i >= 0; i--) {
      let rest = this.bits[i] as number
      while (rest !== 0) {
        const bit = 31 - Math.clz32(rest)
        yield i * 32 + bit
        rest &= ~(1 << bit)
      }
    }
  }
}
