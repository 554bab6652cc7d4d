import { expect, test } from 'vitest'
import type { AlertSettings, Weekday } from '../../api/contract/alertSettings.ts'
import { exactSpan, sentenceOf, sentenceParts } from './sentence.ts'
import { DEFAULTS } from './settings.ts'

const HOUR = 3_600_000
const said = (change: Partial<AlertSettings>): string => sentenceOf({ ...DEFAULTS, ...change })
/** The part of the sentence that changes something. */
const partOf = (changes: string, change: Partial<AlertSettings>): string | undefined =>
  sentenceParts({ ...DEFAULTS, ...change }).find((part) => part.changes === changes)?.text

test('as an alert is by default', () => {
  expect(said({})).toBe(
    'At once, one notice per event, as many as there are. No quiet hours. Stories older than 48 hours when they arrive become hits, without a notice.',
  )
})

test('cooldown, cap and quiet hours, and what becomes of what they hold', () => {
  const quiet = { from: '22:00', to: '07:00' }
  expect(said({ cooldownMs: 4 * HOUR, quiet, collapse: 'none', horizonMs: 72 * HOUR })).toBe(
    'At once, one notice per story, then at most every 4 hours, the rest together. Nothing from 22:00 to 07:00: what was held comes at 07:00 as one notice. Stories older than 3 days when they arrive become hits, without a notice.',
  )
  expect(partOf('rate', { capPerHour: 6 })).toBe('at most 6 within an hour')
  expect(partOf('rate', { cooldownMs: HOUR, capPerHour: 6 })).toBe(
    'then at most every hour and 6 within an hour',
  )
  expect(partOf('collapse', { growth: true })).toBe('one notice per event and one more when it has doubled')
  expect(partOf('quiet', { quiet: { from: '07:00', to: '07:00' } })).toBe('No quiet hours')
})

test('a digest says its times and days; hourly, it has no days', () => {
  const digest = (at: string[], on: Weekday[]) => ({ trigger: { kind: 'digest', at, on } }) as const
  const when = (at: string[], on: Weekday[]) => partOf('trigger', digest(at, on))
  expect(when(['18:00', '07:00'], ['mon', 'tue', 'wed', 'thu', 'fri'])).toBe('At 07:00 and 18:00 on weekdays')
  expect(when(['07:00'], ['sun', 'sat'])).toBe('At 07:00 at weekends')
  expect(when(['07:00'], ['fri', 'mon'])).toBe('At 07:00 on Monday and Friday')
  expect(when(['07:00'], [])).toBe('At 07:00 every day')
  expect(when([], ['mon'])).toBe('Every hour, on the hour')
  expect(said(digest(['07:00'], []))).toMatch(
    /^At 07:00 every day, one notice of what came, each event once\. No quiet hours\./,
  )
})

test('a threshold, a spike, a silence', () => {
  const count = { by: 'count', of: 'events', count: 5, windowMs: HOUR } as const
  expect(said({ trigger: { kind: 'threshold', rule: count } })).toBe(
    'When 5 events come within an hour, one notice of them all, as often as that happens. No quiet hours. Stories older than 48 hours when they arrive become hits and do not count.',
  )
  expect(said({ trigger: { kind: 'threshold', rule: { ...count, count: 1, of: 'stories' } } })).toMatch(
    /^When 1 story comes within an hour,/,
  )
  expect(said({ trigger: { kind: 'threshold', rule: { by: 'share', percent: 200 } } })).toMatch(
    /^When a day has 200 % more stories than its weekday leads one to expect, one notice, once a day\./,
  )
  expect(said({ trigger: { kind: 'spike' }, quiet: { from: '22:00', to: '06:30' } })).toBe(
    'When a day has clearly more stories than its weekday leads one to expect, one notice, once a day. Nothing from 22:00 to 06:30: what was reached then is told at 06:30. Stories older than 48 hours when they arrive become hits and do not count.',
  )
  expect(said({ trigger: { kind: 'silence', forMs: 90 * 60_000 } })).toBe(
    'When nothing has come for 90 minutes where hits usually come more often, one notice; the next one only after a hit. No quiet hours. Stories older than 48 hours when they arrive become hits and end no silence.',
  )
})

test('lengths of time are said exactly', () => {
  const minutes = [1, 60, 90, 1440, 2880, 4320, 36_500 * 1440].map((n) => exactSpan(n * 60_000))
  expect(minutes).toEqual([
    'a minute',
    'an hour',
    '90 minutes',
    '24 hours',
    '48 hours',
    '3 days',
    '100 years',
  ])
  expect(exactSpan(90_000)).toBe('90 seconds')
})
