import type { ReactNode } from 'react'
import type { Blocs as Answer } from '../../api/contract/dashboard/blocs.ts'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import { NumberDoor } from '../components/numberDoor.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { themeColour } from '../components/themeSign.ts'
import { t } from '../messages/index.ts'
import { useFilterBy } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { FilterButton } from './filterButton.tsx'
import { silences } from './silence.ts'

/** Of the theme's colour at the deepest cell; text stays readable on it in both palettes. */
const DEEPEST = 45

/** Who covers what: a table of themes and blocs, darker where there is more, dashed where a bloc is conspicuously absent. */
export function Blocs(): ReactNode {
  const words = t.dashboard.blocs
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.blocs)}
      lines={18}
      note={({ rows }) =>
        silences(rows.filter(hasStories)).some((row) => row.includes(true)) ? words.note : undefined
      }
    >
      {(shown) => <BlocsTable shown={shown} />}
    </DashboardPanel>
  )
}

const hasStories = ({ cells }: Answer['rows'][number]): boolean => cells.some(({ stories }) => stories > 0)

function BlocsTable({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.blocs
  const { blocs } = shown
  const filterBy = useFilterBy()
  const rows = shown.rows.filter(hasStories)
  const silent = silences(rows)
  const most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ stories }) => stories)))
  return (
    <>
      {rows.length === 0 ? (
        <p className="py-1.5 text-ink-2">{words.none}</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full border-separate border-spacing-[2px]">
            <thead>
              <tr className="text-xs text-ink-3">
                <td />
                {blocs.map((bloc) => (
                  <th key={bloc} scope="col" className="pb-0.5 font-normal">
                    <FilterButton field="bloc" value={bloc} filterBy={filterBy}>
                      {bloc}
                    </FilterButton>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ theme, cells }, row) => (
                <tr key={theme.id}>
                  <th
                    scope="row"
                    title={theme.name}
                    className="w-[34%] max-w-0 truncate pr-2 text-left text-sm font-normal text-ink-2"
                  >
                    <ThemeSign colour={theme.colour} className="mr-2" />
                    <FilterButton field="theme" value={theme.id} filterBy={filterBy}>
                      {theme.name}
                    </FilterButton>
                  </th>
                  {cells.map((door, column) => {
                    const bloc = blocs[column] ?? ''
                    const dashed = silent[row]?.[column] === true
                    return (
                      <td
                        key={bloc}
                        className={classes(
                          'p-0 text-center text-sm',
                          (filterBy.is('bloc', bloc) || filterBy.is('theme', theme.id)) &&
                            'outline-1 -outline-offset-1 outline-accent',
                        )}
                      >
                        <NumberDoor
                          door={door}
                          of={words.bloc(theme.name, bloc)}
                          className={
                            dashed
                              ? 'block h-[22px] rounded-sm border border-dashed border-warn leading-5 [&]:text-warn'
                              : 'block h-[22px] rounded-sm leading-[22px]'
                          }
                          style={
                            door.stories === 0
                              ? undefined
                              : {
                                  backgroundColor: `color-mix(in srgb, ${themeColour(theme.colour)} ${
                                    6 + (DEEPEST - 6) * Math.sqrt(door.stories / most)
                                  }%, transparent)`,
                                }
                          }
                        >
                          {door.stories === 0 && !dashed ? '·' : undefined}
                        </NumberDoor>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
