import type { Stores } from '../stores.ts'
import type { Pack } from './pack.ts'
import { openPackFolder } from './packFolder.ts'

type Parts = Pick<Stores, 'together' | 'themes' | 'settings'>

/**
 * Installs the built-in pack into a data folder: all of it into a new one; into an older one what changed since, except themes
 * and concepts that the person edited or removed. Themes it changes become stale: the caller re-tags.
 * @param folder the pack, which is not checked: a test holds that `readPack` accepts the one that ships
 */
export function installBuiltIn(parts: Parts, folder: string): void {
  const { hash, pack } = openPackFolder(folder)
  if (parts.settings.get('builtInPack') === hash) return
  parts.together(() => {
    installPack(parts, pack(), { byPerson: false })
    parts.settings.set('builtInPack', hash)
  })
}

/** Installs a pack. `byPerson`: they chose it, so it overwrites themes and concepts of the same id, edited ones too. */
export function installPack(
  { together, themes }: Pick<Parts, 'together' | 'themes'>,
  pack: Pack,
  { byPerson }: { byPerson: boolean },
): void {
  together(() => {
    for (const concept of pack.concepts) themes.putConcept(concept, { edited: byPerson })
    for (const group of pack.groups)
      themes.put({
        key: group.id,
        kind: 'group',
        group_id: null,
        name: group.name,
        description: '',
        query: '',
        threshold: 0,
        colour: group.colour,
        position: group.order,
        enabled: 1,
        edited: byPerson ? 1 : 0,
      })
    for (const theme of pack.themes) {
      const there = themes.find(theme.id)
      if (!byPerson && there !== undefined && (there.edited === 1 || there.removed_at !== null)) continue
      themes.put({
        key: theme.id,
        kind: 'theme',
        group_id: themes.byKey(theme.group).id,
        name: theme.name,
        description: theme.description,
        query: theme.query,
        threshold: theme.threshold,
        colour: theme.colour,
        position: theme.order,
        enabled: theme.enabled ? 1 : 0,
        edited: byPerson ? 1 : 0,
      })
    }
    // A concept may stand in any theme's query.
    themes.allStale()
  })
}
