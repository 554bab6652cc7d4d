import { type ReactNode, useState } from 'react'
import type { Dashboard } from '../../api/contract/dashboard.ts'
import { Panel } from '../components/panel.tsx'
import { EntityTable } from '../entities/entityTable.tsx'
import { t } from '../messages/index.ts'
import { inTheme } from './layers.ts'

/** Who the stories of the range are about, of all themes or one. */
export function WhoAndWhat({ dashboard }: { dashboard: Dashboard }): ReactNode {
  const words = t.entities
  const [chosen, setChosen] = useState('')
  const themes = dashboard.cards.filter(({ kind }) => kind === 'theme')
  const theme = themes.find(({ id }) => id === chosen)
  const { query } = dashboard.range
  return (
    <Panel
      title={words.title}
      note={
        <select
          aria-label={words.theme}
          className="max-w-56 rounded-md border border-line bg-panel px-1.5 text-sm text-ink-2"
          value={theme?.id ?? ''}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">{words.allThemes}</option>
          {themes.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      }
    >
      <EntityTable
        query={theme === undefined ? query : inTheme(query, theme.id)}
        limit={10}
        colour={theme?.colour ?? 0}
      />
    </Panel>
  )
}
