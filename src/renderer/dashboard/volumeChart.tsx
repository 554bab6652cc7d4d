import { BarChart, type BarSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components'
import { type ComposeOption, type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { type ReactNode, useEffect, useRef } from 'react'
import { useDark } from '../appearance.ts'
import { themeColour } from '../components/themeSign.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import type { Layer } from './layers.ts'

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer])

type Option = ComposeOption<BarSeriesOption | GridComponentOption | TooltipComponentOption>

interface VolumeChartProps {
  label: string
  unit: 'hour' | 'day' | 'week' | 'month'
  buckets: readonly number[]
  /** Each bucket's time in words. */
  times: readonly string[]
  layers: readonly Layer[]
  /** A column was clicked, or one theme's part of it. */
  onOpen: (bucket: number, layer: Layer | null) => void
}

/** Stacked columns on a canvas, in the colours of the tokens. The table beside it is its accessible form. */
export default function VolumeChart(props: VolumeChartProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  const latest = useRef(props)
  const dark = useDark()
  const format = useFormat()
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    if (box.current === null) return
    const made = init(box.current, null, { renderer: 'canvas' })
    chart.current = made
    const resize = new ResizeObserver(() => made.resize())
    resize.observe(box.current)
    made.getZr().on('click', (event) => {
      const { buckets, layers, onOpen } = latest.current
      const [bucket = -1, height = 0] = made.convertFromPixel('grid', [event.offsetX, event.offsetY])
      if (bucket < 0 || bucket >= buckets.length) return
      onOpen(bucket, layerAt(layers, bucket, height))
    })
    return () => {
      resize.disconnect()
      made.dispose()
      chart.current = undefined
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(optionOf(props, format, coloursNow(props.layers, dark)), { notMerge: true })
  }, [props, format, dark])

  return <div ref={box} role="img" aria-label={props.label} className="size-full cursor-pointer" />
}

/** The theme whose part of the column holds this height; null above the column. */
function layerAt(layers: readonly Layer[], bucket: number, height: number): Layer | null {
  let top = 0
  for (const layer of layers) {
    top += layer.stories[bucket] ?? 0
    if (height >= 0 && height < top) return layer
  }
  return null
}

interface Colours {
  ink: string
  ink3: string
  line: string
  panel: string
  raised: string
  edge: string
  hover: string
  sans: string
  layers: string[]
}

/** The tokens as the canvas needs them: resolved to plain colours (hence the dependence on `dark`). */
function coloursNow(layers: readonly Layer[], _dark: boolean): Colours {
  const probe = document.body.appendChild(document.createElement('span'))
  const resolve = (value: string): string => {
    probe.style.color = value
    return getComputedStyle(probe).color
  }
  const colours = {
    ink: resolve('var(--ink)'),
    ink3: resolve('var(--ink-3)'),
    line: resolve('var(--line)'),
    panel: resolve('var(--panel)'),
    raised: resolve('var(--raised)'),
    edge: resolve('var(--edge)'),
    hover: resolve('var(--hover)'),
    sans: getComputedStyle(document.body).fontFamily,
    layers: layers.map(({ colour }) => resolve(themeColour(colour))),
  }
  probe.remove()
  return colours
}

function optionOf(props: VolumeChartProps, format: ReturnType<typeof useFormat>, colours: Colours): Option {
  const { unit, buckets, times, layers } = props
  const axis = { fontFamily: colours.sans, fontSize: 11, color: colours.ink3 }
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    animation: !still,
    animationDuration: 140,
    animationDurationUpdate: 140,
    grid: { left: 4, right: 4, top: 12, bottom: 2, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', z: 0, shadowStyle: { color: colours.hover, opacity: 0.7 } },
      confine: true,
      transitionDuration: 0,
      backgroundColor: colours.raised,
      borderColor: colours.edge,
      padding: [6, 10],
      extraCssText: 'box-shadow: var(--float); border-radius: 6px',
      textStyle: { fontFamily: colours.sans, fontSize: 12.5, color: colours.ink },
      formatter: (hovered) => {
        const [first] = Array.isArray(hovered) ? hovered : [hovered]
        return tooltipOf(layers, first?.dataIndex ?? 0, times)
      },
    },
    xAxis: {
      type: 'category',
      data: times.map((time) => time),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: {
        ...axis,
        hideOverlap: true,
        // The first and last would run over the edge.
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: (_: string, index: number) => axisLabel(unit, buckets[index] ?? 0, format),
      },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { ...axis, formatter: (value: number) => number(value) },
    },
    series: layers.map((layer, index) => ({
      type: 'bar',
      name: layer.name,
      stack: 'themes',
      data: [...layer.stories],
      barCategoryGap: '18%',
      itemStyle: { color: colours.layers[index] ?? colours.ink3 },
      emphasis: { disabled: true },
    })),
  }
}

function axisLabel(
  unit: VolumeChartProps['unit'],
  bucket: number,
  format: ReturnType<typeof useFormat>,
): string {
  if (unit === 'month') return format.monthYear(bucket)
  if (unit !== 'hour') return format.weekday(bucket).split(' ').slice(1).join(' ')
  return format.startOfDay(bucket) === bucket ? format.weekday(bucket) : format.clock(bucket)
}

/** Built as elements: theme names are a person's own text and never become markup. */
function tooltipOf(layers: readonly Layer[], bucket: number, times: readonly string[]): HTMLElement {
  const box = document.createElement('div')
  const title = box.appendChild(document.createElement('div'))
  title.textContent = times[bucket] ?? ''
  title.style.fontWeight = '600'
  for (const layer of layers.toReversed()) {
    const stories = layer.stories[bucket] ?? 0
    if (stories === 0) continue
    const row = box.appendChild(document.createElement('div'))
    row.style.cssText = 'display:flex;align-items:center;gap:8px'
    const dot = row.appendChild(document.createElement('span'))
    dot.style.cssText = `width:8px;height:8px;border-radius:2px;background:${themeColour(layer.colour)}`
    const name = row.appendChild(document.createElement('span'))
    name.textContent = layer.name
    name.style.flex = '1'
    const count = row.appendChild(document.createElement('b'))
    count.textContent = number(stories)
    count.style.cssText = 'font-variant-numeric:tabular-nums;padding-left:12px'
  }
  const hint = box.appendChild(document.createElement('div'))
  hint.textContent = t.dashboard.volume.hint
  hint.style.cssText = 'color:var(--ink-3);font-size:11px'
  return box
}
