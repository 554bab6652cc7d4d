import type { Clock } from '../clock.ts'
import { startOfDay } from '../localTime.ts'
import { docidFrom } from '../store/docid.ts'
import { byEvent, type Mentioned, mentionCounts } from '../store/mentionCounts.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'

/** How much there is on one local day (days since 1970-01-01). */
export interface EntityDay extends Mentioned {
  readonly day: number
}

/** Stories and events per day of a person, organisation or place of the packs. */
export interface EntitySeries {
  readonly name: string
  readonly label: string
  /** Lists its stories; with `on:` those of a day. */
  readonly query: string
  /** The day and the same weekday of the weeks before. */
  readonly counts: readonly EntityDay[]
}

/** The series of every entity that has a story on a local day or on the same weekday of the weeks before it. */
export type EntityDays = (day: number, weeks: number) => EntitySeries[]

export interface EntityParts extends Pick<Stores, 'mentions'>, Pick<Clock, 'timeZone'> {
  readonly definitions: () => Pick<Definitions, 'conceptRecords'>
}

const NONE: Mentioned = { stories: 0, events: 0 }

export function entityDays({ mentions, timeZone, definitions }: EntityParts): EntityDays {
  const ofDay = (day: number): ReadonlyMap<number, Mentioned> => {
    const [from, to] = [day, day + 1].map((one) => docidFrom(startOfDay(one, timeZone))) as [number, number]
    return mentionCounts(byEvent([...mentions.between(from, to)]))
  }

  return (day, weeks) => {
    const labels = new Map(
      definitions().conceptRecords.flatMap(({ name, label, type }) =>
        type === 'topic' ? [] : [[name, label] as const],
      ),
    )
    const days = Array.from({ length: weeks + 1 }, (_, week) => day - 7 * (weeks - week))
    const counted = days.map(ofDay)
    // Of what is still being looked for, only the latest days are known.
    const stale = new Set(mentions.stale())
    return [...mentions.names()].flatMap(([entity, name]) => {
      const label = labels.get(name)
      if (label === undefined || stale.has(name) || !counted.some((counts) => counts.has(entity))) return []
      return {
        name,
        label,
        query: `@${name}`,
        counts: days.map((one, i) => {
          const { stories, events } = counted[i]?.get(entity) ?? NONE
          return { day: one, stories, events }
        }),
      }
    })
  }
}
