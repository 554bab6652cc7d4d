import type { Arrangement } from '../../api/contract/views.ts'
import type { DoorParts } from './parts.ts'

export interface Views {
  /** How the dashboard's panels are arranged. */
  panels(): Arrangement
  arrange(arrangement: Arrangement): Arrangement
}

export function viewNoun({ settings, changes }: Pick<DoorParts, 'settings' | 'changes'>): Views {
  return {
    panels: () => settings.get('panels'),
    arrange(arrangement) {
      settings.set('panels', arrangement)
      changes.emit({ type: 'views' })
      return arrangement
    },
  }
}
