import type { SilentSource } from '../../../api/contract/dashboard/above.ts'
import type { Source } from '../../../api/contract/sources.ts'
import type { SourceKind } from '../../store/sources.ts'
import type { Panel, PanelParts } from './panel.ts'

/** How the sources do now, whatever the range. */
export function healthPanel({ figures }: Pick<PanelParts, 'figures'>): Panel<'health'> {
  return (range) => {
    const list = figures(range).sources()
    const kinds = new Map<SourceKind, number>()
    for (const { kind } of list) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    return {
      ok: list.filter(({ state }) => state === 'ok' || state === 'new' || state === 'fetching').length,
      failing: list
        .filter(({ state }) => state === 'failing' || state === 'ended')
        .map(({ id, title, error }) => ({ id, title, message: error?.message ?? '' })),
      silent: silentNow(list),
      paused: list.filter(({ state }) => state === 'paused').length,
      kinds: [...kinds].map(([kind, sources]) => ({ kind, sources })),
    }
  }
}

/** The sources that have had no story for longer than their rhythm lets one expect. */
export const silentNow = (list: readonly Source[]): SilentSource[] =>
  list
    .filter(({ state }) => state === 'silent')
    .map(({ id, title, silence }) => ({ id, title, message: silence }))
