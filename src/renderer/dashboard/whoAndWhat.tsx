import { type ReactNode, useState } from 'react'
import { Panel } from '../components/panel.tsx'
import { Skeleton } from '../components/states.tsx'
import { EntityTable } from '../entities/entityTable.tsx'
import { t } from '../messages/index.ts'
import { useRangeCounts } from '../rangeCounts.ts'
import { inTheme } from './layers.ts'

const SHOWN = 10

/** Who the stories of the range are about, of all themes or one. */
export function WhoAndWhat(): ReactNode {
  const words = t.entities
  const [chosen, setChosen] = useState('')
  const counts = useRangeCounts()
  const themes = (counts?.themes ?? []).filter(({ kind }) => kind === 'theme')
  const theme = themes.find(({ id }) => id === chosen)
  const query = counts?.stories.query
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
      {query === undefined ? (
        <Skeleton lines={SHOWN} />
      ) : (
        <EntityTable
          query={theme === undefined ? query : inTheme(query, theme.id)}
          limit={SHOWN}
          colour={theme?.colour ?? 0}
        />
      )}
    </Panel>
  )
}
