import { Popover } from 'radix-ui'
import { type ReactNode, useId, useState } from 'react'
import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import { type Changeable, sentenceParts } from '../../../core/alerts/sentence.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { t } from '../../messages/index.ts'
import { QuietStrip } from './quietStrip.tsx'
import { SpanField, WholeNumber } from './spanField.tsx'
import { TimeField } from './timeField.tsx'
import { FIRST, TRIGGERS, TriggerFields } from './triggerFields.tsx'

interface Props {
  readonly settings: AlertSettings
  readonly onChange: (settings: AlertSettings) => void
}

/** What the alert will do, in a sentence whose underlined parts can be changed, and the day's quiet hours beneath it. */
export function WillHappen({ settings, onChange }: Props): ReactNode {
  const words = t.alertEditor.will
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <header className="flex items-baseline justify-between gap-3">
        <h2 id={id} className="text-sm font-semibold text-ink-2">
          {words.title}
        </h2>
        <span className="text-xs text-ink-3">{words.hint}</span>
      </header>
      <p className="rounded-md border border-line bg-paper px-3 py-2.5 font-serif text-md leading-[26px] text-pretty">
        {sentenceParts(settings).map(({ text, changes }, i) =>
          changes === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other identity
            <span key={i}>{text}</span>
          ) : (
            <Part key={changes} text={text} changes={changes} settings={settings} onChange={onChange} />
          ),
        )}
      </p>
      <QuietStrip settings={settings} onChange={onChange} />
    </section>
  )
}

function Part({
  text,
  changes,
  settings,
  onChange,
}: Props & { text: string; changes: Changeable }): ReactNode {
  const words = t.alertEditor.will
  const [open, setOpen] = useState(false)
  const Fields = FIELDS[changes]
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={words.change(words.parts[changes], text)}
        className="inline rounded-xs text-left text-accent underline decoration-accent decoration-1 underline-offset-4 hover:bg-selected data-[state=open]:bg-selected"
      >
        {text}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={words.parts[changes]}
          onKeyDown={(event) => {
            // Enter in a field is done with it.
            if (event.key === 'Enter' && event.target instanceof HTMLInputElement) setOpen(false)
          }}
          className="arrive z-30 flex max-h-(--radix-popover-content-available-height) w-[340px] flex-col gap-3 overflow-y-auto rounded-lg border border-edge bg-raised p-3 shadow-float"
        >
          <Fields settings={settings} onChange={onChange} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** A few choices with a line on each. */
function Choices<T extends string>(props: {
  title: string
  value: T
  choices: readonly { value: T; text: string; hint: string }[]
  onChange: (value: T) => void
}): ReactNode {
  const name = useId()
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold text-ink-2">{props.title}</legend>
      {props.choices.map(({ value, text, hint }) => (
        <label key={value} className="flex cursor-pointer items-start gap-2">
          <input
            type="radio"
            name={name}
            className="mt-0.5 size-3.5 accent-accent"
            aria-describedby={`${name}-${value}`}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>
            {text}
            <span id={`${name}-${value}`} className="block text-sm text-ink-3">
              {hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function TriggerPart({ settings, onChange }: Props): ReactNode {
  const words = t.alertEditor
  const { trigger } = settings
  const change = (next: AlertSettings['trigger']): void => onChange({ ...settings, trigger: next })
  return trigger.kind === 'each' || trigger.kind === 'spike' ? (
    <Choices
      title={words.trigger}
      value={trigger.kind}
      choices={TRIGGERS.map((value) => ({
        value,
        text: words.triggers[value],
        hint: words.triggerHints[value],
      }))}
      onChange={(kind) => change(FIRST[kind])}
    />
  ) : (
    <TriggerFields trigger={trigger} onChange={change} />
  )
}

function CollapsePart({ settings, onChange }: Props): ReactNode {
  const words = t.alertEditor.will.collapse
  const value = settings.collapse === 'none' ? 'none' : settings.growth ? 'growth' : 'event'
  return (
    <Choices
      title={words.title}
      value={value}
      choices={(['event', 'growth', 'none'] as const).map((one) => ({
        value: one,
        text: words[one],
        hint: words[`${one}Hint`],
      }))}
      onChange={(chosen) =>
        onChange({ ...settings, collapse: chosen === 'none' ? 'none' : 'event', growth: chosen === 'growth' })
      }
    />
  )
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function RatePart({ settings, onChange }: Props): ReactNode {
  const words = t.alertEditor.will.rate
  const { cooldownMs, capPerHour } = settings
  return (
    <>
      <div className="flex flex-col gap-2">
        <label className="flex items-center gap-2">
          <Checkbox
            checked={cooldownMs > 0}
            onChange={({ target }) => onChange({ ...settings, cooldownMs: target.checked ? HOUR : 0 })}
          />
          {words.cooldown}
        </label>
        {cooldownMs > 0 && (
          <div className="pl-[22px]">
            <SpanField
              label={words.cooldown}
              value={cooldownMs}
              least={1}
              most={90 * DAY}
              onChange={(ms) => onChange({ ...settings, cooldownMs: ms })}
            />
          </div>
        )}
        <label className="flex items-center gap-2">
          <Checkbox
            checked={capPerHour !== null}
            onChange={({ target }) => onChange({ ...settings, capPerHour: target.checked ? 6 : null })}
          />
          {words.cap}
        </label>
        {capPerHour !== null && (
          <div className="flex items-start gap-2 pl-[22px]">
            <WholeNumber
              label={words.cap}
              value={capPerHour}
              least={1}
              most={1000}
              onChange={(n) => onChange({ ...settings, capPerHour: n })}
            />
            <span className="flex-1 pt-1.5">{words.capUnit}</span>
          </div>
        )}
      </div>
      <p className="text-sm text-ink-3">{words.hint}</p>
    </>
  )
}

const USUAL_NIGHT = { from: '22:00', to: '07:00' }

function QuietPart({ settings, onChange }: Props): ReactNode {
  const words = t.alertEditor.will.quiet
  const { quiet } = settings
  return (
    <>
      <label className="flex items-center gap-2">
        <Checkbox
          checked={quiet !== null}
          onChange={({ target }) => onChange({ ...settings, quiet: target.checked ? USUAL_NIGHT : null })}
        />
        {words.on}
      </label>
      {quiet !== null && (
        <div className="flex gap-2 pl-[22px]">
          <TimeField
            label={words.from}
            shown
            value={quiet.from}
            onChange={(from) => onChange({ ...settings, quiet: { ...quiet, from } })}
          />
          <TimeField
            label={words.to}
            shown
            value={quiet.to}
            onChange={(to) => onChange({ ...settings, quiet: { ...quiet, to } })}
          />
        </div>
      )}
      <p className="text-sm text-ink-3">
        {quiet !== null && quiet.from === quiet.to ? words.same : words.hint}
      </p>
    </>
  )
}

function HorizonPart({ settings, onChange }: Props): ReactNode {
  const words = t.alertEditor.will.horizon
  return (
    <>
      <SpanField
        label={words.label}
        value={settings.horizonMs}
        least={MINUTE}
        most={36_500 * DAY}
        onChange={(horizonMs) => onChange({ ...settings, horizonMs })}
      />
      <p className="text-sm text-ink-3">{words.hint}</p>
    </>
  )
}

const FIELDS: Record<Changeable, (props: Props) => ReactNode> = {
  trigger: TriggerPart,
  collapse: CollapsePart,
  rate: RatePart,
  quiet: QuietPart,
  horizon: HorizonPart,
}
