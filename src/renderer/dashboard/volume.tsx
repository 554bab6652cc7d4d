import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Volume as Answer } from '../../api/contract/dashboard/volume.ts'
import type { Annotation } from '../../api/contract/views.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { EmptyState, Skeleton } from '../components/states.tsx'
import { type CountUnit, useCountUnit } from '../countUnit.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { setRange, useFilterBy } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { useSheet } from './export/sheet.tsx'
import { folded, inThemes, type Layer, layersOf, OTHERS, othersOf, timeOfBucket } from './layers.ts'
import { useAnnotations } from './useAnnotations.ts'

// What is drawn or opened later is loaded after the first words are there.
const VolumeChart = lazy(() => import('./volumeChart.tsx'))
const OverviewStrip = lazy(() => import('./overviewStrip.tsx'))
const Annotations = lazy(async () => ({ default: (await import('./annotations.tsx')).Annotations }))

/** How many themes are layers of their own until the others are unfolded. */
const SHOWN = 9

/** How much there is of each theme over time, stacked, beside the time before; as a chart or as a table. */
export function Volume(): ReactNode {
  const words = t.dashboard.volume
  const [asTable, setAsTable] = useState(false)
  const [annotating, setAnnotating] = useState<{ readonly editing: Annotation | null } | null>(null)
  const counted = useCountUnit()
  return (
    <>
      <DashboardPanel
        title={words.title}
        answer={usePanel(api.dashboard.volume, counted)}
        lines={13}
        note={({ unit, series, before }) =>
          layersOf(series, counted).length > 0 && (
            <span className="flex min-w-0 items-center justify-end gap-1">
              <span
                className="min-w-0 truncate"
                title={before === null ? undefined : words.before(unit, number(before.days))}
              >
                {words.per(counted, unit)}
                {before !== null && (
                  <>
                    {' '}
                    · <Dashes /> {words.before(unit, number(before.days))}
                  </>
                )}
              </span>
              <span className="flex shrink-0 gap-1">
                <Button look="quiet" small icon="calendar" onClick={() => setAnnotating({ editing: null })}>
                  {words.annotate}
                </Button>
                <Button look="quiet" small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
                  {asTable ? words.asChart : words.asTable}
                </Button>
              </span>
            </span>
          )
        }
      >
        {(shown) => (
          <OverTime shown={shown} asTable={asTable} onAnnotation={(editing) => setAnnotating({ editing })} />
        )}
      </DashboardPanel>
      {annotating !== null && (
        <Suspense>
          <Annotations editing={annotating.editing} onClose={() => setAnnotating(null)} />
        </Suspense>
      )}
    </>
  )
}

const Dashes = (): ReactNode => (
  <svg aria-hidden="true" width="20" height="8" className="inline-block">
    <line x1="0" x2="20" y1="4" y2="4" stroke="var(--ink)" strokeWidth="1.3" strokeDasharray="3 3" />
  </svg>
)

function OverTime(props: {
  shown: Answer
  asTable: boolean
  onAnnotation: (annotation: Annotation) => void
}): ReactNode {
  const words = t.dashboard.volume
  const { unit, buckets, ends, queries, series, before } = props.shown
  const format = useFormat()
  const [, navigate] = useLocation()
  const [unfolded, setUnfolded] = useState(false)
  const counted = useCountUnit()
  const filterBy = useFilterBy()
  const annotations = useAnnotations()
  const all = layersOf(series, counted)
  useSheet(() => [
    [words.when, ...all.map(({ name }) => name)],
    ...buckets.map((bucket, index) => [
      timeOfBucket(unit, bucket, ends[index] ?? bucket, format),
      ...all.map(({ stories }) => stories[index] ?? 0),
    ]),
  ])
  const strip = (
    <Suspense>
      <OverviewStrip from={buckets[0] ?? 0} to={ends.at(-1) ?? 0} />
    </Suspense>
  )
  if (all.length === 0)
    return (
      <>
        <EmptyState title={words.none} />
        {strip}
      </>
    )

  const times = buckets.map((bucket, index) => timeOfBucket(unit, bucket, ends[index] ?? bucket, format))
  if (props.asTable) return <VolumeTable times={times} queries={queries} layers={all} counted={counted} />
  const chosen = new Set(all.flatMap(({ id }) => (filterBy.is('theme', id) ? [id] : [])))
  const layers = unfolded
    ? all
    : folded(
        all.toSorted((a, b) => Number(chosen.has(b.id)) - Number(chosen.has(a.id))),
        SHOWN,
        words.others,
      )
  const zoom = (first: number, last: number): void => {
    const [from, to] = [buckets[first], ends[last]]
    if (from !== undefined && to !== undefined) setRange({ kind: 'custom', from, to })
  }
  const open = (bucket: number, layer: Layer | null): void => {
    const query = queries[bucket]
    if (unit !== 'hour') zoom(bucket, bucket)
    else if (query !== undefined)
      navigate(
        storiesOf(
          layer === null ? query : inThemes(query, layer.id === OTHERS ? othersOf(layers, all) : [layer.id]),
        ),
      )
  }
  return (
    <div className="flex min-h-[268px] flex-1 flex-col print:block">
      <div className="min-h-0 flex-1">
        <Suspense fallback={<Skeleton lines={8} />}>
          <VolumeChart
            label={words.label(words.per(counted, unit))}
            unit={unit}
            buckets={buckets}
            end={ends.at(-1) ?? 0}
            times={times}
            layers={layers.toReversed()}
            chosen={chosen}
            before={before?.sums ?? null}
            annotations={annotations}
            onOpen={open}
            onLayer={({ id }) => (id === OTHERS ? setUnfolded(true) : filterBy.toggle('theme', id))}
            onZoom={zoom}
            onAnnotation={props.onAnnotation}
          />
        </Suspense>
      </div>
      {strip}
      {unfolded && all.length > SHOWN + 1 && (
        <Button look="quiet" small className="self-end" onClick={() => setUnfolded(false)}>
          {words.fold}
        </Button>
      )}
    </div>
  )
}

function VolumeTable(props: {
  times: readonly string[]
  queries: readonly string[]
  /** What the layers' numbers are of. */
  counted: CountUnit
  layers: readonly Layer[]
}): ReactNode {
  const words = t.dashboard.volume
  return (
    <div className="max-h-[320px] overflow-auto">
      <table className="figures">
        <thead className="sticky top-0 bg-panel">
          <tr>
            <th>{words.when}</th>
            {props.layers.map(({ id, name }) => (
              <th key={id} className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.times.map((time, bucket) => (
            <tr key={time}>
              <th scope="row">
                <Link
                  href={storiesOf(props.queries[bucket] ?? '')}
                  title={words.open}
                  className="hover:text-accent hover:underline"
                >
                  {time}
                </Link>
              </th>
              {props.layers.map(({ id, name, stories }) => (
                <td key={id} className="number">
                  <NumberDoor
                    door={{
                      stories: stories[bucket] ?? 0,
                      ...(props.counted === 'events' ? { events: stories[bucket] ?? 0 } : {}),
                      query: inThemes(props.queries[bucket] ?? '', [id]),
                    }}
                    of={`${name}, ${time}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
