import { type FormEvent, type ReactNode, useState } from 'react'
import {
  DATE_FIELDS,
  datesOf,
  dayAfter,
  type Filter,
  hasValue,
  localMoment,
  selectedDays,
  setDates,
} from '../../core/query/language/language.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { DayField } from '../components/dayField.tsx'
import { Labelled } from '../components/labelled.tsx'
import { FormError } from '../components/states.tsx'
import { dayOf, dayText } from '../frame/days.ts'
import { t } from '../messages/index.ts'
import { useAppInfo, useFormat } from '../useFormat.ts'
import { MenuChip } from './menuChip.tsx'

const LENGTHS = ['24h', '7d', '30d', '365d']

/** The date filters of a query: common ranges, and days of one's own. */
export function TimeMenu(props: {
  query: string
  onQuery: (query: string) => void
  filters: readonly Filter[]
}): ReactNode {
  const { query, onQuery } = props
  const format = useFormat()
  const visitedAt = useAppInfo()?.visitedAt ?? null
  const dates = props.filters.filter((f) => DATE_FIELDS.includes(f.field) && !f.negated)
  const visit = visitedAt === null ? null : { fetched: localMoment(visitedAt, format.zone) }
  const presets: { text: string; dates: Parameters<typeof setDates>[1]; on: boolean }[] = [
    { text: t.filters.anyTime, dates: {}, on: dates.length === 0 },
    ...(visit === null
      ? []
      : [{ text: t.filters.sinceVisit, dates: visit, on: hasValue(query, 'fetched', visit.fetched) }]),
    ...LENGTHS.map((length) => ({
      text: t.filters.last[length] ?? length,
      dates: { within: length },
      on: hasValue(query, 'within', length),
    })),
  ]
  return (
    <MenuChip
      wide
      name={t.filters.time}
      value={timeText(dates)}
      onRemove={() => onQuery(setDates(query, {}))}
    >
      {(close) => (
        <>
          <div className="flex flex-col p-1">
            {presets.map((preset) => (
              <button
                key={preset.text}
                type="button"
                aria-pressed={preset.on}
                onClick={() => {
                  onQuery(setDates(query, preset.dates))
                  close()
                }}
                className={classes(
                  'rounded-md px-2 py-1 text-left hover:bg-hover',
                  preset.on && 'bg-selected font-semibold',
                )}
              >
                {preset.text}
              </button>
            ))}
          </div>
          <DaysForm
            filters={dates}
            today={dayOf(format.now, format.zone)}
            onDays={(from, to) => {
              onQuery(setDates(query, datesOf(from, to)))
              close()
            }}
          />
        </>
      )}
    </MenuChip>
  )
}

function DaysForm(props: {
  filters: readonly Filter[]
  today: string
  onDays: (from: string, to: string) => void
}): ReactNode {
  const selected = selectedDays(props.filters, props.today)
  const [from, setFrom] = useState(selected?.from ?? dayAfter(props.today, -6))
  const [to, setTo] = useState(selected?.to ?? props.today)
  const backwards = from !== '' && to !== '' && from > to
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (from !== '' && to !== '' && !backwards) props.onDays(from, to)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line p-3">
      <div className="grid grid-cols-2 gap-2">
        <Labelled label={t.filters.fromDay}>
          {(ids) => <DayField {...ids} required value={from} onChange={setFrom} />}
        </Labelled>
        <Labelled label={t.filters.toDay}>
          {(ids) => <DayField {...ids} required value={to} onChange={setTo} />}
        </Labelled>
      </div>
      <FormError error={backwards ? t.filters.backwards : null} />
      <Button small type="submit" disabled={backwards}>
        {t.filters.apply}
      </Button>
    </form>
  )
}

function timeText(filters: readonly Filter[]): string {
  const value = (field: string): string | undefined => filters.find((f) => f.field === field)?.values[0]
  const [on, after, before, within, fetched] = [
    value('on'),
    value('after'),
    value('before'),
    value('within'),
    value('fetched'),
  ]
  const parts: string[] = []
  if (on !== undefined) parts.push(t.filters.on(dayText(on)))
  if (after !== undefined && before !== undefined && !/T/i.test(before))
    parts.push(t.filters.between(dayText(after), dayText(dayAfter(before, -1))))
  else {
    if (after !== undefined) parts.push(t.filters.from(dayText(after)))
    if (before !== undefined) parts.push(t.filters.until(dayText(before)))
  }
  if (within !== undefined) parts.push(t.filters.last[within.toLowerCase()] ?? t.filters.within(within))
  if (fetched !== undefined) parts.push(t.filters.arrived(dayText(fetched)))
  return parts.join(', ')
}
