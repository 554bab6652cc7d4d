import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Kind } from '../../api/contract/common.ts'
import type { Source } from '../../api/contract/sources.ts'
import { client, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Labelled } from '../components/labelled.tsx'
import { FormError } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { type About, AboutFields, BlocField, KINDS, kindOf } from './about.tsx'
import { refreshSource } from './sourceActions.ts'
import { nameOfSource } from './sourceName.ts'
import { Suggestions } from './suggestions.tsx'

type Edit = Parameters<typeof client.sources.edit>[0]['edit']

/** Name, address, bloc, kind, country, language, pause; access and retention folded away. */
export function EditSource({ source, onClose }: { source: Source; onClose: () => void }): ReactNode {
  const words = t.sources.fields
  const [title, setTitle] = useState(source.customTitle)
  const [url, setUrl] = useState(source.url)
  const [about, setAbout] = useState<About>(source)
  const [paused, setPaused] = useState(source.state === 'paused')
  const [secret, setSecret] = useState('')
  const [dropSecret, setDropSecret] = useState(false)
  const [retention, setRetention] = useState<'general' | 'days' | 'stories'>(
    source.keepDays !== null ? 'days' : source.keepStories !== null ? 'stories' : 'general',
  )
  const [days, setDays] = useState(String(source.keepDays ?? 365))
  const [stories, setStories] = useState(String(source.keepStories ?? 1000))
  const keepDays = retention === 'days' ? Number(days) : null
  const keepStories = retention === 'stories' ? Number(stories) : null

  const edit: Edit = {
    ...(title.trim() === source.customTitle ? {} : { customTitle: title.trim() }),
    ...(url.trim() === source.url ? {} : { url: url.trim() }),
    ...(about.bloc === source.bloc ? {} : { bloc: about.bloc }),
    ...(about.kind === source.kind ? {} : { kind: about.kind }),
    ...(about.country === source.country ? {} : { country: about.country }),
    ...(about.language === source.language ? {} : { language: about.language }),
    ...(paused === (source.state === 'paused') ? {} : { paused }),
    ...(dropSecret ? { secret: '' } : secret === '' ? {} : { secret }),
    ...(keepDays === source.keepDays ? {} : { keepDays }),
    ...(keepStories === source.keepStories ? {} : { keepStories }),
  }
  const save = useMutation({
    mutationFn: async () => {
      if (Object.keys(edit).length > 0) await client.sources.edit({ ids: [source.id], edit })
    },
    onSuccess: () => {
      toast(t.sources.saved(title.trim() || source.title))
      // Whoever mends an address or a secret wants to see whether it works.
      if (edit.url !== undefined || edit.secret !== undefined) refreshSource(source)
      onClose()
    },
  })

  return (
    <Dialog
      open
      onClose={onClose}
      title={t.sources.editTitle(nameOfSource(source))}
      foot={
        <>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button look="main" type="submit" form="edit-source" disabled={save.isPending}>
            {t.actions.save}
          </Button>
        </>
      }
    >
      <form
        id="edit-source"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Labelled label={words.title} hint={words.titleHint(source.title)}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              maxLength={200}
              value={title}
              placeholder={source.title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={words.address}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              required
              inputMode="url"
              spellCheck={false}
              maxLength={2000}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Labelled>
        <AboutFields about={about} onChange={setAbout} />
        <label className="flex items-center gap-2">
          <Checkbox checked={paused} onChange={(event) => setPaused(event.target.checked)} />
          {words.paused}
        </label>
        <details>
          <summary className="text-sm font-semibold text-ink-2">{words.more}</summary>
          <div className="mt-3 flex flex-col gap-3">
            <Labelled label={words.secret} hint={source.hasSecret ? words.secretKept : words.secretHint}>
              {(ids) => (
                <input
                  {...ids}
                  type="password"
                  autoComplete="off"
                  className="field"
                  maxLength={4000}
                  disabled={dropSecret}
                  value={secret}
                  onChange={(event) => setSecret(event.target.value)}
                />
              )}
            </Labelled>
            {source.hasSecret && (
              <label className="flex items-center gap-2">
                <Checkbox checked={dropSecret} onChange={(event) => setDropSecret(event.target.checked)} />
                {words.removeSecret}
              </label>
            )}
            <div className="grid grid-cols-2 gap-3">
              <Labelled label={words.retention}>
                {(ids) => (
                  <select
                    {...ids}
                    className="field"
                    value={retention}
                    onChange={(event) => setRetention(event.target.value as typeof retention)}
                  >
                    <option value="general">{words.retentionGeneral}</option>
                    <option value="days">{words.retentionDays}</option>
                    <option value="stories">{words.retentionStories}</option>
                  </select>
                )}
              </Labelled>
              {retention !== 'general' && (
                <Labelled key={retention} label={retention === 'days' ? words.days : words.stories}>
                  {(ids) => (
                    <input
                      {...ids}
                      type="number"
                      min={1}
                      step={1}
                      required
                      className="field"
                      value={retention === 'days' ? days : stories}
                      onChange={(event) => (retention === 'days' ? setDays : setStories)(event.target.value)}
                    />
                  )}
                </Labelled>
              )}
            </div>
          </div>
        </details>
        <FormError error={save.error === null ? null : sentence(save.error)} />
      </form>
    </Dialog>
  )
}

/** Bloc, kind and country of many sources at once. */
export function BulkEdit(props: {
  sources: readonly Source[]
  onClose: () => void
  onSaved: () => void
}): ReactNode {
  const words = t.sources.bulk
  const [bloc, setBloc] = useState('')
  const [kind, setKind] = useState<Kind | ''>('')
  const [country, setCountry] = useState('')
  const edit: Edit = {
    ...(bloc === '' ? {} : { bloc }),
    ...(kind === '' ? {} : { kind }),
    ...(country === '' ? {} : { country }),
  }
  const save = useMutation({
    mutationFn: () => client.sources.edit({ ids: props.sources.map(({ id }) => id), edit }),
    onSuccess: (saved) => {
      toast(t.sources.savedMany(t.count.sources(saved.length)))
      props.onSaved()
    },
  })
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={words.title(t.count.sources(props.sources.length))}
      description={words.text}
      foot={
        <>
          <Button onClick={props.onClose}>{t.actions.cancel}</Button>
          <Button
            look="main"
            type="submit"
            form="bulk-edit"
            disabled={save.isPending || Object.keys(edit).length === 0}
          >
            {words.apply}
          </Button>
        </>
      }
    >
      <Suggestions sources={props.sources} onSaved={props.onSaved} />
      <form
        id="bulk-edit"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <div className="grid grid-cols-3 gap-3">
          <Labelled label={t.sources.fields.bloc}>
            {(ids) => <BlocField {...ids} value={bloc} placeholder={words.unchanged} onChange={setBloc} />}
          </Labelled>
          <Labelled label={t.sources.fields.kind}>
            {(ids) => (
              <select
                {...ids}
                className="field"
                value={kind}
                onChange={(event) => setKind(event.target.value === '' ? '' : kindOf(event.target.value))}
              >
                <option value="">{words.unchanged}</option>
                {KINDS.map((value) => (
                  <option key={value} value={value}>
                    {t.kinds[value]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label={t.sources.fields.country}>
            {(ids) => (
              <input
                {...ids}
                className="field"
                maxLength={2}
                title={t.sources.fields.countryHint}
                placeholder={words.unchanged}
                value={country}
                onChange={(event) => setCountry(event.target.value.toUpperCase())}
              />
            )}
          </Labelled>
        </div>
        <FormError error={save.error === null ? null : sentence(save.error)} />
      </form>
    </Dialog>
  )
}
