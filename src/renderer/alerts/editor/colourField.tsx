import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { classes } from '../../components/classes.ts'
import { Icon } from '../../components/icon.tsx'
import { ThemeSign } from '../../components/theme.tsx'
import { COLOURS, hueOf, signOf } from '../../components/themeSign.ts'
import { t } from '../../messages/index.ts'

const RINGS = [null, ...Array.from({ length: COLOURS }, (_, i) => signOf('ring', i + 1))]

/** An alert's colour, which its name wears as a ring in lists; the same sixteen that themes have. */
export function ColourField(props: {
  value: number | null
  onChange: (colour: number | null) => void
}): ReactNode {
  const { value, onChange } = props
  const words = t.alertEditor
  const [open, setOpen] = useState(false)
  const nameOf = (colour: number | null): string =>
    t.themes.colours[colour === null ? 0 : hueOf(colour)] ?? ''
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span aria-hidden="true" className="text-sm font-semibold text-ink-2">
        {words.colour}
      </span>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          aria-label={words.colourIs(nameOf(value))}
          className="field flex items-center gap-2 text-left"
        >
          {value !== null && <ThemeSign colour={signOf('ring', hueOf(value))} />}
          <span className={classes('min-w-0 flex-1 truncate', value === null && 'text-ink-3')}>
            {nameOf(value)}
          </span>
          <Icon name="down" size={12} />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="end"
            sideOffset={6}
            collisionPadding={12}
            aria-label={words.colour}
            className="arrive z-30 rounded-lg border border-edge bg-raised p-2 shadow-float"
          >
            <div role="radiogroup" aria-label={words.colour} className="grid grid-cols-6 gap-1">
              {RINGS.map((colour) => {
                const on = colour === null ? value === null : value !== null && hueOf(colour) === hueOf(value)
                return (
                  <label
                    key={colour ?? 0}
                    title={nameOf(colour)}
                    className={classes(
                      'grid size-7 cursor-pointer place-items-center rounded-sm border has-focus-visible:outline-2 has-focus-visible:outline-accent',
                      on ? 'border-ink bg-selected' : 'border-line bg-panel hover:bg-hover',
                    )}
                  >
                    <input
                      type="radio"
                      name="alert-colour"
                      className="sr-only"
                      aria-label={nameOf(colour)}
                      checked={on}
                      onChange={() => onChange(colour)}
                    />
                    {colour === null ? (
                      <span aria-hidden="true" className="text-xs text-ink-3">
                        –
                      </span>
                    ) : (
                      <ThemeSign colour={colour} />
                    )}
                  </label>
                )
              })}
            </div>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  )
}
