import type { Mentions } from './mentions.ts'

/** How many stories name an entity, and how many events those are of; a story that waits for its event is one of its own. */
export interface Mentioned {
  readonly stories: number
  readonly events: number
}

/** Counts by entity: of its stories, those of events are told apart. */
class Counter {
  stories = 0
  #waiting = 0
  readonly #events = new Set<number>()

  add(event: number): void {
    this.stories++
    if (event === 0) this.#waiting++
    else this.#events.add(event)
  }

  get events(): number {
    return this.#events.size + this.#waiting
  }
}

/** @returns by entity, how often some stories name it */
export function mentionCounts(): {
  add(some: Mentions): void
  readonly counts: ReadonlyMap<number, Mentioned>
} {
  const counts = new Map<number, Counter>()
  return {
    add({ entities, ends, events }) {
      for (let story = 0, at = 0; story < ends.length; story++)
        for (const event = events[story] as number; at < (ends[story] as number); at++)
          counterOf(counts, entities[at] as number).add(event)
    },
    counts,
  }
}

/** @returns by entity of `wanted`, how often the same stories name another */
export function companyCounts(wanted: ReadonlySet<number>): {
  add(some: Mentions): void
  readonly of: (entity: number) => ReadonlyMap<number, Mentioned>
} {
  const company = new Map([...wanted].map((entity) => [entity, new Map<number, Counter>()]))
  return {
    add({ entities, ends, events }) {
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
    },
    of: (entity) => company.get(entity) ?? new Map(),
  }
}

function counterOf(counts: Map<number, Counter>, entity: number): Counter {
  let counter = counts.get(entity)
  if (counter === undefined) {
    counter = new Counter()
    counts.set(entity, counter)
  }
  return counter
}
