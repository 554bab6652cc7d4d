import type { ReactNode } from 'react'
import { themeColour } from '../components/themeSign.ts'

const WIDTH = 92
const HEIGHT = 20

/** A line of counts from zero up over its shade, with a dot on the last. `label` says the counts. */
export function Spark(props: {
  counts: readonly number[]
  /** A theme's sign; 0 for what is of no theme. */
  colour: number
  label: string
  width?: number
}): ReactNode {
  const { counts, colour, label, width = WIDTH } = props
  const most = Math.max(1, ...counts)
  const x = (index: number): number => 2 + (index * (width - 5)) / Math.max(1, counts.length - 1)
  const y = (count: number): number => HEIGHT - 3 - (count / most) * (HEIGHT - 6)
  const line = counts.map((count, index) => `${x(index).toFixed(1)} ${y(count).toFixed(1)}`).join('L')
  const last = counts.length - 1
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={label}
      style={{ color: colour === 0 ? 'var(--ink-2)' : themeColour(colour) }}
      className="block"
    >
      {counts.length > 1 && (
        <>
          <path
            d={`M${x(0)} ${HEIGHT - 3}L${line}L${x(last).toFixed(1)} ${HEIGHT - 3}Z`}
            fill="currentColor"
            opacity="0.12"
          />
          <path d={`M${line}`} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
        </>
      )}
      {last >= 0 && <circle cx={x(last)} cy={y(counts[last] ?? 0)} r="2" fill="currentColor" />}
    </svg>
  )
}
