import { type ReactNode, type RefObject, useId } from 'react'
import { Icon } from '../../components/icon.tsx'
import { Labelled } from '../../components/labelled.tsx'
import { SegmentedControl } from '../../components/segmentedControl.tsx'
import { FormError } from '../../components/states.tsx'
import { t } from '../../messages/index.ts'
import { QueryField } from '../../query/queryField.tsx'
import type { Checked } from '../../query/useQueryCheck.ts'
import type { FormDraft } from './alertDraft.ts'
import { ColourField } from './colourField.tsx'
import { FIRST, TRIGGERS, TriggerFields } from './triggerFields.tsx'
import { WillHappen } from './willHappen.tsx'

/** What is missing before the alert can be saved. */
export type Missing = 'name' | 'query' | null

/** What a person writes of an alert. */
export function AlertForm(props: {
  draft: FormDraft
  set: (part: Partial<FormDraft>) => void
  checked: Checked | undefined
  folders: readonly string[]
  /** Said at its field, once saving was tried. */
  missing: Missing
  isNew: boolean
  nameField: RefObject<HTMLInputElement | null>
  onSave: () => void
}): ReactNode {
  const { draft, set, checked, missing } = props
  const words = t.alertEditor
  const { settings } = draft
  const folders = useId()
  return (
    <>
      <Labelled
        label={words.name}
        {...(missing === 'name' ? { hint: <FormError error={words.nameMissing} /> } : {})}
      >
        {(ids) => (
          <input
            {...ids}
            ref={props.nameField}
            // biome-ignore lint/a11y/noAutofocus: the editor of a new alert is opened to type
            autoFocus={props.isNew && draft.name === ''}
            className="field"
            maxLength={120}
            aria-invalid={missing === 'name'}
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Labelled>
      <div className="grid grid-cols-[minmax(0,1fr)_104px_112px] gap-2.5">
        <Labelled label={words.folder}>
          {(ids) => (
            <>
              <input
                {...ids}
                className="field"
                maxLength={120}
                list={folders}
                placeholder={words.noFolder}
                title={words.folderHint}
                value={draft.folder}
                onChange={({ target }) => set({ folder: target.value })}
              />
              <datalist id={folders}>
                {props.folders.map((folder) => (
                  <option key={folder} value={folder} />
                ))}
              </datalist>
            </>
          )}
        </Labelled>
        <Labelled label={words.priority}>
          {(ids) => (
            <select
              {...ids}
              className="field"
              value={settings.priority}
              onChange={({ target }) => set({ settings: { ...settings, priority: Number(target.value) } })}
            >
              {[5, 4, 3, 2, 1].map((priority) => (
                <option key={priority} value={priority}>
                  {words.priorities[priority]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <ColourField value={draft.colour} onChange={(colour) => set({ colour })} />
      </div>
      <div className="flex flex-col gap-1">
        <Labelled label={words.query}>
          {(ids) => (
            <QueryField
              {...ids}
              use="alert"
              tall
              value={draft.query}
              onChange={(query) => set({ query })}
              onSubmit={props.onSave}
            />
          )}
        </Labelled>
        <CheckLine query={draft.query} checked={checked} missing={missing === 'query'} />
      </div>
      <section aria-label={words.trigger} className="flex flex-col gap-2">
        <h2 className="text-sm font-semibold text-ink-2">{words.trigger}</h2>
        <div className="flex *:flex-1 [&_label]:flex-1 [&_label]:px-1 [&_label]:text-center">
          <SegmentedControl
            label={words.trigger}
            value={settings.trigger.kind}
            choices={TRIGGERS.map((kind) => ({ value: kind, text: words.triggers[kind] }))}
            onChange={(kind) => set({ settings: { ...settings, trigger: FIRST[kind] } })}
          />
        </div>
        <TriggerFields
          key={settings.trigger.kind}
          trigger={settings.trigger}
          onChange={(trigger) => set({ settings: { ...settings, trigger } })}
        />
      </section>
      <WillHappen settings={settings} onChange={(next) => set({ settings: next })} />
      <Labelled label={words.note}>
        {(ids) => (
          <textarea
            {...ids}
            className="field min-h-[31px] resize-y field-sizing-content"
            rows={1}
            maxLength={10_000}
            placeholder={words.notePlaceholder}
            value={draft.note}
            onChange={({ target }) => set({ note: target.value })}
          />
        )}
      </Labelled>
    </>
  )
}

/** That the query can be read, and of what it is made. What is wrong with it stands at the field itself. */
function CheckLine(props: { query: string; checked: Checked | undefined; missing: boolean }): ReactNode {
  const words = t.alertEditor
  const { query, checked } = props
  if (query.trim() === '')
    return props.missing ? (
      <FormError error={words.queryMissing} />
    ) : (
      <p className="text-xs text-ink-3">{words.queryHint}</p>
    )
  if (checked?.text !== query || checked.check.error !== undefined) return null
  const count = (kind: string): number => checked.check.tokens.filter((token) => token.kind === kind).length
  const parts = [
    [count('concept'), words.concepts] as const,
    [count('word'), words.words] as const,
    [count('phrase'), words.phrases] as const,
    [count('field'), words.filters] as const,
  ].flatMap(([n, text]) => (n === 0 ? [] : [text(n)]))
  return (
    <p className="flex items-center gap-1.5 text-xs text-ink-3">
      <span className="flex items-center gap-1 text-good">
        <Icon name="check" size={12} />
        {words.readable}
      </span>
      {parts.join(', ')}
    </p>
  )
}
