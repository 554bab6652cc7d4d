import type { Engine } from '../engine.ts'
import type { Query } from '../query/ast.ts'
import { localDay } from '../query/localTime.ts'
import { tokenise } from '../query/tokenise.ts'
import { subjectOfRecord } from '../storySubject.ts'
import type { Door } from './dashboard.ts'
import { queryOf } from './stories.ts'

/** A person, organisation or place of the packs, as it occurs in the stories of a query. */
export interface Entity {
  name: string
  label: string
  type: 'person' | 'organisation' | 'place'
  stories: Door
  trend: number[]
  with: { name: string; label: string; stories: Door }[]
}

export interface Entities {
  /**
   * Who and what is in the stories of a query, most frequent first. Who is listed is read from the newest stories, as far
   * as a fraction of a second goes; how many stories name them is counted over all. @throws QueryError
   */
  list(input: { query: string; limit: number }): { entities: Entity[]; looked: number; whole: boolean }
}

const BUDGET_MS = 250
const STEP = 100
const TREND_DAYS = 14
const COMPANY = 5

export function entityNoun(engine: Engine): Entities {
  const { search, stories, definitions, now, timeZone } = engine

  /** How many stories each pair of entities shares, in the newest stories of the query. */
  function read(query: Query, wanted: ReadonlySet<string>) {
    const end = performance.now() + BUDGET_MS
    const single = new Map<string, number>()
    const together = new Map<string, Map<string, number>>()
    let looked = 0
    let cursor: string | undefined
    do {
      const page = search.list(query, { limit: STEP, ...(cursor === undefined ? {} : { cursor }) })
      for (const story of stories.many(page.rows.map(({ id }) => id))) {
        looked++
        const names = definitions()
          .conceptsIn(tokenise(subjectOfRecord(story)), now())
          .map(({ name }) => name)
          .filter((name) => wanted.has(name))
        for (const name of names) {
          single.set(name, (single.get(name) ?? 0) + 1)
          const others = together.get(name) ?? new Map<string, number>()
          together.set(name, others)
          for (const other of names) if (other !== name) others.set(other, (others.get(other) ?? 0) + 1)
        }
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined && performance.now() < end)
    return { single, together, looked, whole: cursor === undefined }
  }

  return {
    list({ query: text, limit }) {
      const query = queryOf(engine, text)
      const known = new Map(
        definitions().conceptRecords.flatMap((concept) =>
          concept.type === 'topic' ? [] : [[concept.name, concept]],
        ),
      )
      const { single, together, looked, whole } = read(query, new Set(known.keys()))
      const today = localDay(now(), timeZone)
      const door = (names: readonly string[]): Door => {
        const all = [
          ...names.map((name) => `@${name}`),
          ...(text.trim() === '' ? [] : [bracketed(text)]),
        ].join(' ')
        return { stories: search.count(queryOf(engine, all)).stories, query: all }
      }
      const most = (counts: ReadonlyMap<string, number>, n: number): string[] =>
        [...counts]
          .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
          .slice(0, n)
          .map(([name]) => name)
      const label = (name: string): string => known.get(name)?.label ?? name
      const entities = most(single, limit).map((name): Entity => {
        const stories = door([name])
        const days = search.histogram(
          queryOf(engine, `${stories.query} after:${isoDay(today - TREND_DAYS + 1)}`),
        )
        return {
          name,
          label: label(name),
          type: known.get(name)?.type as Entity['type'],
          stories,
          trend: Array.from({ length: TREND_DAYS }, (_, i) => days.get(today - TREND_DAYS + 1 + i) ?? 0),
          with: most(together.get(name) ?? new Map(), COMPANY).map((other) => ({
            name: other,
            label: label(other),
            stories: door([name, other]),
          })),
        }
      })
      return {
        entities: entities.sort((a, b) => b.stories.stories - a.stories.stories),
        looked,
        whole,
      }
    },
  }
}

/** Query text that another term can be put before: OR binds looser than AND. */
const bracketed = (text: string): string => (/\bOR\b/.test(text) ? `(${text.trim()})` : text.trim())

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
