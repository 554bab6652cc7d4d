import { firstFrom } from './firstFrom.ts'
import { endKey, type Occurrence, sorted, startKey } from './occurrence.ts'

/**
 * NEAR over occurrences. `a NEAR/5 b NEAR/5 c` is a chain: the span of a match of its first operands stands near an occurrence
 * of the next. Which spans there are is worked out link by link, each span once, whatever the number of ways to make it.
 */

/** One NEAR of a chain: at most `distance` words between; `ordered`: what is on its left comes first in the text. */
export interface Link {
  readonly distance: number
  readonly ordered: boolean
}

/** The occurrences of each operand of a chain, sorted; one more than it has links. */
type Operands = readonly (readonly Occurrence[])[]

/** True if one occurrence of each operand can be chosen as the links say. */
export function chainMatches(operands: Operands, links: readonly Link[]): boolean {
  if (matchesInOrder(operands, links)) return true
  if (links.every(({ ordered }) => ordered)) return false
  const last = operands.length - 1
  let left = spansOf(operands[0] as readonly Occurrence[])
  let most = MOST_PAIRS
  for (let i = 1; i < last; i++) {
    const right = spansOf(operands[i] as readonly Occurrence[])
    const joined = join(left, right, links[i - 1] as Link, most)
    most -= joined.pairs
    left = joined.spans
    if (left.starts.length === 0) return false
  }
  return anyPair(left, spansOf(operands[last] as readonly Occurrence[]), links[last - 1] as Link)
}

/** True if the operands can be chosen so that each comes after the one before: only where spans end counts then. */
function matchesInOrder(operands: Operands, links: readonly Link[]): boolean {
  let { ends } = byEnd(spansOf(operands[0] as readonly Occurrence[]))
  for (let i = 0; i < links.length && ends.length > 0; i++) {
    const { distance } = links[i] as Link
    const reached: number[] = []
    let next = 0
    for (const o of operands[i + 1] as readonly Occurrence[]) {
      const start = startKey(o)
      while (next < ends.length && (ends[next] as number) <= start) next++
      if (next > 0 && (ends[next - 1] as number) >= start - distance) reached.push(endKey(o))
    }
    ends = reached.length > 1 ? byEnd({ starts: [], ends: reached }).ends : reached
  }
  return ends.length > 0
}

/**
 * The occurrences that a match of the chain can be made of; [] where it does not match. Of very many, those of matches in the
 * order of the operands are enough, if there are any.
 */
export function chainOccurrences(operands: Operands, links: readonly Link[]): Occurrence[] {
  if (operands.reduce((sum, list) => sum + list.length, 0) > MANY) {
    const found = occurrencesInOrder(operands, links)
    if (found.length > 0) return found
  }
  const last = operands.length - 1
  const rights = operands.map(spansOf)
  const joins: Joined[] = []
  let left = rights[0] as Spans
  let most = MOST_PAIRS
  for (let i = 1; i < last; i++) {
    const joined = join(left, rights[i] as Spans, links[i - 1] as Link, most)
    most -= joined.pairs
    joins.push(joined)
    left = joined.spans
  }
  const found: Occurrence[] = []
  const take = (operand: number, indexes: Iterable<number>): void => {
    for (const i of indexes) found.push((operands[operand] as readonly Occurrence[])[i] as Occurrence)
  }
  const paired = pairedOf(left, rights[last] as Spans, links[last - 1] as Link)
  take(last, paired.right)
  // Back through the links: what the spans are made of that a match goes through.
  let alive = paired.left
  for (let i = last - 1; i >= 1; i--) {
    const { spans, made } = joins[i - 1] as Joined
    const keys = new Set([...alive].map((s) => keyOf(spans.starts[s] as number, spans.ends[s] as number)))
    const before = new Set<number>()
    const mine = new Set<number>()
    for (let pair = 0; pair < made.left.length; pair++) {
      if (!keys.has(made.keys[pair] as number)) continue
      before.add(made.left[pair] as number)
      mine.add(made.right[pair] as number)
    }
    take(i, mine)
    alive = before
  }
  take(0, alive)
  return sorted(found)
}

const MANY = 20_000

/** The occurrences of matches in which each operand comes after the one before. */
function occurrencesInOrder(operands: Operands, links: readonly Link[]): Occurrence[] {
  // Of each operand, those that a match of the operands so far ends with; then, from the last, those that it goes on from.
  const reached: (readonly Occurrence[])[] = [operands[0] as readonly Occurrence[]]
  links.forEach(({ distance }, i) => {
    const { ends } = byEnd(spansOf(reached[i] as readonly Occurrence[]))
    let next = 0
    reached.push(
      (operands[i + 1] as readonly Occurrence[]).filter((o) => {
        const start = startKey(o)
        while (next < ends.length && (ends[next] as number) <= start) next++
        return next > 0 && (ends[next - 1] as number) >= start - distance
      }),
    )
  })
  let later = reached.at(-1) as readonly Occurrence[]
  const found = new Set(later)
  for (let i = links.length - 1; i >= 0; i--) {
    const starts = later.map(startKey)
    const { distance } = links[i] as Link
    later = (reached[i] as readonly Occurrence[]).filter((o) => {
      const end = endKey(o)
      return (starts[firstFrom(starts, end)] as number) <= end + distance
    })
    for (const o of later) found.add(o)
  }
  return sorted([...found])
}

/** Spans sorted by start, then end; keys of `startKey` and `endKey`, so that fields lie further apart than any NEAR reaches. */
interface Spans {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** What a link makes of the spans on its left: new ones, each once, and of which pairs they are made. */
interface Joined {
  readonly spans: Spans
  /** How many pairs were looked at one by one. */
  readonly pairs: number
  readonly made: Pairs
}

/** Indexes of left and right spans, and the key of the span they make. */
interface Pairs {
  readonly left: number[]
  readonly right: number[]
  readonly keys: number[]
}

/**
 * Up to so many pairs of a chain are looked at one by one. Beyond that, only the narrowest span from each start and the
 * narrowest to each end are kept: no more than a text has words, so that the work grows with the text and the query, not with
 * the ways to combine them. A chain of two links loses nothing by that; a longer one could lose a match that needs a span
 * which is the narrowest from neither side, in a text where the first operands stand near each other in thousands of ways.
 */
const MOST_PAIRS = 16_384

function join(left: Spans, right: Spans, link: Link, most: number): Joined {
  const rightByEnd = byEnd(right)
  const pairs = countPairs(left, right, rightByEnd, link, most)
  const made =
    pairs <= most ? allPairs(left, right, rightByEnd, link) : narrowestPairs(left, right, rightByEnd, link)
  const keys = Float64Array.from(made.keys).sort()
  const spans = pairs <= most ? distinct(keys) : narrowest(keys)
  return { spans, pairs: pairs <= most ? pairs : 0, made }
}

/** How many pairs a link makes; counting ends above `most`. */
function countPairs(left: Spans, right: Spans, rightByEnd: ByEnd, link: Link, most: number): number {
  let count = 0
  for (let i = 0; i < left.starts.length && count <= most; i++) {
    const [start, end] = [left.starts[i] as number, left.ends[i] as number]
    count += firstFrom(right.starts, end + link.distance + 1) - firstFrom(right.starts, end)
    if (!link.ordered)
      count += firstFrom(rightByEnd.ends, start + 1) - firstFrom(rightByEnd.ends, start - link.distance)
  }
  return count
}

function allPairs(left: Spans, right: Spans, rightByEnd: ByEnd, { distance, ordered }: Link): Pairs {
  const made: Pairs = { left: [], right: [], keys: [] }
  for (let i = 0; i < left.starts.length; i++) {
    const [start, end] = [left.starts[i] as number, left.ends[i] as number]
    for (let j = firstFrom(right.starts, end); (right.starts[j] as number) <= end + distance; j++)
      addPair(made, i, j, start, right.ends[j] as number)
    if (ordered) continue
    for (
      let at = firstFrom(rightByEnd.ends, start - distance);
      (rightByEnd.ends[at] as number) <= start;
      at++
    ) {
      const j = rightByEnd.order[at] as number
      addPair(made, i, j, right.starts[j] as number, end)
    }
  }
  return made
}

/** Pairs among which are the narrowest from each start and to each end. */
function narrowestPairs(left: Spans, right: Spans, rightByEnd: ByEnd, { distance, ordered }: Link): Pairs {
  const made: Pairs = { left: [], right: [], keys: [] }
  const add = (i: number, j: number, leftFirst: boolean): void => {
    if (leftFirst) addPair(made, i, j, left.starts[i] as number, right.ends[j] as number)
    else addPair(made, i, j, right.starts[j] as number, left.ends[i] as number)
  }
  const leftByEnd = byEnd(left)
  const leftStarts = leftByEnd.order.map((i) => left.starts[i] as number)
  const rightStarts = rightByEnd.order.map((j) => right.starts[j] as number)
  best(leftByEnd.ends, 0, distance, right.starts, right.ends, -1).forEach((j, at) => {
    if (j >= 0) add(leftByEnd.order[at] as number, j, true)
  })
  best(right.starts, distance, distance, leftByEnd.ends, leftStarts, 1).forEach((at, j) => {
    if (at >= 0) add(leftByEnd.order[at] as number, j, true)
  })
  if (ordered) return made
  best(rightByEnd.ends, 0, distance, left.starts, left.ends, -1).forEach((i, at) => {
    if (i >= 0) add(i, rightByEnd.order[at] as number, false)
  })
  best(left.starts, distance, distance, rightByEnd.ends, rightStarts, 1).forEach((at, i) => {
    if (at >= 0) add(i, rightByEnd.order[at] as number, false)
  })
  return made
}

function addPair(made: Pairs, left: number, right: number, start: number, end: number): void {
  made.left.push(left)
  made.right.push(right)
  made.keys.push(keyOf(start, end))
}

/**
 * For each of `from` (rising), among the `keys` (rising) from `from - back` to `width` above that, the index of the one with
 * the greatest value (`sign` 1) or the least (-1); -1 where there is none. A sliding window, each key entered and left once.
 */
function best(
  from: readonly number[],
  back: number,
  width: number,
  keys: readonly number[],
  values: readonly number[],
  sign: 1 | -1,
): number[] {
  const queue: number[] = []
  let head = 0
  let next = 0
  return from.map((at) => {
    const low = at - back
    for (; next < keys.length && (keys[next] as number) <= low + width; next++) {
      const value = sign * (values[next] as number)
      while (queue.length > head && sign * (values[queue.at(-1) as number] as number) <= value) queue.pop()
      queue.push(next)
    }
    while (head < queue.length && (keys[queue[head] as number] as number) < low) head++
    return head < queue.length ? (queue[head] as number) : -1
  })
}

/** True if a link joins any two spans. */
function anyPair(left: Spans, right: Spans, { distance, ordered }: Link): boolean {
  if (anyWithin(byEnd(left).ends, right.starts, distance)) return true
  return !ordered && anyWithin(byEnd(right).ends, left.starts, distance)
}

/** True if one of `later` lies from one of `earlier` on, at most `distance` above it. Both rise. */
function anyWithin(earlier: readonly number[], later: readonly number[], distance: number): boolean {
  let j = 0
  for (const at of earlier) {
    while (j < later.length && (later[j] as number) < at) j++
    if (j === later.length) return false
    if ((later[j] as number) - at <= distance) return true
  }
  return false
}

/** Which spans on each side a link joins to any on the other. */
function pairedOf(
  left: Spans,
  right: Spans,
  { distance, ordered }: Link,
): { left: Set<number>; right: Set<number> } {
  const paired = { left: new Set<number>(), right: new Set<number>() }
  const within = (sortedKeys: readonly number[], low: number): boolean =>
    (sortedKeys[firstFrom(sortedKeys, low)] as number) <= low + distance
  const [leftEnds, rightEnds] = [byEnd(left).ends, byEnd(right).ends]
  left.starts.forEach((start, i) => {
    if (within(right.starts, left.ends[i] as number) || (!ordered && within(rightEnds, start - distance)))
      paired.left.add(i)
  })
  right.starts.forEach((start, j) => {
    if (within(leftEnds, start - distance) || (!ordered && within(left.starts, right.ends[j] as number)))
      paired.right.add(j)
  })
  return paired
}

function spansOf(list: readonly Occurrence[]): Spans {
  const starts: number[] = new Array(list.length)
  const ends: number[] = new Array(list.length)
  for (let i = 0; i < list.length; i++) {
    starts[i] = startKey(list[i] as Occurrence)
    ends[i] = endKey(list[i] as Occurrence)
  }
  return { starts, ends }
}

interface ByEnd {
  readonly ends: readonly number[]
  readonly order: readonly number[]
}

/** The ends of spans, rising, and the index of the span of each. */
function byEnd({ ends }: Spans): ByEnd {
  const order: number[] = new Array(ends.length)
  let rising = true
  for (let i = 0; i < ends.length; i++) {
    order[i] = i
    if (i > 0 && (ends[i] as number) < (ends[i - 1] as number)) rising = false
  }
  if (rising) return { ends, order }
  // End and index packed, so that they sort by end.
  const packed = new Float64Array(ends.length)
  for (let i = 0; i < ends.length; i++) packed[i] = (ends[i] as number) * KEYS + i
  packed.sort()
  const risen: number[] = new Array(ends.length)
  for (let i = 0; i < packed.length; i++) {
    order[i] = (packed[i] as number) % KEYS
    risen[i] = Math.floor((packed[i] as number) / KEYS)
  }
  return { ends: risen, order }
}

/** A span as one number, sorted by start, then end. */
const keyOf = (start: number, end: number): number => start * KEYS + end
/** Keys are below this, and so is the number of spans. */
const KEYS = 2 ** 24

/** @param keys sorted */
function distinct(keys: Float64Array): Spans {
  const starts: number[] = []
  const ends: number[] = []
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number
    if (i > 0 && key === keys[i - 1]) continue
    starts.push(Math.floor(key / KEYS))
    ends.push(key % KEYS)
  }
  return { starts, ends }
}

/** The narrowest span from each start, and the narrowest to each end. @param keys sorted */
function narrowest(keys: Float64Array): Spans {
  const all = distinct(keys)
  reached ??= new Uint8Array(KEYS)
  const kept: number[] = []
  for (let i = all.starts.length - 1; i >= 0; i--) {
    const end = all.ends[i] as number
    if (all.starts[i] !== all.starts[i - 1] || reached[end] === 0) kept.push(i)
    reached[end] = 1
  }
  for (const end of all.ends) reached[end] = 0
  kept.reverse()
  return { starts: kept.map((i) => all.starts[i] as number), ends: kept.map((i) => all.ends[i] as number) }
}

/** By key, whether a span that begins later ends there. */
let reached: Uint8Array | undefined
