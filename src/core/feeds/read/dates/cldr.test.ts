/** Dates written by Intl, with the data of CLDR, and read back. */
import { expect, test } from 'vitest'
import { readDate, styleOf } from './dates.ts'
import { LANGUAGES } from './monthNames.ts'

const day = (month: number): number => Date.UTC(2025, month - 1, 23)

test.each(LANGUAGES)('every month of %s, long and short, in a date and standing alone', (language) => {
  const style = styleOf([], language)
  const wrong: string[] = []
  for (const month of ['long', 'short'] as const) {
    const options = { month, calendar: 'gregory', timeZone: 'UTC' } as const
    const whole = new Intl.DateTimeFormat(language, { ...options, day: 'numeric', year: 'numeric' })
    const alone = new Intl.DateTimeFormat(language, options)
    for (let number = 1; number <= 12; number++) {
      for (const written of [
        whole.format(day(number)),
        whole.format(day(number)).toUpperCase(),
        `23 ${alone.format(day(number))} 2025`,
      ])
        if (readDate(written, style) !== day(number)) wrong.push(`${written} → ${readDate(written, style)}`)
    }
  }
  expect(wrong).toEqual([])
})

test.each(LANGUAGES)('hours of %s, of half a day and of a whole one', (language) => {
  const style = styleOf([], language)
  const wrong: string[] = []
  for (const hour12 of [true, false])
    for (const hour of [9, 12, 18]) {
      const moment = Date.UTC(2025, 4, 23, hour, 30)
      const written = new Intl.DateTimeFormat(language, {
        dateStyle: 'long',
        timeStyle: 'short',
        hour12,
        calendar: 'gregory',
        timeZone: 'UTC',
      }).format(moment)
      if (readDate(written, style) !== moment) wrong.push(`${written} → ${readDate(written, style)}`)
    }
  expect(wrong).toEqual([])
})

test.each(LANGUAGES)('the hour alone of %s, with its half of the day', (language) => {
  const style = styleOf([], language)
  const format = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    hour12: true,
    calendar: 'gregory',
    timeZone: 'UTC',
  })
  const wrong: string[] = []
  for (const hour of [3, 9, 12, 15, 21]) {
    const moment = Date.UTC(2025, 4, 23, hour)
    const written = format.format(moment)
    if (readDate(written, style) !== moment) wrong.push(`${written} → ${readDate(written, style)}`)
  }
  expect(wrong).toEqual([])
})

test.each(LANGUAGES)('whole dates of %s, with the weekday and without', (language) => {
  const wrong: string[] = []
  for (const dateStyle of ['full', 'long', 'medium', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { dateStyle, calendar: 'gregory', timeZone: 'UTC' })
    const written = Array.from({ length: 12 }, (_, month) => format.format(day(month + 1)))
    const style = styleOf(written, language)
    for (const [month, text] of written.entries())
      if (readDate(text, style) !== day(month + 1)) wrong.push(`${text} → ${readDate(text, style)}`)
  }
  expect(wrong).toEqual([])
})
