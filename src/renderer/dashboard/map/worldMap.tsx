import { geoNaturalEarth1, geoPath } from 'd3-geo'
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { PlaceList } from '../../../api/contract/entities.ts'
import { classes } from '../../components/classes.ts'
import { countedAs, NumberDoor } from '../../components/numberDoor.tsx'
import { type CountUnit, useCountUnit } from '../../countUnit.ts'
import { number } from '../../format.ts'
import { t } from '../../messages/index.ts'
import { useFilterBy } from '../../view.ts'
import { useSheet } from '../export/sheet.tsx'
import { FilterButton } from '../filterButton.tsx'
import { placeOf, type Shape, shapes } from './atlas.ts'
import { labelsOf } from './labels.ts'
import { shadeOf, shadesOf } from './steps.ts'

type Place = PlaceList['places'][number]

/** A country with where it stands on the map. */
interface Named extends Place {
  readonly count: number
  readonly at: NonNullable<ReturnType<typeof placeOf>>
}

/** Of the accent in each shade, percent, from the one with least. */
const SHADES = [22, 38, 56, 76, 100]
/** The height of the map for its width, as Natural Earth's projection has it without Antarctica. */
const RATIO = 0.46
const TALLEST = 420
/** Radius of a country that is too small for the map. */
const DOT = 4.5

/** A map of the countries named, or the table behind it: a name filters the dashboard, a number opens its stories. */
export function WorldMap({ places, asTable }: { places: readonly Place[]; asTable: boolean }): ReactNode {
  const words = t.countries
  const unit = useCountUnit()
  const named = useMemo(() => countriesOf(places, unit), [places, unit])
  useSheet(() => [[words.country, t.unit[unit]], ...named.map(({ label, count }) => [label, count])])
  if (named.length === 0) return <p className="py-1.5 text-ink-2">{words.none}</p>
  const begins = shadesOf(named[0]?.count ?? 1)
  return (
    <>
      {asTable ? <Table named={named} /> : <Drawn named={named} begins={begins} />}
      <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 pt-1 gap-y-0.5 text-xs text-ink-3">
        {!asTable && <Scale begins={begins} unit={unit} />}
        <span className="ml-auto">{words.borders}</span>
      </div>
    </>
  )
}

/** The countries among the places, most named first. */
function countriesOf(places: readonly Place[], unit: CountUnit): Named[] {
  return places
    .flatMap((place) => {
      const at = placeOf(place)
      return at === null ? [] : [{ ...place, at, count: countedAs(unit, place.stories).count }]
    })
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))
}

const fillOf = (count: number, begins: readonly number[]): string =>
  `color-mix(in oklab, var(--accent) ${SHADES[shadeOf(count, begins) + SHADES.length - begins.length]}%, var(--panel))`

function Drawn({ named, begins }: { named: readonly Named[]; begins: readonly number[] }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (box.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(box.current)
    setWidth(box.current.clientWidth)
    return () => observer.disconnect()
  }, [])
  const height = Math.min(TALLEST, Math.round(width * RATIO))
  return (
    <div ref={box} style={{ minHeight: height }}>
      {width > 0 && <MapDrawing named={named} begins={begins} width={width} height={height} />}
    </div>
  )
}

function MapDrawing(props: {
  named: readonly Named[]
  begins: readonly number[]
  width: number
  height: number
}): ReactNode {
  const { named, begins, width, height } = props
  const { draw, project } = useMemo(() => {
    const projection = geoNaturalEarth1().fitSize([width, height], {
      type: 'FeatureCollection',
      features: [...shapes],
    })
    return { draw: geoPath(projection), project: projection }
  }, [width, height])
  const unit = useCountUnit()
  const filterBy = useFilterBy()
  const [, navigate] = useLocation()
  const drawn = named.map((place) => ({ ...place, centre: centreOf(place, draw, project) }))
  const labels = labelsOf(
    drawn.map(({ label, count, centre }) => ({ text: `${label} ${number(count)}`, centre })),
    width,
    height,
  )
  const filled = new Set(named.flatMap(({ at }) => ('shape' in at ? [at.shape] : [])))
  const framed = drawn.filter(({ name }) => filterBy.is('entity', name))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset
    <svg
      width={width}
      height={height}
      role="group"
      aria-label={t.countries.label}
      className="block select-none"
    >
      {shapes.map((shape) =>
        filled.has(shape) ? null : (
          <path
            key={shape.properties.name}
            d={draw(shape) ?? ''}
            fill="var(--hover)"
            stroke="var(--panel)"
            strokeWidth={0.6}
          />
        ),
      )}
      {drawn.map(({ name, label, stories, count, at, centre }) => {
        const { text } = countedAs(unit, stories)
        const on = filterBy.is('entity', name)
        const toggle = (): void => filterBy.toggle('entity', name)
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no button
          <g
            key={name}
            role="button"
            tabIndex={-1}
            aria-pressed={on}
            aria-label={`${t.door(text, label)}. ${on ? t.dashboard.filter.lift : t.dashboard.filter.by}`}
            onClick={toggle}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== 'Enter' && event.key !== ' ') return
              event.preventDefault()
              toggle()
            }}
            className="group cursor-pointer outline-none"
          >
            <title>{t.door(text, label)}</title>
            <Outline
              at={at}
              centre={centre}
              draw={draw}
              fill={fillOf(count, begins)}
              className="stroke-panel group-hover:stroke-ink group-focus-visible:stroke-ink group-focus-visible:[stroke-width:2.5]"
            />
          </g>
        )
      })}
      {framed.map(({ name, at, centre }) => (
        <Outline
          key={name}
          at={at}
          centre={centre}
          draw={draw}
          fill="none"
          className="pointer-events-none stroke-ink [stroke-width:1.8]"
        />
      ))}
      {labels.map(({ index, x, y }) => {
        const place = drawn[index]
        if (place === undefined) return null
        const { text, href } = countedAs(unit, place.stories)
        return (
          <a
            key={place.name}
            href={href}
            aria-label={t.door(text, place.label)}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return
              event.preventDefault()
              navigate(href)
            }}
            className="hover:underline"
          >
            <text
              x={x}
              y={y}
              textAnchor="middle"
              className="fill-ink stroke-panel text-xs font-semibold [paint-order:stroke] [stroke-linejoin:round] [stroke-width:3px]"
            >
              {place.label} {number(place.count)}
            </text>
          </a>
        )
      })}
    </svg>
  )
}

type Draw = ReturnType<typeof geoPath>

/** The middle of a country as it is drawn. */
function centreOf(
  { at }: Pick<Named, 'at'>,
  draw: Draw,
  project: (point: [number, number]) => [number, number] | null,
): readonly [number, number] {
  if ('point' in at) return project([at.point[0], at.point[1]]) ?? [0, 0]
  return draw.centroid(largestPart(at.shape))
}

/** Of a country in parts, the largest: France's middle lies in Europe. */
function largestPart(shape: Shape): Shape {
  const { geometry } = shape
  if (geometry.type !== 'MultiPolygon') return shape
  const parts = geometry.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }))
  const plane = geoPath()
  const [largest] = parts.toSorted((a, b) => plane.area(b) - plane.area(a))
  return largest === undefined ? shape : { ...shape, geometry: largest }
}

function Outline(props: {
  at: Named['at']
  centre: readonly [number, number]
  draw: Draw
  fill: string
  className: string
}): ReactNode {
  const { at, centre, draw, fill, className } = props
  return 'shape' in at ? (
    <path d={draw(at.shape) ?? ''} fill={fill} className={className} />
  ) : (
    <circle cx={centre[0]} cy={centre[1]} r={DOT} fill={fill} className={className} />
  )
}

function Scale({ begins, unit }: { begins: readonly number[]; unit: CountUnit }): ReactNode {
  const last = begins.at(-1) ?? 1
  return (
    <span className="inline-flex items-center gap-1.5">
      {number(1)}
      <span className="inline-flex gap-px">
        {begins.map((begin) => (
          <span
            key={begin}
            title={t.countries.from(number(begin))}
            className="h-2.5 w-5"
            style={{ background: fillOf(begin, begins) }}
          />
        ))}
      </span>
      {last > 1 && t.countries.andMore(number(last), t.unit[unit].toLowerCase())}
    </span>
  )
}

function Table({ named }: { named: readonly Named[] }): ReactNode {
  const words = t.countries
  const unit = useCountUnit()
  const filterBy = useFilterBy()
  return (
    <div className="max-h-[320px] overflow-y-auto">
      <table className="figures">
        <thead>
          <tr>
            <th>{words.country}</th>
            <th className="number">{t.unit[unit]}</th>
          </tr>
        </thead>
        <tbody>
          {named.map(({ name, label, stories }) => (
            <tr
              key={name}
              className={classes(filterBy.is('entity', name) ? 'bg-selected' : 'hover:bg-hover')}
            >
              <th scope="row">
                <FilterButton field="entity" value={name} filterBy={filterBy}>
                  {label}
                </FilterButton>
              </th>
              <td className="number">
                <NumberDoor door={stories} of={label} className="font-semibold" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
