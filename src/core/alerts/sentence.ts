/**
 * What an alert does, in one plain sentence made from the very settings it is decided by. Each part that can be changed names the
 * setting it comes from, so that an editor can open it in place. Pure: the page and the command line use it as well.
 */
import type { AlertSettings, Trigger, Weekday } from '../../api/contract/alertSettings.ts'
import { counted } from '../counted.ts'
import { wordList } from '../wordList.ts'

/** What of the settings a part of the sentence changes; `rate` is cooldown and cap. */
export type Changeable = 'trigger' | 'collapse' | 'rate' | 'quiet' | 'horizon'

export interface SentencePart {
  readonly text: string
  /** null: it follows from the others. */
  readonly changes: Changeable | null
}

/** The sentence in its parts: their texts in order make it whole. */
export function sentenceParts(settings: AlertSettings): SentencePart[] {
  return [...tells(settings), ...quietHours(settings), ...horizon(settings)]
}

/** The sentence as text. */
export const sentenceOf = (settings: AlertSettings): string =>
  sentenceParts(settings)
    .map(({ text }) => text)
    .join('')

/** A length of time (ms) exactly, in the largest units that divide it: "an hour", "90 minutes", "48 hours", "3 days". */
export function exactSpan(ms: number): string {
  const [n, unit] = inUnits(ms)
  return n === 1 ? `${unit === 'hour' ? 'an' : 'a'} ${unit}` : counted(n, unit)
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Below so many days, hours are what people count in. */
const DAYS_FROM = 3

function inUnits(ms: number): readonly [number, string] {
  if (ms % (365 * DAY) === 0 && ms >= 2 * 365 * DAY) return [ms / (365 * DAY), 'year']
  if (ms % DAY === 0 && ms >= DAYS_FROM * DAY) return [ms / DAY, 'day']
  if (ms % HOUR === 0) return [ms / HOUR, 'hour']
  if (ms % MINUTE === 0) return [ms / MINUTE, 'minute']
  return [Math.round(ms / 1000), 'second']
}

function every(ms: number): string {
  const [n, unit] = inUnits(ms)
  return n === 1 ? `every ${unit}` : `every ${counted(n, unit)}`
}

const fixed = (text: string): SentencePart => ({ text, changes: null })

/** When it tells, what one notice is of, and how many there can be. */
function tells(settings: AlertSettings): SentencePart[] {
  const { trigger } = settings
  const when: SentencePart = { text: WHEN[trigger.kind](trigger as never), changes: 'trigger' }
  switch (trigger.kind) {
    case 'each':
      return [
        when,
        fixed(', '),
        { text: `one notice per ${PER[settings.collapse](settings)}`, changes: 'collapse' },
        ...rate(settings, 'as many as there are'),
      ]
    case 'digest':
      return [
        when,
        fixed(', one notice of what came, '),
        { text: ONCE[settings.collapse](settings), changes: 'collapse' },
        ...rate(settings, null),
      ]
    case 'threshold':
      return trigger.rule.by === 'count'
        ? [when, fixed(', one notice of them all'), ...rate(settings, 'as often as that happens')]
        : [when, fixed(', one notice, once a day'), ...rate(settings, null)]
    case 'spike':
      return [when, fixed(', one notice, once a day'), ...rate(settings, null)]
    case 'silence':
      return [
        when,
        fixed(' where hits usually come more often, one notice; the next one only after a hit'),
        ...rate(settings, null),
      ]
  }
}

const PER: Record<AlertSettings['collapse'], (settings: AlertSettings) => string> = {
  event: ({ growth }) => (growth ? 'event and one more when it has doubled' : 'event'),
  none: () => 'story',
}
const ONCE: Record<AlertSettings['collapse'], (settings: AlertSettings) => string> = {
  event: ({ growth }) => (growth ? 'each event once and once more when it has doubled' : 'each event once'),
  none: () => 'every story',
}

type Of<Kind extends Trigger['kind']> = Extract<Trigger, { kind: Kind }>
const WHEN: { [Kind in Trigger['kind']]: (trigger: Of<Kind>) => string } = {
  each: () => 'At once',
  // Without times the days play no part (decide/schedule.ts).
  digest: ({ at, on }) =>
    at.length === 0 ? 'Every hour, on the hour' : `At ${wordList(at.toSorted())} ${daysOf(on)}`,
  threshold: ({ rule }) =>
    rule.by === 'count'
      ? `When ${numbered(rule)} ${rule.count === 1 ? 'comes' : 'come'} within ${exactSpan(rule.windowMs)}`
      : `When a day has ${rule.percent.toLocaleString('en')} % more stories than its weekday leads one to expect`,
  spike: () => 'When a day has clearly more stories than its weekday leads one to expect',
  silence: ({ forMs }) => `When nothing has come for ${exactSpan(forMs)}`,
}
const numbered = ({ of, count }: { of: 'events' | 'stories'; count: number }): string =>
  of === 'events' ? counted(count, 'event') : counted(count, 'story', 'stories')

const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function daysOf(on: readonly Weekday[]): string {
  const days = WEEK.map((day) => on.includes(day))
  const key = days.map(Number).join('')
  if (key === '0000000' || key === '1111111') return 'every day'
  if (key === '1111100') return 'on weekdays'
  if (key === '0000011') return 'at weekends'
  return `on ${wordList(DAY_NAMES.filter((_, i) => days[i]))}`
}

/** @param unlimited what is said where nothing limits it; null: nothing */
function rate({ cooldownMs, capPerHour }: AlertSettings, unlimited: string | null): SentencePart[] {
  const limits = [
    ...(cooldownMs > 0 ? [`then at most ${every(cooldownMs)}`] : []),
    ...(capPerHour === null
      ? []
      : [`${cooldownMs > 0 ? '' : 'at most '}${capPerHour.toLocaleString('en')} within an hour`]),
  ]
  if (limits.length > 0)
    return [fixed(', '), { text: limits.join(' and '), changes: 'rate' }, fixed(', the rest together.')]
  return unlimited === null ? [fixed('.')] : [fixed(', '), { text: unlimited, changes: 'rate' }, fixed('.')]
}

const HELD: Record<Trigger['kind'], (end: string) => string> = {
  each: (end) => `what was held comes at ${end} as one notice`,
  digest: (end) => `what was due then comes at ${end}`,
  threshold: (end) => `what was reached then is told at ${end}`,
  spike: (end) => `what was reached then is told at ${end}`,
  silence: (end) => `a silence that was reached then is told at ${end}`,
}

/** Quiet hours that end when they begin are none (decide/schedule.ts). */
function quietHours({ quiet, trigger }: AlertSettings): SentencePart[] {
  if (quiet === null || quiet.from === quiet.to)
    return [fixed(' '), { text: 'No quiet hours', changes: 'quiet' }, fixed('.')]
  return [
    fixed(' Nothing from '),
    { text: `${quiet.from} to ${quiet.to}`, changes: 'quiet' },
    fixed(`: ${HELD[trigger.kind](quiet.to)}.`),
  ]
}

const OLD: Record<Trigger['kind'], string> = {
  each: 'become hits, without a notice',
  digest: 'become hits, without a notice',
  threshold: 'become hits and do not count',
  spike: 'become hits and do not count',
  silence: 'become hits and end no silence',
}

function horizon({ horizonMs, trigger }: AlertSettings): SentencePart[] {
  return [
    fixed(' Stories older than '),
    { text: exactSpan(horizonMs), changes: 'horizon' },
    fixed(` when they arrive ${OLD[trigger.kind]}.`),
  ]
}
