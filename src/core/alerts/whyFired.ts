import type { WhyStep } from '../../api/contract/backtest.ts'
import { counted } from '../counted.ts'
import { duration } from '../feeds/pace/duration.ts'
import { localMoment } from '../localTime.ts'
import type { DeliveryRecord } from '../store/notices.ts'
import type { Decision } from './decide/decision.ts'

/** What is known of an alert and a story. */
export interface Known {
  /** True if the query, as it is now, matches the story. */
  readonly matches: boolean
  readonly enabled: boolean
  /** What was decided when it arrived; null where it is no hit, '' where that was before decisions were kept. */
  readonly decision: Partial<Decision> | '' | null
  /** Attempts to tell the notice, oldest first. */
  readonly deliveries: readonly DeliveryRecord[]
  readonly timeZone: string
}

/**
 * Why an alert told of a story or did not, step by step, from what was decided when the story arrived. After the step that ended
 * it the others were not reached (`passed: null`).
 */
export function whyFired(known: Known): { fired: boolean; steps: WhyStep[] } {
  const { decision } = known
  const steps: WhyStep[] = [query(known)]
  if (decision === null || decision === '' || decision.outcome === undefined)
    return { fired: false, steps: [...steps, ...unreached(AFTER_QUERY)] }
  const fired = decision.outcome === 'told'
  for (const step of AFTER_QUERY) {
    const told = BY_STEP[step](decision as Decision, known)
    steps.push({ step, ...told })
    if (told.passed === false) break
  }
  return { fired, steps: [...steps, ...unreached(AFTER_QUERY.slice(steps.length - 1))] }
}

type Step = WhyStep['step']
type Later = Exclude<Step, 'query'>
type Said = Pick<WhyStep, 'passed' | 'words'>

const AFTER_QUERY: readonly Later[] = ['horizon', 'collapse', 'cooldown', 'quiet', 'cap', 'channel']

const unreached = (steps: readonly Step[]): WhyStep[] =>
  steps.map((step) => ({ step, passed: null, words: 'Not reached.' }))

function query({ matches, enabled, decision }: Known): WhyStep {
  if (decision !== null) {
    const since = matches ? '' : ' The query was changed since, or the story, and it no longer does.'
    const before =
      decision === ''
        ? ' What was decided of it then is not known: it is from before decisions were kept.'
        : ''
    const waits =
      decision !== '' && decision.outcome === undefined
        ? ' It is decided as soon as the story’s event is known.'
        : ''
    return {
      step: 'query',
      passed: true,
      words: `The query matched when the story arrived.${since}${before}${waits}`,
    }
  }
  if (!matches) return { step: 'query', passed: false, words: 'The query does not match this story.' }
  return {
    step: 'query',
    passed: false,
    words: enabled
      ? 'The query matches, but the story arrived before the alert watched for it: only what arrives later becomes a hit.'
      : 'The query matches, but the alert is switched off.',
  }
}

const BY_STEP: Record<Later, (decision: Decision, known: Known) => Said> = {
  horizon: ({ outcome, age, horizon }) =>
    outcome === 'backfilled'
      ? { passed: false, words: 'It was taken from the archive on request: such hits are not told.' }
      : outcome === 'old'
        ? {
            passed: false,
            words: `It was ${duration(age)} old when it arrived; up to ${duration(horizon)} are told.`,
          }
        : {
            passed: true,
            words: `It was ${duration(Math.max(0, age))} old when it arrived; up to ${duration(horizon)} would do.`,
          },
  collapse({ outcome, key, trigger }) {
    if (outcome === 'collapsed')
      return {
        passed: false,
        words: `Its event had been told before (${key}); growth is told only if asked.`,
      }
    if (outcome === 'snoozed') return { passed: false, words: 'Its event is snoozed.' }
    if (outcome === 'counted')
      return {
        passed: false,
        words:
          trigger === 'silence'
            ? 'The alert tells of silence: a hit ends it and is not told.'
            : `It counts towards the ${trigger}, which was not reached with it.`,
      }
    if (outcome === 'unannounced')
      return {
        passed: false,
        words: 'It was imported while nobody was there to be told; it stands in the inbox.',
      }
    if (outcome === 'seen')
      return { passed: false, words: 'You saw or dismissed it in the inbox before it was told.' }
    return { passed: true, words: 'No notice had told of its event.' }
  },
  cooldown: (decision, known) =>
    gate(decision, known, ['cooldown', 'digest', 'snooze'], 'No cooldown held it.'),
  quiet: (decision, known) => gate(decision, known, ['quiet'], 'It did not fall into quiet hours.'),
  cap: (decision, known) => gate(decision, known, ['cap'], 'The cap for an hour was not reached.'),
  channel({ outcome }, { deliveries }) {
    if (outcome === 'held') return { passed: null, words: 'It waits to be told with what else came.' }
    if (deliveries.length === 0) return { passed: true, words: 'It stands in the inbox; no channel was due.' }
    const last = [...new Map(deliveries.map((one) => [one.channel, one])).values()]
    const well = last.filter(({ status }) => status === 'delivered').length
    const words = last
      .map(({ channel, kind, status, http, attempt }) => {
        const answer = http === null ? '' : ` (${http})`
        return `${kind === '' ? channel : kind}: ${status}${answer}, ${counted(attempt, 'attempt')}`
      })
      .join('; ')
    return {
      passed: well > 0 ? true : last.some(({ status }) => status !== 'given-up') ? null : false,
      words: `${words}.`,
    }
  },
}

const HELD: Record<string, string> = {
  cooldown: 'the cooldown',
  digest: 'the next digest',
  snooze: 'the end of its snooze',
  quiet: 'the end of quiet hours',
  cap: 'the cap',
}

function gate(
  { outcome, gates, told }: Decision,
  { timeZone }: Known,
  names: readonly (keyof Decision['gates'])[],
  otherwise: string,
): Said {
  const name = names.find((one) => gates[one] !== undefined)
  if (name === undefined) return { passed: true, words: otherwise }
  const until = localMoment(gates[name] as number, timeZone)
    .slice(0, 16)
    .replace('T', ' ')
  if (outcome === 'told' && told !== null)
    return {
      passed: true,
      words: `Held for ${HELD[name]} until ${until}; told ${localMoment(told, timeZone).slice(0, 16).replace('T', ' ')}.`,
    }
  return { passed: false, words: `Held for ${HELD[name]} until ${until}, then told with what else came.` }
}
