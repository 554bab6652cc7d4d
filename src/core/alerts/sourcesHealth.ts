import { silence } from '../feeds/pace/silence.ts'
import { titleOf } from '../store/sources.ts'
import type { Stores } from '../stores.ts'
import { wordList } from '../wordList.ts'

/** Stories of a source that its rhythm is read from. */
const RHYTHM = 200
const NAMED = 3

/**
 * Tells a dead source from a calm topic: what is known of the sources whose stories an alert usually hits, as sentences.
 * '' where none of them is there any more.
 */
export function sourcesHealth(
  { sources }: Pick<Stores, 'sources'>,
  ids: readonly number[],
  now: number,
): string {
  const known = ids.filter((id) => sources.has(id)).map((id) => sources.get(id))
  if (known.length === 0) return ''
  const dead = known.filter(({ failures, ended, paused }) => failures > 0 || ended === 1 || paused === 1)
  const silent = known.filter(
    (source) => !dead.includes(source) && silence(sources.published(source.id, RHYTHM), now) !== '',
  )
  const sentences = [
    dead.length > 0 &&
      `${named(dead.map(titleOf))} cannot be fetched or ${dead.length === 1 ? 'is' : 'are'} paused.`,
    silent.length > 0 && `${named(silent.map(titleOf))} ${silent.length === 1 ? 'is' : 'are'} silent.`,
  ].filter((sentence) => sentence !== false)
  if (sentences.length === 0)
    return `${known.length === 1 ? 'Its source publishes' : `Its ${known.length} sources publish`} as usual: the topic is calm.`
  const rest = known.length - dead.length - silent.length
  return [
    ...sentences,
    rest === 0
      ? 'That may be an outage and not calm.'
      : `The other ${rest === 1 ? 'source publishes' : `${rest} sources publish`} as usual.`,
  ].join(' ')
}

const named = (titles: readonly string[]): string =>
  wordList(titles.length > NAMED ? [...titles.slice(0, NAMED), `${titles.length - NAMED} more`] : [...titles])
