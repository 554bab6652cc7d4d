import type { Range } from '../../../api/contract/common.ts'
import type { ThemeLabel } from '../../../api/contract/dashboard/panel.ts'
import type { Door } from '../../../api/contract/door.ts'
import type { Source } from '../../../api/contract/sources.ts'
import { entityDays } from '../../spikes/entityDays.ts'
import { type Expectations, expectations } from '../../spikes/expectations.ts'
import type { PerSource } from '../../store/counts.ts'
import { ALL_STORIES } from '../../store/tags.ts'
import type { ThemeRecord } from '../../store/themes.ts'
import type { DoorParts } from '../parts.ts'
import type { Sources } from '../sources.ts'
import { type Stretch, type Stretches, stretchesOf } from './stretch.ts'

/** The figures of one range that more than one panel shows. Each is computed when a panel first needs it. */
export interface RangeFigures extends Stretches {
  /** The enabled themes and groups in their order. */
  readonly themesAndGroups: readonly ThemeRecord[]
  /** The themes among them. */
  readonly themes: readonly ThemeRecord[]
  /** Stories of the range, by theme and source. */
  counts(): PerSource
  /** How many stories the range has, of a theme or group or of all. */
  door(of?: ThemeRecord): Door
  /** The same of the equal range before; null where the archive does not reach back that far. */
  doorBefore(of?: ThemeRecord): Door | null
  /** What is to be expected of the day that the range ends on. */
  expected(): Expectations
  /** All sources as they do now, whatever the range. */
  sources(): readonly Source[]
}

/** How old the figures may be (ms): panels that are asked for together share them, and the clock moves on. */
const KEPT_MS = 5_000

type Parts = Pick<
  DoorParts,
  | 'rowsWritten'
  | 'settings'
  | 'sources'
  | 'stories'
  | 'counts'
  | 'search'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

/**
 * Figures by range. Those of the last range are kept for the panels asked for with it, and dropped as soon as anything is
 * written or some seconds have passed.
 */
export function rangeFigures(parts: Parts, sourceList: Sources['list']): (range: Range) => RangeFigures {
  const entities = entityDays(parts)
  let kept: { range: string; written: number; at: number; figures: RangeFigures } | undefined

  function figuresOf(range: Range): RangeFigures {
    const { counts, timeZone } = parts
    const stretches = stretchesOf(range, {
      now: parts.now(),
      visitedAt: parts.settings.get('visitedAt'),
      oldest: parts.stories.oldest(),
      timeZone,
    })
    const themesAndGroups = parts.definitions().themes.filter(({ enabled }) => enabled === 1)
    const ids = [ALL_STORIES, ...themesAndGroups.map(({ id }) => id)]
    const count = ({ by, from, to }: Stretch): PerSource =>
      by === 'fetched' ? counts.fetched(from) : counts.published(ids, from, to)
    const present = once(() => count(stretches.now))
    const past = once(() => (stretches.before === null ? null : count(stretches.before)))
    return {
      ...stretches,
      themesAndGroups,
      themes: themesAndGroups.filter(({ kind }) => kind === 'theme'),
      counts: present,
      door: (of) => doorOf(of, present(), stretches.now),
      doorBefore(of) {
        const counted = past()
        return counted === null || stretches.before === null ? null : doorOf(of, counted, stretches.before)
      },
      expected: once(() => expectations(parts, themesAndGroups, stretches.now.to, entities)),
      sources: once(sourceList),
    }
  }

  return (range) => {
    const key = JSON.stringify(range)
    const written = parts.rowsWritten()
    const at = parts.now()
    if (kept?.range !== key || kept.written !== written || Math.abs(at - kept.at) > KEPT_MS)
      kept = { range: key, written, at, figures: figuresOf(range) }
    return kept.figures
  }
}

/** The sum over sources: all of them, or those of which `has` is true. */
export function total(
  bySource: ReadonlyMap<number, number> | undefined,
  has: (source: number) => boolean = () => true,
): number {
  let sum = 0
  for (const [source, stories] of bySource ?? []) if (has(source)) sum += stories
  return sum
}

export const labelOf = ({ key, name, colour }: ThemeRecord): ThemeLabel => ({ id: key, name, colour })

const doorOf = (theme: ThemeRecord | undefined, counts: PerSource, { query }: Stretch): Door =>
  theme === undefined
    ? { stories: total(counts.get(ALL_STORIES)), query }
    : { stories: total(counts.get(theme.id)), query: `theme:${theme.key} ${query}`.trim() }

function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}
