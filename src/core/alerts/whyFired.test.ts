import { expect, test } from 'vitest'
import type { DeliveryRecord } from '../store/notices.ts'
import type { Decision } from './decide/decision.ts'
import { type Known, whyFired } from './whyFired.ts'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 6, 1, 10)
const TOLD: Decision = {
  outcome: 'told',
  at: NOON,
  age: 2 * HOUR,
  horizon: 48 * HOUR,
  trigger: 'each',
  gates: {},
  key: 'event:7',
  told: NOON,
}
const known = (decision: Known['decision'], more: Partial<Known> = {}): Known => ({
  matches: true,
  enabled: true,
  decision,
  deliveries: [],
  timeZone: 'Europe/Berlin',
  ...more,
})
const attempt = (status: DeliveryRecord['status'], http: number | null, number: number): DeliveryRecord => ({
  noticeId: 1,
  noticeAt: NOON,
  alertId: 1,
  alertName: 'Pipes',
  event: 7,
  channel: 'webhook-1',
  kind: 'webhook',
  place: 'a.example',
  at: NOON,
  status,
  http,
  message: '',
  attempt: number,
})

test.each<[string, Known, boolean, string, string]>([
  ['not matched', known(null, { matches: false }), false, '✗------', 'The query does not match this story.'],
  ['before the alert', known(null), false, '✗------', 'before the alert watched for it'],
  ['switched off', known(null, { enabled: false }), false, '✗------', 'the alert is switched off'],
  ['from before decisions were kept', known(''), false, '✓------', 'from before decisions were kept'],
  ['waiting for its event', known({}), false, '✓------', 'as soon as the story’s event is known'],
  ['old', known({ ...TOLD, outcome: 'old', age: 72 * HOUR }), false, '✓✗-----', '3 days old'],
  ['back-filled', known({ ...TOLD, outcome: 'backfilled' }), false, '✓✗-----', 'from the archive on request'],
  ['collapsed', known({ ...TOLD, outcome: 'collapsed' }), false, '✓✓✗----', 'told before (event:7)'],
  ['snoozed', known({ ...TOLD, outcome: 'snoozed' }), false, '✓✓✗----', 'Its event is snoozed.'],
  [
    'counted',
    known({ ...TOLD, outcome: 'counted', trigger: 'spike' }),
    false,
    '✓✓✗----',
    'towards the spike',
  ],
  [
    'silence',
    known({ ...TOLD, outcome: 'counted', trigger: 'silence' }),
    false,
    '✓✓✗----',
    'tells of silence',
  ],
  ['seen', known({ ...TOLD, outcome: 'seen' }), false, '✓✓✗----', 'You saw or dismissed it'],
  ['imported', known({ ...TOLD, outcome: 'unannounced' }), false, '✓✓✗----', 'nobody was there to be told'],
  [
    'held by a cooldown',
    known({ ...TOLD, outcome: 'held', told: null, gates: { cooldown: NOON + HOUR, quiet: NOON + 2 * HOUR } }),
    false,
    '✓✓✓✗---',
    'Held for the cooldown until 2026-07-01 13:00, then told with what else came.',
  ],
  [
    'held for a digest',
    known({ ...TOLD, outcome: 'held', told: null, gates: { digest: NOON + HOUR } }),
    false,
    '✓✓✓✗---',
    'Held for the next digest until 2026-07-01 13:00',
  ],
  [
    'held by quiet hours',
    known({ ...TOLD, outcome: 'held', told: null, gates: { quiet: NOON + HOUR } }),
    false,
    '✓✓✓✓✗--',
    'Held for the end of quiet hours until 2026-07-01 13:00',
  ],
  [
    'held by a cap',
    known({ ...TOLD, outcome: 'held', told: null, gates: { cap: NOON + HOUR } }),
    false,
    '✓✓✓✓✓✗-',
    'Held for the cap until 2026-07-01 13:00',
  ],
  [
    'held with others',
    known({ ...TOLD, outcome: 'held', told: null }),
    false,
    '✓✓✓✓✓✓-',
    'It waits to be told with what else came.',
  ],
  [
    'told after quiet hours',
    known({ ...TOLD, gates: { quiet: NOON + HOUR }, told: NOON + HOUR }),
    true,
    '✓✓✓✓✓✓✓',
    'Held for the end of quiet hours until 2026-07-01 13:00; told 2026-07-01 13:00.',
  ],
  ['told', known(TOLD), true, '✓✓✓✓✓✓✓', 'It stands in the inbox; no channel was due.'],
  [
    'delivered at the second attempt',
    known(TOLD, { deliveries: [attempt('failed', 500, 1), attempt('delivered', 204, 2)] }),
    true,
    '✓✓✓✓✓✓✓',
    'webhook: delivered (204), 2 attempts.',
  ],
  [
    'failing so far',
    known(TOLD, { deliveries: [attempt('failed', 500, 1), attempt('pending', null, 2)] }),
    true,
    '✓✓✓✓✓✓-',
    'webhook: pending, 2 attempts.',
  ],
  [
    'given up',
    known(TOLD, { deliveries: [attempt('given-up', 404, 8)] }),
    true,
    '✓✓✓✓✓✓✗',
    'webhook: given-up (404), 8 attempts.',
  ],
])('%s', (_, what, isFired, passed, words) => {
  const { fired, steps } = whyFired(what)
  expect(steps.map(({ step }) => step)).toEqual([
    'query',
    'horizon',
    'collapse',
    'cooldown',
    'quiet',
    'cap',
    'channel',
  ])
  expect(steps.map((one) => (one.passed === null ? '-' : one.passed ? '✓' : '✗')).join('')).toBe(passed)
  expect(fired).toBe(isFired)
  expect(steps.map((one) => one.words).join(' ')).toContain(words)
})
