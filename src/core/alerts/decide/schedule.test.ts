import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localMoment } from '../../localTime.ts'
import { nextDigest, quietReader, quietUntil } from './schedule.ts'

const at = (utc: string): number => Date.parse(`${utc}Z`)
const shown = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString().slice(0, 16)
const night = { from: '22:00', to: '07:00' }

describe('quiet hours', () => {
  test.each([
    ['2026-01-15T21:59:59', null],
    ['2026-01-15T22:00', '2026-01-16T07:00'],
    ['2026-01-16T06:59', '2026-01-16T07:00'],
    ['2026-01-16T07:00', null],
  ])('over midnight, at %s: until %s', (moment, end) => {
    expect(shown(quietUntil(night, at(moment), 'UTC'))).toBe(end)
  })

  test('within a day, and up to midnight', () => {
    expect(shown(quietUntil({ from: '12:00', to: '13:30' }, at('2026-01-15T13:29'), 'UTC'))).toBe(
      '2026-01-15T13:30',
    )
    expect(quietUntil({ from: '12:00', to: '13:30' }, at('2026-01-15T11:59'), 'UTC')).toBeNull()
    expect(shown(quietUntil({ from: '20:00', to: '00:00' }, at('2026-01-15T23:59'), 'UTC'))).toBe(
      '2026-01-16T00:00',
    )
    expect(quietUntil({ from: '20:00', to: '00:00' }, at('2026-01-16T00:00'), 'UTC')).toBeNull()
  })

  test('none where they are not set, or begin when they end', () => {
    expect(quietUntil(null, at('2026-01-15T23:00'), 'UTC')).toBeNull()
    for (const hour of ['00:00', '22:00'])
      expect(quietUntil({ from: hour, to: hour }, at(`2026-01-15T${hour}`), 'UTC')).toBeNull()
  })

  // The night in which the clock goes forward is an hour shorter, the one in which it goes back an hour longer.
  test.each([
    ['Europe/Berlin', '2026-03-28T21:00', '2026-03-29T05:00'],
    ['Europe/Berlin', '2026-10-24T20:00', '2026-10-25T06:00'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T11:00'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T12:00'],
    ['Australia/Lord_Howe', '2026-04-04T11:00', '2026-04-04T20:30'],
    ['Asia/Kathmandu', '2026-03-28T16:15', '2026-03-29T01:15'],
  ])('in %s they last from %s to %s of UTC', (zone, start, end) => {
    expect(shown(quietUntil(night, at(start), zone))).toBe(end)
    expect(quietUntil(night, at(start) - 1, zone)).toBeNull()
    expect(quietUntil(night, at(end), zone)).toBeNull()
    expect(shown(quietUntil(night, at(end) - 1, zone))).toBe(end)
  })

  test('an hour that comes twice does not begin them again; one that is left out ends them after it', () => {
    // 2:30 comes at 0:30 and at 1:30 of UTC.
    const quiet = { from: '22:00', to: '02:30' }
    expect(shown(quietUntil(quiet, at('2026-10-25T00:10'), 'Europe/Berlin'))).toBe('2026-10-25T00:30')
    expect(quietUntil(quiet, at('2026-10-25T01:10'), 'Europe/Berlin')).toBeNull()
    expect(shown(quietUntil(quiet, at('2026-03-29T00:30'), 'Europe/Berlin'))).toBe('2026-03-29T01:30')
  })

  const zone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/Sao_Paulo',
  )
  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  const moment = fc.integer({ min: at('2025-01-01T00:00'), max: at('2027-01-01T00:00') })

  test('they end after any moment that they hold, within a day and an hour, and are over then', () => {
    fc.assert(
      fc.property(time, time, moment, zone, (from, to, now, timeZone) => {
        const end = quietUntil({ from, to }, now, timeZone)
        if (end === null) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(25 * 3_600_000)
        expect(quietUntil({ from, to }, end, timeZone)).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })

  test('a digest comes after the moment, at one of its times on one of its days', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(time, { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), { maxLength: 3 }),
        moment,
        zone,
        (times, on, now, timeZone) => {
          const next = nextDigest({ at: times, on }, now, timeZone)
          expect(next).toBeGreaterThan(now)
          expect(next - now).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000)
          const local = localMoment(next, timeZone)
          const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(`${local}Z`).getUTCDay()]
          if (on.length > 0) expect(on).toContain(weekday)
          // A time that the clock leaves out comes as much later as it leaves out.
          const minutes = new Set(times.flatMap((one) => [0, 30, 60].map((late) => shiftedBy(one, late))))
          expect(minutes).toContain(local.slice(11, 16))
        },
      ),
      { numRuns: 1000 },
    )
  })
})

function shiftedBy(time: string, minutes: number): string {
  const all = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes
  return `${String(Math.floor(all / 60) % 24).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`
}

describe('digests', () => {
  test('hourly ones come on the hour of the local clock', () => {
    const hourly = { at: [], on: [] }
    expect(shown(nextDigest(hourly, at('2026-01-15T10:00'), 'UTC'))).toBe('2026-01-15T11:00')
    expect(shown(nextDigest(hourly, at('2026-01-15T10:20'), 'Asia/Kathmandu'))).toBe('2026-01-15T11:15')
  })
  test('the next of their times, on the next of their days', () => {
    const weekdays = { at: ['16:00', '07:00'], on: ['mon' as const, 'fri' as const] }
    const berlin = (utc: string): string | null => shown(nextDigest(weekdays, at(utc), 'Europe/Berlin'))
    expect(berlin('2026-01-15T12:00')).toBe('2026-01-16T06:00')
    expect(berlin('2026-01-16T06:00')).toBe('2026-01-16T15:00')
    expect(berlin('2026-01-16T15:00')).toBe('2026-01-19T06:00')
  })
})

test('quiet hours asked for again and again are the same, whatever order the moments have', () => {
  const time = fc.constantFrom('00:00', '00:30', '02:30', '03:00', '07:00', '22:00', '23:59')
  const start = Date.UTC(2025, 2, 28)
  fc.assert(
    fc.property(
      fc.record({ from: time, to: time }),
      fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns'),
      // Half a year and a few days: over both changes of the clock.
      fc.array(fc.oneof(fc.integer({ min: 0, max: 5 * 86_400 }), fc.integer({ min: 0, max: 220 * 86_400 })), {
        maxLength: 40,
      }),
      fc.boolean(),
      (quiet, timeZone, seconds, inOrder) => {
        const read = quietReader(quiet, timeZone)
        for (const second of inOrder ? seconds.sort((a, b) => a - b) : seconds) {
          const moment = start + second * 1000
          expect(read(moment)).toBe(quietUntil(quiet, moment, timeZone))
        }
      },
    ),
    { numRuns: 300 },
  )
})
