import type { ReactNode } from 'react'

const BAR = 3
const GAP = 1
const HEIGHT = 14

/** Days as bars, today's in the accent; a day without hits is a dot on the line. */
export function Spark({ days, title }: { days: readonly number[]; title: string }): ReactNode {
  const most = Math.max(1, ...days)
  const width = days.length * (BAR + GAP) - GAP
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" className="shrink-0">
      <title>{title}</title>
      {days.map((n, day) => {
        const height = n === 0 ? 1 : Math.max(2, Math.round((n / most) * HEIGHT))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: days have no identity but their place
            key={day}
            x={day * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            fill={n === 0 ? 'var(--line)' : day === days.length - 1 ? 'var(--accent)' : 'var(--edge)'}
          />
        )
      })}
    </svg>
  )
}
