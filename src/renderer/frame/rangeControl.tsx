import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { DayField } from '../components/dayField.tsx'
import { Labelled } from '../components/labelled.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { FormError } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { nameOf, RANGES, rangeOf } from '../range.ts'
import { useFormat } from '../useFormat.ts'
import { setRange, useRange } from '../view.ts'
import { dayOf, instantOfDay } from './days.ts'

/** Since last visit, the last day, week, month, year, or two dates. */
export function RangeControl(): ReactNode {
  const range = useRange()
  const name = nameOf(range)
  return (
    <SegmentedControl
      label={t.range.label}
      value={name === 'custom' ? null : name}
      choices={RANGES.map((value) => ({ value, text: t.range[value] }))}
      onChange={(value) => setRange(rangeOf(value))}
    >
      <OtherDates on={name === 'custom'} />
    </SegmentedControl>
  )
}

function OtherDates({ on }: { on: boolean }): ReactNode {
  const range = useRange()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const today = dayOf(format.now, format.zone)
  const custom = range.kind === 'custom' ? range : null
  const text =
    custom === null ? t.range.custom : t.range.between(format.date(custom.from), format.date(custom.to - 1))
  const backwards = from !== '' && to !== '' && from > to

  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) return
        setFrom(dayOf(custom?.from ?? format.now - 6 * 86_400_000, format.zone))
        setTo(custom === null ? today : dayOf(custom.to - 1, format.zone))
      }}
    >
      <Popover.Trigger
        aria-label={custom === null ? t.range.customLabel : `${t.range.customLabel}: ${text}`}
        className={classes(
          'px-2 py-[5px] whitespace-nowrap -outline-offset-2 sm:px-2.5',
          on ? 'bg-selected font-semibold text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        {text}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          aria-label={t.range.customLabel}
          className="arrive z-30 w-[300px] rounded-lg border border-edge bg-raised p-4 shadow-float"
        >
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              if (from === '' || to === '' || backwards) return
              setRange({
                kind: 'custom',
                from: instantOfDay(from, format.zone),
                to: instantOfDay(to, format.zone, 1),
              })
              setOpen(false)
            }}
          >
            <div className="grid grid-cols-2 gap-3">
              <Labelled label={t.range.from}>
                {(ids) => <DayField {...ids} required value={from} onChange={setFrom} />}
              </Labelled>
              <Labelled label={t.range.to}>
                {(ids) => <DayField {...ids} required value={to} onChange={setTo} />}
              </Labelled>
            </div>
            <FormError error={backwards ? t.range.backwards : null} />
            <Button look="main" type="submit" disabled={backwards}>
              {t.range.apply}
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
