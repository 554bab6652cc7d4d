import type { Event } from '../../api/contract/events.ts'

/** Names, or words, that an alert on an event asks for. */
const NAMES = 2
const WORDS = 3
const SHORTEST = 4

/**
 * A query to begin an alert on what an event is about with: the persons, organisations and places that at least half of its stories
 * name; where there are none, the longest words of its headline.
 */
export function eventQuery({
  entities,
  all,
  headline,
  name,
}: Pick<Event, 'entities' | 'all' | 'headline' | 'name'>): string {
  const read = Math.min(all.stories, Math.max(1, ...entities.map(({ stories }) => stories)))
  const names = entities.filter(({ stories }) => stories * 2 >= read).slice(0, NAMES)
  if (names.length > 0) return names.map((entity) => `@${entity.name}`).join(' ')
  const words: readonly string[] = (name || headline.title).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const longest = new Set(
    words
      .filter(({ length }) => length >= SHORTEST)
      .toSorted((a, b) => b.length - a.length)
      .slice(0, WORDS),
  )
  return [...longest].sort((a, b) => words.indexOf(a) - words.indexOf(b)).join(' ')
}
