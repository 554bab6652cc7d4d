import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'

/** Moves an entry of an ordered list up or down; at an end the button stays, dimmed, so that the focus does. */
export function MoveButtons(props: {
  up: string
  down: string
  /** Its place, from 0, and how many there are. */
  index: number
  count: number
  onMove: (step: -1 | 1) => void
}): ReactNode {
  const { up, down, index, count, onMove } = props
  const ends = [
    { icon: 'up', label: up, step: -1, isEnd: index === 0 },
    { icon: 'down', label: down, step: 1, isEnd: index === count - 1 },
  ] as const
  return ends.map(({ icon, label, step, isEnd }) => (
    <Button
      key={icon}
      look="quiet"
      small
      icon={icon}
      aria-label={label}
      title={label}
      aria-disabled={isEnd}
      className="aria-disabled:opacity-40"
      onClick={() => onMove(step)}
    />
  ))
}
