import { expect, test } from 'vitest'
import { silence } from './silence.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A Thursday, noon. */
const now = Date.UTC(2025, 4, 8, 12)

const weekday = (at: number): number => new Date(at).getUTCDay()
const hourOf = (at: number): number => new Date(at).getUTCHours()

/** Every moment of the last `days` days, `step` apart, that the outlet works at; newest first. */
function newsroom(days: number, step: number, works: (at: number) => boolean, until = now): number[] {
  const moments: number[] = []
  for (let at = until; at > until - days * day; at -= step) if (works(at)) moments.push(at)
  return moments
}
const always = (): boolean => true
const office = (at: number): boolean =>
  weekday(at) > 0 && weekday(at) < 6 && hourOf(at) >= 7 && hourOf(at) < 19

test('a wire that stops is silent after hours, and its usual pace is stated', () => {
  const wire = newsroom(28, 14 * minute, always, now - 19 * hour)
  expect(silence(wire, now)).toBe('no story for 19 h, usually every 14 min')
})

test('a wire on its usual pace is not silent', () => {
  const wire = newsroom(28, 14 * minute, always)
  expect(silence(wire, now)).toBe('')
  expect(silence(wire, now + 45 * minute)).toBe('')
})

test('nights and weekends are part of the rhythm', () => {
  const paper = newsroom(28, 20 * minute, office)
  const everyHour = Array.from({ length: 7 * 24 }, (_, i) => now - 7 * day + i * hour)
  for (const at of everyHour)
    expect(
      silence(
        paper.filter((published) => published <= at),
        at,
      ),
      new Date(at).toISOString(),
    ).toBe('')
})

test('a paper that closes is silent in the second week', () => {
  const paper = newsroom(28, 20 * minute, office)
  expect(silence(paper, now + 4 * day)).toBe('')
  expect(silence(paper, now + 7 * day)).toBe('no story for 7 days, usually every 20 min')
})

test('an outage of the past does not hide the next one', () => {
  const before = newsroom(14, 14 * minute, always, now - 12 * day)
  const after = newsroom(2, 14 * minute, always, now - 10 * hour)
  expect(silence([...after, ...before], now)).toMatch(/^no story for 10 h/)
})

test('while no weekend was seen, a weekend is no silence', () => {
  const friday = Date.UTC(2025, 4, 9, 18)
  const young = newsroom(4, 20 * minute, office, friday)
  expect(silence(young, friday + 60 * hour)).toBe('')
  expect(silence(young, friday + 75 * hour)).toMatch(/^no story for 3 days/)
})

test('a handful of stories makes no rhythm', () => {
  expect(silence([], now)).toBe('')
  expect(silence([now - 300 * day], now)).toBe('')
  expect(silence(newsroom(1, 3 * hour, always, now - 300 * day), now)).toBe('')
})

test('one batch of a hundred items without dates is one moment, not a rhythm', () => {
  const batch = Array.from({ length: 100 }, (_, i) => now - 5 * day - i * 10)
  expect(silence(batch, now)).toBe('')
})

test('a monthly that is a week late is quiet, not silent', () => {
  expect(silence(newsroom(400, 30 * day, always, now - 37 * day), now)).toBe('')
})

test('stories dated in the future do not speak for the present', () => {
  const wire = newsroom(28, 14 * minute, always, now - 19 * hour)
  expect(silence([now + day, ...wire], now)).toBe('no story for 19 h, usually every 14 min')
})
