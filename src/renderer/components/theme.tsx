import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { type Shape, shapeOf, themeColour } from './themeSign.ts'

/** The shapes in a box of 10 by 10, of about the same area. */
const OUTLINES: Record<Exclude<Shape, 'ring'>, string> = {
  square: 'M1.2 1.2h7.6v7.6H1.2z',
  disc: 'M5 .7a4.3 4.3 0 1 1 0 8.6 4.3 4.3 0 0 1 0-8.6z',
  triangle: 'M5 .6l4.8 8.6H.2z',
  diamond: 'M5 0l5 5-5 5-5-5z',
  cross: 'M3.4.6h3.2v2.8h2.8v3.2H6.6v2.8H3.4V6.6H.6V3.4h2.8z',
}

/** A theme's sign, always beside its name. Grey where the theme is not shown: `muted`. */
export function ThemeSign(props: {
  /** The theme's number (themeSign.ts). */
  colour: number
  muted?: boolean
  className?: string
}): ReactNode {
  const shape = shapeOf(props.colour)
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      aria-hidden="true"
      className={classes('inline-block shrink-0', props.className)}
      style={{ color: themeColour(props.muted === true ? 0 : props.colour) }}
    >
      {shape === 'ring' ? (
        <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="2.4" />
      ) : (
        <path d={OUTLINES[shape]} fill="currentColor" />
      )}
    </svg>
  )
}

/** A theme's name with its sign, in a frame. */
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
      <ThemeSign colour={props.colour} />
      {props.name}
      {props.children}
    </span>
  )
}

/** What a list says of a story's themes: the first by name, and how many more. Nothing where there is none. */
export function FirstTheme({ themes }: { themes: readonly { name: string; colour: number }[] }): ReactNode {
  const [first, ...others] = themes
  if (first === undefined) return null
  return (
    <span
      className="inline-flex min-w-0 items-center gap-1"
      title={themes.map(({ name }) => name).join(', ')}
    >
      <ThemeSign colour={first.colour} />
      <span className="truncate">{first.name}</span>
      {others.length > 0 && (
        <>
          <span aria-hidden="true">+{others.length}</span>
          <span className="sr-only">{others.map(({ name }) => name).join(', ')}</span>
        </>
      )}
    </span>
  )
}
