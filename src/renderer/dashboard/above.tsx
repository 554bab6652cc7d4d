import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Above as Answer } from '../../api/contract/dashboard/above.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { number, signed } from '../format.ts'
import { t } from '../messages/index.ts'
import { weekOf } from '../range.ts'
import { useFormat } from '../useFormat.ts'
import { setRange, useFilterBy } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { FilterButton } from './filterButton.tsx'

/** More than these are counted in a line. */
const SHOWN = 8
/** Where fewer stand out, what changed most fills the panel up to this many entries. */
const ROOM = 5

/** Themes, blocs and entities above what their weekdays predict, with the arithmetic; below, silent sources and what else changed most. */
export function Above(): ReactNode {
  const words = t.dashboard.above
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.above)}
      lines={10}
      note={() => words.note}
    >
      {(shown) => <Unusual shown={shown} />}
    </DashboardPanel>
  )
}

function Unusual({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.above
  const { above, silent, unexpected } = shown
  const filterBy = useFilterBy()
  const movers = shown.movers.slice(0, Math.max(0, ROOM - above.length - silent.length))
  return (
    <>
      {above.length === 0 && <WhyNone unexpected={unexpected} newest={shown.newest} />}
      <ul className="divide-y divide-line">
        {above.slice(0, SHOWN).map(({ kind, name, label, colour, observed, words: arithmetic, query }) => (
          <li key={`${kind} ${name}`} className="py-2">
            <p className="flex items-baseline gap-2">
              {kind === 'theme' && <ThemeSign colour={colour} />}
              <Link
                href={storiesOf(query)}
                className="min-w-0 truncate font-semibold hover:text-accent hover:underline"
                title={label}
              >
                {label}
              </Link>
              {kind !== 'theme' && <span className="text-sm text-ink-3">{words.kind[kind]}</span>}
              <NumberDoor
                door={{ stories: observed, query }}
                of={label}
                className="ml-auto font-semibold text-bad"
              />
            </p>
            <p className="text-sm text-ink-2">{arithmetic}</p>
          </li>
        ))}
        {above.length > SHOWN && (
          <li className="py-1.5 text-sm text-ink-3">{words.more(above.length - SHOWN)}</li>
        )}
        {silent.slice(0, 4).map(({ id, title, message }) => (
          <li key={`source ${id}`} className="py-2">
            <p>
              <Link href={`/sources?source=${id}`} className="font-semibold text-warn hover:underline">
                {words.silentTitle(title)}
              </Link>
            </p>
            <p className="text-sm text-ink-2">{words.silentHint(message)}</p>
          </li>
        ))}
      </ul>
      {movers.length > 0 && (
        <>
          <h3 className="mt-2 text-xs font-semibold text-ink-3">{words.movers}</h3>
          <ul className="divide-y divide-line">
            {movers.map(({ theme, now, before }) => (
              <li key={theme.id} className="flex items-baseline gap-2 py-1.5">
                <ThemeSign colour={theme.colour} />
                <span className="min-w-0 flex-1 truncate">
                  <FilterButton field="theme" value={theme.id} filterBy={filterBy}>
                    {theme.name}
                  </FilterButton>
                </span>
                {/* Stories, as the change beside it. */}
                <NumberDoor
                  door={{ stories: now.stories, query: now.query }}
                  of={theme.name}
                  className="font-semibold"
                />
                <span className="w-24 text-right text-sm whitespace-nowrap text-ink-3">
                  {words.moved(signed(now.stories - before), number(before))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Why nothing is listed, and what leads to where there is something. */
function WhyNone({ unexpected, newest }: Pick<Answer, 'unexpected' | 'newest'>): ReactNode {
  const words = t.dashboard.above
  const format = useFormat()
  if (unexpected !== 'nothing recent' || newest === null)
    return <p className="py-1.5 text-ink-2">{unexpected === null ? words.none : words.fewWeeks}</p>
  return (
    <div className="flex flex-col items-start gap-2 py-1.5 text-ink-2">
      <p>{words.nothingRecent(format.date(newest))}</p>
      <Button small onClick={() => setRange(weekOf(newest, format.zone))}>
        {words.toNewest}
      </Button>
    </div>
  )
}
