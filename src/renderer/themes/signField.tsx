import type { ReactNode } from 'react'
import type { Theme } from '../../api/contract/themes.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { ThemeSign } from '../components/theme.tsx'
import {
  COLOURS,
  freeSign,
  hueOf,
  SHAPES,
  type Shape,
  shapeOf,
  signOf,
  themeColour,
} from '../components/themeSign.ts'
import { t } from '../messages/index.ts'

const HUES = Array.from({ length: COLOURS }, (_, index) => index + 1)

/** Chooses a theme's shape and colour. What others look like is said and warned of, and a free one is offered. */
export function SignField(props: {
  value: number
  others: readonly Theme[]
  /** The theme's group: a free sign has the shape that the group's themes have. */
  group: string
  onChange: (sign: number) => void
}): ReactNode {
  const { value, others, onChange } = props
  const words = t.themes
  const shape = value === 0 ? usualShape(others.filter(({ group }) => group === props.group)) : shapeOf(value)
  const takenBy = (sign: number): string =>
    others
      .filter(({ colour }) => colour === sign && sign !== 0)
      .map(({ name }) => name)
      .join(', ')
  const taken = takenBy(value)
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="text-sm font-semibold text-ink-2">
        {words.sign}:{' '}
        <span className="font-normal">
          {value === 0 ? words.noSign : words.signIs(words.colours[hueOf(value)] ?? '', words.shapes[shape])}
        </span>
      </legend>
      <div role="radiogroup" aria-label={words.shape} className="mt-1 flex flex-wrap gap-1">
        {SHAPES.map((one) => (
          <Choice
            key={one}
            group="shape"
            label={words.shapes[one]}
            on={value !== 0 && one === shape}
            onChoose={() => onChange(signOf(one, hueOf(value) || 1))}
          >
            <ThemeSign colour={signOf(one, hueOf(value) || 1)} muted={value === 0} />
          </Choice>
        ))}
      </div>
      <div role="radiogroup" aria-label={words.colour} className="flex flex-wrap gap-1">
        {[...HUES, 0].map((hue) => {
          const sign = hue === 0 ? 0 : signOf(shape, hue)
          const by = takenBy(sign)
          const name = words.colours[hue] ?? ''
          return (
            <Choice
              key={hue}
              group="colour"
              label={by === '' ? name : words.signOf(name, by)}
              on={sign === value}
              onChoose={() => onChange(sign)}
            >
              {hue === 0 ? (
                <span aria-hidden="true" className="text-xs text-ink-3">
                  –
                </span>
              ) : (
                <span
                  aria-hidden="true"
                  className={classes('size-3 rounded-[2px]', by !== '' && 'opacity-30')}
                  style={{ backgroundColor: themeColour(sign) }}
                />
              )}
            </Choice>
          )
        })}
      </div>
      {taken !== '' && (
        <div role="status" className="flex flex-col items-start gap-1 text-sm text-warn">
          {words.signTaken(taken)}
          <Button
            small
            onClick={() =>
              onChange(
                freeSign(
                  others.map(({ colour }) => colour),
                  shape,
                ),
              )
            }
          >
            {words.takeFree}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** The shape that most of these themes have. */
export function usualShape(themes: readonly Theme[]): Shape {
  const count = (shape: Shape): number =>
    themes.filter(({ colour }) => colour !== 0 && shapeOf(colour) === shape).length
  return SHAPES.reduce((best, shape) => (count(shape) > count(best) ? shape : best), SHAPES[0])
}

function Choice(props: {
  group: string
  label: string
  on: boolean
  onChoose: () => void
  children: ReactNode
}): ReactNode {
  return (
    <label
      title={props.label}
      className={classes(
        'grid size-6 cursor-pointer place-items-center rounded-sm border has-focus-visible:outline-2 has-focus-visible:outline-accent',
        props.on ? 'border-ink bg-selected' : 'border-line bg-panel hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name={props.group}
        className="sr-only"
        aria-label={props.label}
        checked={props.on}
        onChange={props.onChoose}
      />
      {props.children}
    </label>
  )
}
