import type { Departure } from '../../api/contract/dashboard/above.ts'
import type { Door } from '../../api/contract/door.ts'
import type { CountUnit } from '../countUnit.ts'
import { number, number1 } from '../format.ts'
import { t } from '../messages/index.ts'

/** An expected count in words: whole, but for less than one a day. */
export const usual = (value: number): string =>
  value < 0.95 ? number1(Math.max(0, value)) : number(Math.round(value))

/** "expected 5–13 on Fridays (9 ± 4)" */
export function expectedText({
  value,
  low,
  high,
  day,
}: Pick<Departure, 'value' | 'low' | 'high' | 'day'>): string {
  return t.dashboard.above.expected(
    usual(low),
    usual(high),
    weekdayOf(day),
    usual(value),
    usual(high - value),
  )
}

/** "expected 9 ± 4 on Fridays" */
export function expectedInWords({ value, high, day }: Pick<Departure, 'value' | 'high' | 'day'>): string {
  return t.dashboard.lead.expected(usual(value), usual(high - value), weekdayOf(day))
}

/** The weekday of an ISO date, in full. */
export const weekdayOf = (day: string): string => WEEKDAY.format(Date.parse(`${day}T00:00Z`))
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })

/** A number that was counted in the person's unit, as a door. */
export const countedDoor = (unit: CountUnit, count: number, query: string): Door => ({
  stories: count,
  ...(unit === 'events' ? { events: count } : {}),
  query,
})

/** A headline that fits into a sentence: cut between words where it is longer. */
export function inSentence(headline: string, most = MOST): string {
  const text = headline.trim().replace(/[.…]+$/u, '')
  if (text.length <= most) return text
  const cut = text.slice(0, most + 1)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > most / 2 ? space : most).replace(/[\s,;:–—-]+$/u, '')}…`
}
const MOST = 76
