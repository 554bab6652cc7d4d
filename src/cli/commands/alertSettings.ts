import type { AlertSettings, Trigger } from '../../api/contract/alertSettings.ts'
import { usage } from './failure.ts'

/** How an alert decides, as flags. */
export interface SettingOptions {
  readonly trigger?: Trigger['kind']
  readonly at?: string
  readonly on?: string
  readonly count?: number
  readonly of?: 'events' | 'stories'
  readonly share?: number
  readonly window?: string
  readonly for?: string
  readonly quiet?: string
  readonly cooldown?: string
  readonly cap?: number | 'none'
  readonly horizon?: string
  readonly priority?: number
  readonly collapse?: AlertSettings['collapse']
  readonly growth?: boolean
}

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Milliseconds of "4h", "30m", "2d". */
function span(text: string, option: string): number {
  const found = /^(\d{1,6})([mhdw])$/.exec(text)
  if (found === null) throw usage(`${option} takes a length of time such as 30m, 4h or 2d, not “${text}”.`)
  return Number(found[1]) * (UNITS[found[2] as string] as number)
}

const list = (text: string | undefined): string[] =>
  text === undefined ? [] : text.split(',').map((one) => one.trim())

/**
 * @param before the trigger that is there, of which the flags may say a part
 * @returns what the flags say; what they leave out is left out
 * @throws Error INVALID where they contradict each other
 */
export function readSettings(options: SettingOptions, before?: Trigger): Partial<AlertSettings> {
  const trigger = triggerOf(options, before)
  const quiet = options.quiet === undefined ? undefined : quietOf(options.quiet)
  return {
    ...(trigger === undefined ? {} : { trigger }),
    ...(options.collapse === undefined ? {} : { collapse: options.collapse }),
    ...(options.growth === undefined ? {} : { growth: options.growth }),
    ...(options.cooldown === undefined
      ? {}
      : { cooldownMs: options.cooldown === '0' ? 0 : span(options.cooldown, '--cooldown') }),
    ...(options.cap === undefined ? {} : { capPerHour: options.cap === 'none' ? null : options.cap }),
    ...(quiet === undefined ? {} : { quiet }),
    ...(options.horizon === undefined ? {} : { horizonMs: span(options.horizon, '--horizon') }),
    ...(options.priority === undefined ? {} : { priority: options.priority }),
  }
}

function quietOf(text: string): AlertSettings['quiet'] {
  if (text === 'none') return null
  const [from = '', to = '', ...more] = text.split('-')
  if (![from, to].every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) || more.length > 0)
    throw usage(`--quiet takes two times such as 22:00-07:00, or none, not “${text}”.`)
  return { from, to }
}

type Rule = Extract<Trigger, { kind: 'threshold' }>['rule']

function countOf(options: SettingOptions, before: Trigger | undefined): Rule {
  if (before?.kind === 'threshold' && before.rule.by === 'share' && given(options) === 0) return before.rule
  const known = before?.kind === 'threshold' && before.rule.by === 'count' ? before.rule : undefined
  const count = options.count ?? known?.count
  const windowMs = options.window === undefined ? known?.windowMs : span(options.window, '--window')
  if (count === undefined || windowMs === undefined)
    throw usage(
      'A threshold needs --count N and --window 1h (or --share N, per cent above what is expected).',
    )
  return { by: 'count', count, of: options.of ?? known?.of ?? 'events', windowMs }
}

/** How many of the flags of a counted threshold there are. */
const given = ({ count, of, window }: SettingOptions): number =>
  [count, of, window].filter((one) => one !== undefined).length

/** Which flags belong to which trigger. */
const OF_TRIGGER: Record<Trigger['kind'], readonly (keyof SettingOptions)[]> = {
  each: [],
  digest: ['at', 'on'],
  threshold: ['count', 'of', 'window', 'share'],
  spike: [],
  silence: ['for'],
}

function triggerOf(options: SettingOptions, before: Trigger | undefined): Trigger | undefined {
  const given = (['at', 'on', 'count', 'of', 'window', 'share', 'for'] as const).filter(
    (one) => options[one] !== undefined,
  )
  const kind =
    options.trigger ??
    (Object.keys(OF_TRIGGER) as Trigger['kind'][]).find(
      (one) => given[0] !== undefined && OF_TRIGGER[one].includes(given[0]),
    )
  if (kind === undefined) return undefined
  const stray = given.find((one) => !OF_TRIGGER[kind].includes(one))
  if (stray !== undefined)
    throw usage(`--${stray} says nothing of the trigger ${kind}: leave it out, or choose another trigger.`)
  switch (kind) {
    case 'digest': {
      const known = before?.kind === kind ? before : { at: [], on: [] }
      return {
        kind,
        at: options.at === undefined ? known.at : list(options.at),
        on: options.on === undefined ? known.on : (list(options.on) as typeof known.on),
      }
    }
    case 'threshold':
      if (options.share !== undefined) {
        if (options.count !== undefined) throw usage('A threshold is a --count or a --share, not both.')
        return { kind, rule: { by: 'share', percent: options.share } }
      }
      return { kind, rule: countOf(options, before) }
    case 'silence':
      if (options.for === undefined && before?.kind === kind) return before
      if (options.for === undefined) throw usage('A silence needs --for 6h: how long nothing has to come.')
      return { kind, forMs: span(options.for, '--for') }
    default:
      return { kind }
  }
}
