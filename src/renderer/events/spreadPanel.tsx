import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { NumberDoor } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { duration, number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useRoving } from '../roving.ts'
import { useFormat } from '../useFormat.ts'
import { blocName, copiesOf, ownOf } from './blocMarks.tsx'
import { type Dot, type Lane, lanesOf, stretchOf, ticksOf } from './spread.ts'

/** Pixels from one stacked dot to the next. */
const STEP = 8
const LANE = 36
const DOT = 8
const FIRST = 11

/** Who published when: a lane per bloc, a dot per story; and who is silent. Behind it the same as a table. */
export function SpreadPanel(props: {
  event: Event
  /** Its stories, as far as they are drawn. */
  rows: readonly StoryRow[]
}): ReactNode {
  const words = t.events.spread
  const { event, rows } = props
  const [asTable, setAsTable] = useState(false)
  return (
    <Panel
      title={words.title}
      note={
        <span className="flex items-center justify-end gap-3">
          <span className="truncate">{words.note}</span>
          <Button look="quiet" small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? words.chart : words.table}
          </Button>
        </span>
      }
    >
      {asTable ? <SpreadTable event={event} rows={rows} /> : <SpreadChart event={event} rows={rows} />}
      {rows.length < event.all.stories && (
        <p className="mt-1 text-sm text-ink-3">
          {words.newest(number(rows.length), number(event.all.stories))}
        </p>
      )}
    </Panel>
  )
}

function SpreadChart({ event, rows }: { event: Event; rows: readonly StoryRow[] }): ReactNode {
  const format = useFormat()
  const roving = useRoving()
  const [shown, setShown] = useState<StoryRow | null>(null)
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows])
  const stories = rows.map((row) => ({
    id: row.id,
    bloc: row.source.bloc,
    at: momentOf(row),
    copy: row.copy,
  }))
  const moments = stories.map(({ at }) => at)
  const { from, to } = stretchOf(Math.min(...moments), Math.max(...moments))
  const lanes = lanesOf(stories, from, to)
  const ticks = ticksOf(from, to, format.startOfDay)
  // Narrow windows name the days alone, or few hours of one day.
  const hasDays = ticks.some(({ isDay }) => isDay)
  const start = Math.min(...lanes.map(({ first }) => first.at))
  return (
    <div>
      <div
        {...roving}
        className="relative grid grid-cols-[192px_minmax(0,1fr)] max-sm:grid-cols-[104px_minmax(0,1fr)]"
      >
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-0 left-[192px] max-sm:left-[104px]"
        >
          {ticks.map(({ at }) => (
            <span
              key={at}
              className="absolute inset-y-0 border-l border-line"
              style={{ left: `${(100 * (at - from)) / (to - from)}%` }}
            />
          ))}
        </div>
        {lanes.map((lane) => (
          <SpreadLane
            key={lane.bloc}
            lane={lane}
            leads={lane.bloc === event.firstMover.source.bloc}
            bloc={event.byBloc.find(({ bloc }) => bloc === lane.bloc)}
            start={start}
            byId={byId}
            nameOf={(row, dot) => dotName(row, dot, format.dateTime(momentOf(row)))}
            onShow={setShown}
          />
        ))}
        {event.silent.slice(0, SILENT).map(({ bloc, sources }) => (
          <SilentLane key={bloc} bloc={bloc} sources={sources} event={event} />
        ))}
      </div>
      <div
        aria-hidden="true"
        className="ml-[192px] relative h-5 border-t border-edge text-xs text-ink-3 max-sm:ml-[104px]"
      >
        {ticks.map(({ at, isDay }, index) => (
          <span
            key={at}
            className={classes(
              'absolute top-0.5 -translate-x-1/2 whitespace-nowrap',
              isDay && 'font-semibold text-ink-2',
              (hasDays ? !isDay : index % 3 !== 0) && 'max-sm:hidden',
            )}
            style={{ left: `clamp(16px, ${(100 * (at - from)) / (to - from)}%, calc(100% - 24px))` }}
          >
            {isDay
              ? format.weekday(at)
              : index === 0 && ticks[1]?.isDay !== true
                ? `${format.weekday(at)}, ${format.clock(at)}`
                : format.clock(at)}
          </span>
        ))}
      </div>
      {/* One line for whichever dot is pointed at: nothing moves, and nothing covers the chart. */}
      <p className="mt-1.5 h-5 truncate text-sm text-ink-3" aria-hidden="true">
        {shown === null ? (
          t.events.spread.hint
        ) : (
          <>
            <bdi className="font-semibold text-ink-2">{shown.source.title}</bdi>{' '}
            {format.dateTime(momentOf(shown))} ·{' '}
            <bdi lang={shown.lang || undefined} className="font-serif text-base text-ink">
              {shown.title || shown.excerpt}
            </bdi>
          </>
        )}
      </p>
    </div>
  )
}

const SILENT = 4

/** When a story was first there: published, unless that is said to be later than it arrived. */
const momentOf = ({ published, fetched }: StoryRow): number => Math.min(published, fetched)

function dotName(row: StoryRow, dot: Dot, time: string): string {
  const words = t.events.spread
  return words.dot([
    time,
    blocName(row.source.bloc),
    row.source.title,
    row.title || row.excerpt,
    dot.copy ? words.copy : '',
    dot.first ? words.blocFirst : '',
  ])
}

function SpreadLane(props: {
  lane: Lane
  leads: boolean
  bloc: Event['byBloc'][number] | undefined
  /** When the first of all was there. */
  start: number
  byId: ReadonlyMap<number, StoryRow>
  nameOf: (row: StoryRow, dot: Dot) => string
  onShow: (row: StoryRow) => void
}): ReactNode {
  const { lane, byId } = props
  const words = t.events.spread
  const format = useFormat()
  const height = Math.max(LANE, (2 * lane.height + 1) * STEP + 12)
  const source = byId.get(lane.first.id)?.source.title ?? ''
  const about = props.leads
    ? words.firstBy(source, format.clock(lane.first.at))
    : words.later(source, duration(lane.first.at - props.start))
  return (
    <>
      <div className="flex items-center gap-2 border-t border-line pr-2" style={{ height }}>
        <BlocTag bloc={blocName(lane.bloc)} first={props.leads} />
        <div className="min-w-0 text-xs leading-4">
          <div className="truncate text-ink-2">
            {props.bloc !== undefined && (
              <>
                {ownOf(props.bloc).stories > 0 && (
                  <NumberDoor
                    door={ownOf(props.bloc)}
                    of={blocName(lane.bloc)}
                    className="font-semibold [a&]:text-ink"
                  />
                )}{' '}
                {props.bloc.copies > 0 && (
                  <NumberDoor door={copiesOf(props.bloc)} of={blocName(lane.bloc)}>
                    {words.copies(props.bloc.copies)}
                  </NumberDoor>
                )}
              </>
            )}
          </div>
          <div className="truncate text-ink-3" title={about}>
            {about}
          </div>
        </div>
      </div>
      <div className="relative border-t border-line" style={{ height }}>
        {lane.dots.map((dot) => {
          const row = byId.get(dot.id)
          if (row === undefined) return null
          const size = dot.first ? FIRST : DOT
          return (
            <Link
              key={dot.id}
              href={`/stories/${dot.id}`}
              aria-label={props.nameOf(row, dot)}
              onMouseEnter={() => props.onShow(row)}
              onFocus={() => props.onShow(row)}
              className="absolute grid -translate-1/2 place-items-center rounded-full hover:z-10 focus-visible:z-10"
              style={{
                left: `${100 * dot.x}%`,
                top: height / 2 + dot.step * STEP,
                width: size + 4,
                height: size + 4,
              }}
            >
              <svg
                width={size}
                height={size}
                viewBox="0 0 10 10"
                aria-hidden="true"
                className={dot.first ? 'text-ink' : 'text-ink-3'}
              >
                {dot.copy ? (
                  <circle cx="5" cy="5" r="3.9" fill="var(--panel)" stroke="currentColor" strokeWidth="1.8" />
                ) : (
                  <circle cx="5" cy="5" r="5" fill="currentColor" />
                )}
              </svg>
            </Link>
          )
        })}
      </div>
    </>
  )
}

/** A bloc that has nothing of it, with what it told meanwhile: it was heard. */
function SilentLane(props: { bloc: string; sources: number; event: Event }): ReactNode {
  const { bloc, sources, event } = props
  const words = t.events.spread
  const format = useFormat()
  const query = `bloc:${bloc} after:${localDay(event.first, format.zone)} before:${localDay(format.startOfDay(event.last) + 36 * 3_600_000, format.zone)}`
  const others = useQuery(api.stories.count.queryOptions({ input: { query } })).data
  return (
    <>
      <div className="flex items-center gap-2 border-t border-line" style={{ height: 28 }}>
        <BlocTag bloc={bloc} silent />
      </div>
      <div className="relative flex items-center border-t border-line" style={{ height: 28 }}>
        <span aria-hidden="true" className="absolute inset-x-0 top-1/2 border-t border-dashed border-warn" />
        <span className="relative ml-3 bg-panel px-1.5 text-xs text-warn">
          {words.healthy(sources)}
          {others !== undefined && (
            <>
              {', '}
              <NumberDoor door={{ stories: others.stories, query }} of={bloc} className="[&]:text-warn">
                {words.others(others.stories)}
              </NumberDoor>
            </>
          )}
        </span>
      </div>
    </>
  )
}

/** The local day of a moment, as a query writes it: 2025-05-09. */
function localDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)
}

function SpreadTable({ event, rows }: { event: Event; rows: readonly StoryRow[] }): ReactNode {
  const { columns, copy } = t.events.spread
  const format = useFormat()
  const sorted = rows.toSorted((a, b) => momentOf(a) - momentOf(b) || a.id - b.id)
  return (
    <div className="max-h-[360px] overflow-y-auto">
      <table className="figures">
        <thead>
          <tr>
            <th>{columns.time}</th>
            <th>{columns.bloc}</th>
            <th>{columns.source}</th>
            <th>{columns.title}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id}>
              <td>{format.dateTime(momentOf(row))}</td>
              <td>
                <BlocTag bloc={blocName(row.source.bloc)} first={row.id === event.firstMover.story} />
              </td>
              <td>
                <bdi>{row.source.title}</bdi>
              </td>
              <td className="w-full max-w-0">
                <div className="flex items-baseline gap-2">
                  <Link
                    href={`/stories/${row.id}`}
                    lang={row.lang || undefined}
                    dir="auto"
                    className="truncate font-serif hover:text-accent hover:underline"
                  >
                    {row.title || row.excerpt}
                  </Link>
                  {row.copy && <span className="text-xs text-ink-3">{copy}</span>}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
