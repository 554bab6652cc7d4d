import type { ReactNode } from 'react'
import type { Blocs as Answer } from '../../api/contract/dashboard/blocs.ts'
import { api } from '../api.ts'
import { NumberDoor } from '../components/numberDoor.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { themeColour } from '../components/themeSign.ts'
import { useCountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'
import { useChoices } from '../query/choiceMenu.tsx'
import { useFilterBy } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { FilterButton } from './filterButton.tsx'
import { silences } from './silence.ts'
import { Spark } from './spark.tsx'

/** Of the theme's colour at the deepest cell; text stays readable on it in both palettes. */
const DEEPEST = 45
/** Percent of the table's width that all blocs have together. */
const BLOC_COLUMNS = 46

/**
 * Who covers what: a table of themes and blocs, darker where a bloc has more of the theme's voice, dashed where it is conspicuously
 * absent; beside each theme its share over time, of the framed bloc or of all.
 */
export function Blocs(): ReactNode {
  const words = t.dashboard.blocs
  const unit = useCountUnit()
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.blocs)}
      lines={18}
      note={({ rows }) => {
        const shown = rows.filter(hasStories)
        const note = words.note(
          unit,
          silences(shown).some((row) => row.includes(true)),
        )
        return (
          shown.length > 0 && (
            <span className="block truncate" title={note}>
              {note}
            </span>
          )
        )
      }}
    >
      {(shown) => <BlocsTable shown={shown} />}
    </DashboardPanel>
  )
}

const hasStories = ({ cells }: Answer['rows'][number]): boolean => cells.some(({ stories }) => stories > 0)

function BlocsTable({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.blocs
  const { blocs, framed, shares } = shown
  const filterBy = useFilterBy()
  const rows = shown.rows.filter(hasStories)
  const silent = silences(rows)
  const known = useChoices().bloc
  if (rows.length === 0)
    return <p className="py-1.5 text-ink-2">{known.length === 0 ? words.none : t.dashboard.volume.none}</p>
  const frame = (bloc: string): string =>
    bloc === framed ? 'border-x border-accent' : 'border-x border-transparent'
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-x-0 border-spacing-y-[2px]">
        <thead>
          <tr className="text-xs text-ink-3">
            <td />
            {blocs.map((bloc) => (
              <th
                key={bloc}
                scope="col"
                // Equally wide, whatever their figures: a table gives a column what its words need.
                style={{ width: `${BLOC_COLUMNS / blocs.length}%` }}
                className={`pb-0.5 font-normal ${frame(bloc)} ${bloc === framed ? 'border-t' : ''}`}
              >
                <FilterButton field="bloc" value={bloc} filterBy={filterBy}>
                  {bloc}
                </FilterButton>
              </th>
            ))}
            <th scope="col" colSpan={2} className="pb-0.5 pl-3 text-right font-normal whitespace-nowrap">
              {framed === null ? words.shareOfAll : words.shareOf(framed)}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row
              key={row.theme.id}
              row={row}
              blocs={blocs}
              framed={framed}
              silent={silent[index] ?? []}
              frame={frame}
            />
          ))}
        </tbody>
        <tfoot>
          <tr className="text-xs text-ink-3">
            <th scope="row" className="pr-2 text-left font-normal">
              {words.voice}
            </th>
            {blocs.map((bloc, column) => {
              const { stories, share } = shares[column] ?? { stories: { stories: 0, query: '' }, share: null }
              const percent = words.percent(share ?? 0)
              return (
                <td
                  key={bloc}
                  className={`text-center ${frame(bloc)} ${bloc === framed ? 'border-b font-semibold text-ink' : ''}`}
                >
                  <NumberDoor
                    door={{ stories: stories.stories, query: stories.query }}
                    of={words.voiceHint(bloc, percent)}
                  >
                    {percent}
                  </NumberDoor>
                </td>
              )
            })}
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Row(props: {
  row: Answer['rows'][number]
  blocs: readonly string[]
  framed: string | null
  /** Of each bloc, whether its silence tells something. */
  silent: readonly boolean[]
  frame: (bloc: string) => string
}): ReactNode {
  const words = t.dashboard.blocs
  const { blocs, framed, silent, frame } = props
  const { theme, cells, share, counted, weeks } = props.row
  const filterBy = useFilterBy()
  const chosen = filterBy.is('theme', theme.id)
  const all = cells.reduce((sum, { stories }) => sum + stories, 0)
  const percent = words.percent(share ?? 0)
  return (
    <tr className={chosen ? 'bg-selected' : undefined}>
      <th
        scope="row"
        title={theme.name}
        className="w-[32%] max-w-0 truncate pr-2 text-left text-sm font-normal text-ink-2"
      >
        <ThemeSign colour={theme.colour} className="mr-2" />
        <FilterButton field="theme" value={theme.id} filterBy={filterBy}>
          {theme.name}
        </FilterButton>
      </th>
      {cells.map((door, column) => {
        const bloc = blocs[column] ?? ''
        const dashed = silent[column] === true
        return (
          <td key={bloc} className={`px-px py-0 text-center text-sm ${frame(bloc)}`}>
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
                        6 + (DEEPEST - 6) * Math.sqrt(door.stories / all)
                      }%, transparent)`,
                    }
              }
            >
              {door.stories === 0 && !dashed ? '·' : undefined}
            </NumberDoor>
          </td>
        )
      })}
      <td className="w-[76px] pl-3">
        <Spark
          counts={weeks.map((week) => week ?? 0)}
          colour={theme.colour}
          width={64}
          label={words.weeks(
            theme.name,
            weeks.map((week) => (week === null ? '–' : words.percent(week))).join(', '),
          )}
        />
      </td>
      <td className="w-[40px] text-right text-sm">
        <NumberDoor
          door={{ stories: counted.stories, query: counted.query }}
          of={words.shareHint(theme.name, framed, percent)}
          className="font-semibold"
        >
          {percent}
        </NumberDoor>
      </td>
    </tr>
  )
}
