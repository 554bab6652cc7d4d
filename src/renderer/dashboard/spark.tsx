import type { ReactNode } from 'react'
import { themeColour } from '../components/themeSign.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'

const WIDTH = 92
const HEIGHT = 20

/** A line of daily counts from zero up, with a dot on the last day. */
export function Spark({ counts, colour }: { counts: readonly number[]; colour: number }): ReactNode {
  const most = Math.max(1, ...counts)
  const x = (index: number): number => 2 + (index * (WIDTH - 5)) / Math.max(1, counts.length - 1)
  const y = (count: number): number => HEIGHT - 3 - (count / most) * (HEIGHT - 6)
  const line = counts.map((count, index) => `${x(index).toFixed(1)} ${y(count).toFixed(1)}`).join('L')
  const last = counts.length - 1
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t.dashboard.themes.spark(counts.map(number).join(', '))}
      style={{ color: themeColour(colour) }}
      className="block"
    >
      {counts.length > 1 && (
        <path d={`M${line}`} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      )}
      {last >= 0 && <circle cx={x(last)} cy={y(counts[last] ?? 0)} r="2" fill="currentColor" />}
    </svg>
  )
}
