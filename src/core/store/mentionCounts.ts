import type { Mentions } from './mentions.ts'

/** How many stories name an entity, and how many events those are of; a story that waits for its event is one of its own. */
export interface Mentioned {
  readonly stories: number
  readonly events: number
}

/** Mentions in which the stories of an event follow each other: then its entities are counted once without being remembered. */
export type ByEvent = Mentions & { readonly byEvent: true }

/** Puts them in order. */
export function byEvent(chunks: readonly Mentions[]): ByEvent {
  const stories = chunks.reduce((sum, { ends }) => sum + ends.length, 0)
  const starts = new Uint32Array(stories)
  const lengths = new Uint32Array(stories)
  const keys = new Float64Array(stories)
  const all = new Uint32Array(chunks.reduce((sum, { entities }) => sum + entities.length, 0))
  let [story, at] = [0, 0]
  for (const { entities, ends, events } of chunks) {
    all.set(entities, at)
    for (let i = 0, from = 0; i < ends.length; i++) {
      const to = ends[i] as number
      starts[story] = at + from
      lengths[story] = to - from
      keys[story] = (events[i] as number) * stories + story
      from = to
      story++
    }
    at += entities.length
  }
  keys.sort()
  const entities = new Uint32Array(all.length)
  const ends = new Uint32Array(stories)
  const events = new Float64Array(stories)
  let end = 0
  for (let i = 0; i < stories; i++) {
    const key = keys[i] as number
    const from = key % stories
    events[i] = (key - from) / stories
    const start = starts[from] as number
    for (let j = start; j < start + (lengths[from] as number); j++) entities[end++] = all[j] as number
    ends[i] = end
  }
  return { entities, ends, events, byEvent: true }
}

/** The last event that counted is remembered: the stories of one follow each other. */
class Counter {
  stories = 0
  events = 0
  #last = 0

  add(event: number): void {
    this.stories++
    if (event === 0 || event !== this.#last) this.events++
    this.#last = event
  }
}

/** @returns by entity, how often the stories name it */
export function mentionCounts({ entities, ends, events }: ByEvent): ReadonlyMap<number, Mentioned> {
  const counts = new Map<number, Counter>()
  for (let story = 0, at = 0; story < ends.length; story++)
    for (const event = events[story] as number; at < (ends[story] as number); at++)
      counterOf(counts, entities[at] as number).add(event)
  return counts
}

/** @returns by entity of `wanted`, how often the same stories name another */
export function companyCounts(
  { entities, ends, events }: ByEvent,
  wanted: readonly number[],
): ReadonlyMap<number, ReadonlyMap<number, Mentioned>> {
  const company = new Map(wanted.map((entity) => [entity, new Map<number, Counter>()]))
  for (let story = 0, from = 0; story < ends.length; story++) {
    const to = ends[story] as number
    for (let i = from; i < to; i++) {
      const mine = company.get(entities[i] as number)
      if (mine === undefined) continue
      for (let j = from; j < to; j++)
        if (i !== j) counterOf(mine, entities[j] as number).add(events[story] as number)
    }
    from = to
  }
  return company
}

function counterOf(counts: Map<number, Counter>, entity: number): Counter {
  let counter = counts.get(entity)
  if (counter === undefined) {
    counter = new Counter()
    counts.set(entity, counter)
  }
  return counter
}
