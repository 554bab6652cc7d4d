import { type ReactNode, useState } from 'react'
import { EntityTable } from '../entities/entityTable.tsx'
import { t } from '../messages/index.ts'
import { useRangeCounts } from '../rangeCounts.ts'
import { DashboardPanel } from './dashboardPanel.tsx'
import { inTheme } from './layers.ts'

const SHOWN = 10

/** Who the stories of the range are about, of all themes or one. */
export function WhoAndWhat(): ReactNode {
  const words = t.entities
  const [chosen, setChosen] = useState('')
  return (
    <DashboardPanel
      title={words.title}
      answer={useRangeCounts()}
      lines={SHOWN}
      note={({ themes }) => (
        <select
          aria-label={words.theme}
          className="max-w-56 rounded-md border border-line bg-panel px-1.5 text-sm text-ink-2"
          value={themes.some(({ id }) => id === chosen) ? chosen : ''}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">{words.allThemes}</option>
          {themes
            .filter(({ kind }) => kind === 'theme')
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </select>
      )}
    >
      {({ stories: { query }, themes }) => {
        const theme = themes.find(({ id }) => id === chosen)
        return (
          <EntityTable
            query={theme === undefined ? query : inTheme(query, theme.id)}
            limit={SHOWN}
            colour={theme?.colour ?? 0}
          />
        )
      }}
    </DashboardPanel>
  )
}
