import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Volume as Answer } from '../../api/contract/dashboard/volume.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { NumberDoor, storiesOf } from '../components/numberDoor.tsx'
import { EmptyState, Skeleton } from '../components/states.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { type CountUnit, useCountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { setRange } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { inTheme, type Layer, layersOf, timeOfBucket } from './layers.ts'

// The chart library is the largest part of the page: it is loaded after the first words are there.
const VolumeChart = lazy(() => import('./volumeChart.tsx'))

/** How many themes are shown until the person chooses others. */
const SHOWN = 7

/** Stories over time, stacked by theme, as a chart or as a table; the legend chooses the themes. */
export function Volume(): ReactNode {
  const words = t.dashboard.volume
  const [asTable, setAsTable] = useState(false)
  const counted = useCountUnit()
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.volume)}
      lines={13}
      note={({ unit, series }) => (
        <span className="inline-flex items-center gap-2">
          {words.per(counted, unit)}
          {layersOf(series).length > 0 && (
            <Button look="quiet" small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {asTable ? words.asChart : words.asTable}
            </Button>
          )}
        </span>
      )}
    >
      {(shown) => <OverTime shown={shown} asTable={asTable} />}
    </DashboardPanel>
  )
}

function OverTime({ shown: volume, asTable }: { shown: Answer; asTable: boolean }): ReactNode {
  const words = t.dashboard.volume
  const format = useFormat()
  const [, navigate] = useLocation()
  const [all, setAll] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const counted = useCountUnit()
  const layers = layersOf(volume.series, counted)
  const on = chosen ?? new Set(layers.slice(0, SHOWN).map(({ id }) => id))
  const shown = layers.filter(({ id }) => on.has(id))
  const { unit, buckets, ends, queries } = volume
  const times = buckets.map((bucket, index) => timeOfBucket(unit, bucket, ends[index] ?? bucket, format))

  const open = (bucket: number, layer: Layer | null): void => {
    const [query, from, to] = [queries[bucket], buckets[bucket], ends[bucket]]
    if (unit !== 'hour' && from !== undefined && to !== undefined) setRange({ kind: 'custom', from, to })
    else if (query !== undefined) navigate(storiesOf(layer === null ? query : inTheme(query, layer.id)))
  }
  const toggle = (id: string): void => {
    const next = new Set(on)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }

  return (
    <>
      {layers.length === 0 ? (
        <EmptyState title={words.none} />
      ) : (
        <>
          {asTable ? (
            <VolumeTable times={times} queries={queries} layers={shown} counted={counted} />
          ) : (
            <div className="h-[232px]">
              <Suspense fallback={<Skeleton lines={6} />}>
                <VolumeChart
                  label={words.label(words.per(counted, unit))}
                  unit={unit}
                  buckets={buckets}
                  times={times}
                  layers={shown}
                  onOpen={open}
                />
              </Suspense>
            </div>
          )}
          <fieldset className="mt-1 flex flex-wrap items-center gap-x-1 gap-y-0.5 text-sm">
            <legend className="sr-only">{words.shown}</legend>
            {(all ? layers : layers.filter(({ id }, index) => index < SHOWN || on.has(id))).map((layer) => (
              <label
                key={layer.id}
                className={classes(
                  'inline-flex items-center gap-1.5 rounded-sm px-1.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent',
                  on.has(layer.id) ? 'text-ink-2' : 'text-ink-3 line-through decoration-1',
                )}
              >
                <input
                  type="checkbox"
                  className="sr-only"
                  checked={on.has(layer.id)}
                  onChange={() => toggle(layer.id)}
                />
                <ThemeSign colour={layer.colour} muted={!on.has(layer.id)} />
                {layer.name}
              </label>
            ))}
            {layers.length > SHOWN && (
              <Button look="quiet" small aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? words.fewer : words.more(layers.length - SHOWN)}
              </Button>
            )}
          </fieldset>
        </>
      )}
    </>
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
    <div className="max-h-[232px] overflow-auto">
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
                      query: inTheme(props.queries[bucket] ?? '', id),
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
