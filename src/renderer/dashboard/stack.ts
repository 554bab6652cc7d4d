/** Where the parts of the volume chart stand. Pure: sizes in pixels, counts in. */
import type { Layer } from './layers.ts'

/** From the plot's left and top edge. */
export interface Scale {
  /** The left edge of a bucket; of the one behind the last: the right edge of the plot. */
  readonly x: (bucket: number) => number
  readonly y: (count: number) => number
  /** Round counts for the axis, from 0. */
  readonly ticks: readonly number[]
}

export function scaleOf(most: number, buckets: number, width: number, height: number): Scale {
  const ticks = roundTicks(most)
  const top = ticks.at(-1) ?? 1
  return {
    x: (bucket) => (width * bucket) / Math.max(1, buckets),
    y: (count) => height - (height * count) / top,
    ticks,
  }
}

const MOST_TICKS = 4

/** 0 and at most four round counts over it, the last no less than `most`. */
function roundTicks(most: number): number[] {
  const rough = Math.max(1, most / MOST_TICKS)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step =
    [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough && Number.isInteger(n)) ?? 10 * power
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step)
}

/** The sums under each layer and over the last one: as many rows as layers and one more. */
export function stacked(layers: readonly Layer[], buckets: number): number[][] {
  const rows = [new Array<number>(buckets).fill(0)]
  for (const { stories } of layers) {
    const under = rows.at(-1) as number[]
    rows.push(under.map((sum, i) => sum + (stories[i] ?? 0)))
  }
  return rows
}

/** A layer as an area with a step a bucket. */
export function stepArea(under: readonly number[], over: readonly number[], { x, y }: Scale): string {
  const at = (n: number): string => n.toFixed(1)
  const up = over.map((sum, i) => `L${at(x(i))} ${at(y(sum))}L${at(x(i + 1))} ${at(y(sum))}`)
  const back = under.map((sum, i) => `L${at(x(i + 1))} ${at(y(sum))}L${at(x(i))} ${at(y(sum))}`).toReversed()
  return `M${at(x(0))} ${at(y(under[0] ?? 0))}${up.join('')}${back.join('')}Z`
}

/**
 * Places for labels that want to stand at these heights: in their order, so far apart that none touches another, within the plot.
 * @param wanted from top to bottom
 */
export function spread(wanted: readonly number[], apart: number, bottom: number): number[] {
  const placed: number[] = []
  for (const at of wanted) placed.push(Math.max(at, (placed.at(-1) ?? -Infinity) + apart))
  for (let i = placed.length - 1, limit = bottom; i >= 0; i--) {
    placed[i] = Math.min(placed[i] as number, limit)
    limit = (placed[i] as number) - apart
  }
  return placed
}

/** The layer that holds a height in a bucket; null above all of them. */
export function layerAt(layers: readonly Layer[], bucket: number, height: number): Layer | null {
  let top = 0
  for (const layer of layers) {
    top += layer.stories[bucket] ?? 0
    if (height >= 0 && height < top) return layer
  }
  return null
}

/** Buckets whose label the axis has room for: evenly spaced, `each` pixels apart at least. */
export function labelled(buckets: number, width: number, each: number): number[] {
  const step = Math.max(1, Math.ceil((each * buckets) / Math.max(1, width)))
  return Array.from({ length: Math.ceil(buckets / step) }, (_, i) => i * step)
}

/** Where in the buckets a moment falls, as a fraction of them all; null outside. */
export function placeOf(moment: number, starts: readonly number[], end: number): number | null {
  const [first] = starts
  if (first === undefined || moment < first || moment >= end) return null
  const at = starts.findLastIndex((start) => start <= moment)
  const from = starts[at] as number
  const to = starts[at + 1] ?? end
  return (at + (moment - from) / (to - from)) / starts.length
}
