/** Local days as text ("2025-05-09") and what date filters say about them. Pure: zone and clock are given. */

/** The day some days later. */
export function dayAfter(day: string, days = 1): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10)
}

/** How many days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000)
}

/** An instant as a date filter writes it to the second: "2025-05-08T18:40:05". */
export function momentOf(instant: number, zone: string): string {
  // The Swedish date and time is the ISO one, with a space.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return format.format(instant).replace(' ', 'T')
}

/** The date filters that select these days, both inclusive. */
export function datesOf(from: string, to: string): { on: string } | { after: string; before: string } {
  return from === to ? { on: from } : { after: from, before: dayAfter(to) }
}

/** "9 May 2025" of "2025-05-09"; a time stays behind it. */
export function dayText(value: string): string {
  const m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}:\d{2}))?/.exec(value)
  if (m === null) return value
  const month = MONTHS[Number(m[2]) - 1]
  if (month === undefined) return value
  return `${Number(m[3])} ${month} ${m[1]}${m[4] === undefined ? '' : `, ${m[4]}`}`
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** The days that date filters leave, both inclusive; open at an end without a filter. null where there are none. */
export function selectedDays(
  filters: readonly { field: string; values: readonly string[]; negated: boolean }[],
  today: string,
): { from: string | null; to: string | null } | null {
  let from: string | null = null
  let to: string | null = null
  for (const { field, values, negated } of filters) {
    const value = values[0]
    if (negated || value === undefined || values.length > 1) continue
    const day = value.slice(0, 10)
    if (field === 'on') return { from: day, to: day }
    if (field === 'after') from = day
    if (field === 'before') to = /T/i.test(value) ? day : dayAfter(day, -1)
    const length = /^(\d+)([hdwm])$/i.exec(value)
    if (field === 'within' && length !== null) {
      const days = { h: 1 / 24, d: 1, w: 7, m: 30 }[(length[2] as string).toLowerCase()] ?? 1
      from = dayAfter(today, -Math.ceil(Number(length[1]) * days))
    }
  }
  return from === null && to === null ? null : { from, to }
}
