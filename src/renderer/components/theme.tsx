import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { themeColour } from './themeColour.ts'

/** A theme's colour (its number, or CSS) as a small square; always beside its name. */
export function ThemeDot({ colour, className }: { colour: number | string; className?: string }): ReactNode {
  return (
    <span
      aria-hidden="true"
      className={classes('inline-block size-2 shrink-0 rounded-[2px]', className)}
      style={{ backgroundColor: typeof colour === 'string' ? colour : themeColour(colour) }}
    />
  )
}

/** A theme's name with its colour, in a frame. */
export function ThemeChip(props: {
  name: string
  colour: number
  /** Dashed: not set yet, or taken back. */
  dashed?: boolean
  children?: ReactNode
}): ReactNode {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 rounded-sm border bg-panel px-1.5 text-sm',
        props.dashed === true ? 'border-dashed border-edge text-ink-3' : 'border-line',
      )}
    >
      <ThemeDot colour={props.colour} />
      {props.name}
      {props.children}
    </span>
  )
}
