import type { ReactNode } from 'react'
import type { Trigger, Weekday } from '../../../api/contract/alertSettings.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { SegmentedControl } from '../../components/segmentedControl.tsx'
import { t } from '../../messages/index.ts'
import { SpanField, WholeNumber } from './spanField.tsx'
import { TimeField } from './timeField.tsx'

type Kind = Trigger['kind']
export const TRIGGERS: readonly Kind[] = ['each', 'digest', 'threshold', 'spike', 'silence']

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What a trigger begins with when it is chosen. */
export const FIRST: { [K in Kind]: Extract<Trigger, { kind: K }> } = {
  each: { kind: 'each' },
  digest: { kind: 'digest', at: ['07:00'], on: [] },
  threshold: { kind: 'threshold', rule: { by: 'count', count: 5, of: 'events', windowMs: HOUR } },
  spike: { kind: 'spike' },
  silence: { kind: 'silence', forMs: 6 * HOUR },
}

interface Props<K extends Kind> {
  readonly trigger: Extract<Trigger, { kind: K }>
  readonly onChange: (trigger: Extract<Trigger, { kind: K }>) => void
}

/** The fields of a trigger; what has none is explained. */
export function TriggerFields(props: { trigger: Trigger; onChange: (trigger: Trigger) => void }): ReactNode {
  const { trigger, onChange } = props
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-3">{t.alertEditor.triggerHints[trigger.kind]}</p>
      {trigger.kind === 'digest' && <DigestFields trigger={trigger} onChange={onChange} />}
      {trigger.kind === 'threshold' && <ThresholdFields trigger={trigger} onChange={onChange} />}
      {trigger.kind === 'silence' && (
        <SpanField
          label={t.alertEditor.silence.for}
          value={trigger.forMs}
          least={60_000}
          most={90 * DAY}
          onChange={(forMs) => onChange({ kind: 'silence', forMs })}
        />
      )}
    </div>
  )
}

/** As many as a day has hours. */
const MOST_TIMES = 24

function DigestFields({ trigger, onChange }: Props<'digest'>): ReactNode {
  const words = t.alertEditor.digest
  const { at, on } = trigger
  const times = (next: readonly string[]): void => onChange({ ...trigger, at: [...next] })
  return (
    <>
      <div className="flex">
        <SegmentedControl
          label={words.when}
          value={at.length === 0 ? 'hourly' : 'times'}
          choices={[
            { value: 'hourly', text: words.hourly },
            { value: 'times', text: words.times },
          ]}
          onChange={(chosen) => times(chosen === 'hourly' ? [] : FIRST.digest.at)}
        />
      </div>
      {at.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-1.5">
            {at.map((time, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a time that is edited stays in its place
              <span key={i} className="flex items-center">
                <TimeField
                  label={words.time(i + 1)}
                  value={time}
                  onChange={(next) => times(at.map((one, j) => (j === i ? next : one)))}
                />
                {at.length > 1 && (
                  <Button
                    look="quiet"
                    small
                    icon="close"
                    aria-label={words.removeTime(time)}
                    onClick={() => times(at.filter((_, j) => j !== i))}
                  />
                )}
              </span>
            ))}
            {at.length < MOST_TIMES && (
              <Button small icon="plus" onClick={() => times([...at, laterThan(at)])}>
                {words.addTime}
              </Button>
            )}
          </div>
          <fieldset>
            <legend className="text-sm font-semibold text-ink-2">{words.days}</legend>
            <div className="mt-1 flex flex-wrap gap-1">
              {(Object.entries(words.weekdays) as [Weekday, string[]][]).map(([day, [short, name]]) => (
                <label
                  key={day}
                  className={classes(
                    'relative cursor-pointer rounded-md border px-2 py-0.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
                    on.includes(day)
                      ? 'border-accent bg-selected font-semibold text-ink'
                      : 'border-line bg-panel text-ink-2 hover:bg-hover',
                  )}
                >
                  <input
                    type="checkbox"
                    className="absolute inset-0 cursor-pointer opacity-0"
                    aria-label={name}
                    checked={on.includes(day)}
                    onChange={({ target }) =>
                      onChange({
                        ...trigger,
                        on: target.checked ? [...on, day] : on.filter((one) => one !== day),
                      })
                    }
                  />
                  {short}
                </label>
              ))}
            </div>
            {on.length === 0 && <p className="mt-1 text-sm text-ink-3">{words.everyDay}</p>}
          </fieldset>
        </>
      )}
    </>
  )
}

/** An hour that no digest comes at yet: eleven hours after the last one, and from there on. */
function laterThan(at: readonly string[]): string {
  const last = Number(at.at(-1)?.slice(0, 2) ?? 7)
  for (let step = 0; step < 24; step++) {
    const time = `${String((last + 11 + step) % 24).padStart(2, '0')}:00`
    if (!at.includes(time)) return time
  }
  return '00:30'
}

function ThresholdFields({ trigger, onChange }: Props<'threshold'>): ReactNode {
  const words = t.alertEditor.threshold
  const { rule } = trigger
  return (
    <>
      <div className="flex">
        <SegmentedControl
          label={words.by}
          value={rule.by}
          choices={[
            { value: 'count', text: words.byCount },
            { value: 'share', text: words.byShare },
          ]}
          onChange={(by) =>
            onChange({
              kind: 'threshold',
              rule: by === 'count' ? FIRST.threshold.rule : { by: 'share', percent: 100 },
            })
          }
        />
      </div>
      {rule.by === 'share' ? (
        <div className="flex w-40 flex-col gap-1">
          <span aria-hidden="true" className="text-sm font-semibold text-ink-2">
            {words.percent}
          </span>
          <WholeNumber
            label={words.percent}
            value={rule.percent}
            least={1}
            most={100_000}
            onChange={(percent) => onChange({ kind: 'threshold', rule: { by: 'share', percent } })}
          />
        </div>
      ) : (
        <div className="grid grid-cols-[72px_100px_minmax(0,1fr)] items-start gap-2">
          <div className="flex flex-col gap-1">
            <span aria-hidden="true" className="text-sm font-semibold text-ink-2">
              {words.count}
            </span>
            <WholeNumber
              label={words.count}
              value={rule.count}
              least={1}
              most={100_000}
              onChange={(count) => onChange({ kind: 'threshold', rule: { ...rule, count } })}
            />
          </div>
          <div className="flex flex-col gap-1">
            <span aria-hidden="true" className="text-sm font-semibold text-ink-2">
              {words.of}
            </span>
            <select
              className="field"
              aria-label={words.of}
              value={rule.of}
              onChange={({ target }) =>
                onChange({ kind: 'threshold', rule: { ...rule, of: target.value as typeof rule.of } })
              }
            >
              {Object.entries(words.ofs).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </div>
          <SpanField
            label={words.window}
            value={rule.windowMs}
            least={60_000}
            most={90 * DAY}
            onChange={(windowMs) => onChange({ kind: 'threshold', rule: { ...rule, windowMs } })}
          />
        </div>
      )}
    </>
  )
}
