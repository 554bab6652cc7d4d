import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Beat, every, type Heartbeat, LONGEST_WAIT_MS, startHeartbeat } from './heartbeat.ts'

const START = Date.UTC(2026, 10, 29)
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let heartbeat: Heartbeat | undefined
let lines: string[]
beforeEach(() => {
  vi.useFakeTimers({ now: START })
  lines = []
})
afterEach(async () => {
  await heartbeat?.close()
  heartbeat = undefined
  vi.useRealTimers()
})

function start(...table: Beat[]): Heartbeat {
  const started = startHeartbeat(table, { now: Date.now, log: (line) => lines.push(line) })
  heartbeat = started
  return started
}
/** A row that is due every 20 seconds, with the moments at which it ran, in seconds since the start. */
function often(run: () => unknown = () => undefined) {
  const ran: number[] = []
  const beat: Beat = {
    what: 'Looking',
    next: every(20 * SECOND, START),
    run() {
      ran.push((Date.now() - START) / SECOND)
      return run()
    },
  }
  return { ran, beat }
}
/** Lets promises settle. */
const settle = () => vi.advanceTimersByTimeAsync(0)

test('moments hang on the clock alone: before, on and between them', () => {
  const next = every(20, 100)
  expect([-5, 79, 80, 100, 119, 120, 1000].map(next)).toEqual([0, 80, 100, 120, 120, 140, 1020])
})

test('each row runs when it is due, by its own clock, and late runs do not add up', async () => {
  const { ran, beat } = often(() => vi.setSystemTime(Date.now() + 3 * SECOND))
  const hourly = vi.fn()
  start(beat, { what: 'Retention', next: every(HOUR, START), run: hourly })
  await vi.advanceTimersByTimeAsync(50 * SECOND)
  expect(ran).toEqual([20, 40])
  await vi.advanceTimersByTimeAsync(50 * SECOND)
  for (const at of ran) expect(at % 20).toBe(0)
  expect(hourly).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(hourly).toHaveBeenCalledTimes(1)
})

test('there is one timer, however many rows', () => {
  start(often().beat, often().beat, { what: 'Retention', next: every(HOUR, START), run: vi.fn() })
  expect(vi.getTimerCount()).toBe(1)
})

test('after sleep or a clock set forward, what was missed comes as one run, and then the usual ones', async () => {
  const { ran, beat } = often()
  start(beat)
  await vi.advanceTimersByTimeAsync(20 * SECOND)
  vi.setSystemTime(START + 9 * HOUR + 5 * SECOND)
  await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS)
  const woken = (9 * HOUR) / SECOND + 25
  expect(ran).toEqual([20, woken])
  await vi.advanceTimersByTimeAsync(35 * SECOND)
  expect(ran).toEqual([20, woken, woken + 15, woken + 35])
})

test('a row that is rarely due is noticed soon after a sleep, in which timers stood still', async () => {
  const run = vi.fn()
  start({ what: 'Retention', next: every(HOUR, START), run })
  await vi.advanceTimersByTimeAsync(10 * SECOND)
  vi.setSystemTime(START + 2 * HOUR)
  await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS)
  expect(run).toHaveBeenCalledTimes(1)
})

test('a clock set back stalls nothing and starts no storm', async () => {
  const { ran, beat } = often()
  start(beat)
  await vi.advanceTimersByTimeAsync(45 * SECOND)
  ran.length = 0
  vi.setSystemTime(START - 24 * HOUR)
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  const back = (-24 * HOUR) / SECOND
  expect(ran).toEqual([20, 40, 60, 80, 100, 120].map((second) => back + second))
})

test('a row does not run twice at once; what fell due meanwhile comes right after, once', async () => {
  let finish: () => void = () => undefined
  const { ran, beat } = often(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve
      }),
  )
  const other = often()
  start(beat, other.beat)
  await vi.advanceTimersByTimeAsync(90 * SECOND)
  expect(ran).toEqual([20])
  expect(other.ran).toEqual([20, 40, 60, 80])
  finish()
  await settle()
  expect(ran).toEqual([20, 90])
  finish()
  await vi.advanceTimersByTimeAsync(15 * SECOND)
  expect(ran).toEqual([20, 90, 100])
  finish()
})

test('a row that fails is logged and stops no other, nor itself', async () => {
  const good = often()
  const throws = often(() => {
    throw new Error('no disk')
  })
  const rejects = often(() => Promise.reject(new Error('no net')))
  const confused: Beat = {
    what: 'Digest',
    next: () => {
      throw new Error('no time zone')
    },
    run: vi.fn(),
  }
  start(throws.beat, rejects.beat, confused, good.beat)
  await vi.advanceTimersByTimeAsync(40 * SECOND)
  for (const { ran } of [throws, rejects, good]) expect(ran).toEqual([20, 40])
  expect(lines.filter((line) => line.startsWith('Looking failed: Error: no disk'))).toHaveLength(2)
  expect(lines.filter((line) => line.startsWith('Looking failed: Error: no net'))).toHaveLength(2)
  expect(lines.filter((line) => line.startsWith('Digest failed: Error: no time zone'))).toHaveLength(1)
  expect(confused.run).not.toHaveBeenCalled()
})

test('a moment that moves is kept: sooner, later, never', async () => {
  let at: number | null = START + HOUR
  const run = vi.fn()
  const { reset } = start({ what: 'Retry', next: (after) => (at !== null && at > after ? at : null), run })
  await vi.advanceTimersByTimeAsync(SECOND)
  at = START + 3 * SECOND
  reset()
  await vi.advanceTimersByTimeAsync(2 * SECOND)
  expect(run).toHaveBeenCalledTimes(1)
  at = null
  await vi.advanceTimersByTimeAsync(2 * HOUR)
  expect(run).toHaveBeenCalledTimes(1)
})

test('closing ends what runs and waits for it; nothing begins afterwards', async () => {
  let ended = false
  const { ran, beat } = often()
  const long: Beat = {
    what: 'Retention',
    next: every(20 * SECOND, START),
    run: (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () =>
          setTimeout(() => {
            ended = true
            reject(signal.reason)
          }, SECOND),
        )
      }),
  }
  const { close, reset } = start(long, beat)
  await vi.advanceTimersByTimeAsync(20 * SECOND)
  const closed = close()
  await settle()
  expect(ended).toBe(false)
  await vi.advanceTimersByTimeAsync(SECOND)
  await closed
  expect(ended).toBe(true)
  expect(lines).toEqual([])
  reset()
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(ran).toEqual([20])
  expect(vi.getTimerCount()).toBe(0)
})
