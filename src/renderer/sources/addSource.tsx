import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { FeedCandidate } from '../../api/contract/sources.ts'
import { client, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Labelled } from '../components/labelled.tsx'
import { FormError, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { type About, AboutFields, NOTHING_KNOWN } from './about.tsx'
import { withCredentialsOf } from './credentials.ts'

/** An address, the feeds found at it, and what the person knows of them. */
export function AddSource(props: { open: boolean; onClose: () => void }): ReactNode {
  // A fresh form each time it opens.
  return props.open ? <AddDialog onClose={props.onClose} /> : null
}

function AddDialog({ onClose }: { onClose: () => void }): ReactNode {
  const words = t.sources.addDialog
  const [address, setAddress] = useState('')
  const [about, setAbout] = useState<About>(NOTHING_KNOWN)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())

  const discover = useMutation({
    mutationFn: () => client.sources.discover({ address: address.trim() }),
    onSuccess: ({ feeds }) => {
      const first = feeds.find(({ known }) => !known)
      setChosen(new Set(first === undefined ? [] : [first.url]))
    },
  })
  const add = useMutation({
    mutationFn: async () => {
      const urls = [...chosen]
      for (const url of urls) {
        const source = await client.sources.add({ url: withCredentialsOf(address, url), ...given(about) })
        toast(words.added(source.customTitle || source.title, t.count.stories(source.stories)))
        setChosen((still) => new Set([...still].filter((one) => one !== url)))
      }
    },
    onSuccess: onClose,
  })
  const feeds = discover.data?.feeds

  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      description={words.text}
      foot={
        <>
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          {feeds !== undefined && feeds.length > 0 && (
            <Button look="main" disabled={chosen.size === 0 || add.isPending} onClick={() => add.mutate()}>
              {add.isPending ? words.adding : words.add(Math.max(1, chosen.size))}
            </Button>
          )}
        </>
      }
    >
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (address.trim() !== '') discover.mutate()
        }}
      >
        <div className="flex-1">
          <Labelled label={words.address}>
            {(ids) => (
              <input
                {...ids}
                autoFocus
                className="field"
                placeholder={words.placeholder}
                inputMode="url"
                spellCheck={false}
                maxLength={2000}
                value={address}
                aria-invalid={discover.isError}
                onChange={(event) => {
                  setAddress(event.target.value)
                  discover.reset()
                  add.reset()
                }}
              />
            )}
          </Labelled>
        </div>
        <Button
          type="submit"
          look={feeds === undefined ? 'main' : 'plain'}
          icon="search"
          disabled={address.trim() === '' || discover.isPending}
        >
          {words.find}
        </Button>
      </form>
      <div aria-live="polite" className="mt-3 flex flex-col gap-3">
        {discover.isPending && <Skeleton lines={3} />}
        <FormError error={discover.error} />
        {discover.data !== undefined && (
          <Found
            feeds={discover.data.feeds}
            tried={discover.data.tried}
            chosen={chosen}
            onChoose={(next) => {
              setChosen(next)
              add.reset()
            }}
          />
        )}
        {feeds?.some(({ known }) => !known) === true && (
          <fieldset>
            <legend className="mb-1 text-sm text-ink-3">{words.aboutHint}</legend>
            <AboutFields about={about} onChange={setAbout} />
          </fieldset>
        )}
        <FormError error={add.error === null ? null : sentence(add.error)} />
      </div>
    </Dialog>
  )
}

function Found(props: {
  feeds: readonly FeedCandidate[]
  tried: readonly string[]
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}): ReactNode {
  const words = t.sources.addDialog
  const format = useFormat()
  if (props.feeds.length === 0)
    return (
      <div className="text-ink-2">
        <p className="font-semibold text-ink">{words.none}</p>
        {props.tried.length === 1 && <p className="break-words">{props.tried[0]}</p>}
        {props.tried.length > 1 && (
          <>
            <p>{words.tried}</p>
            <ul className="list-disc pl-5 text-sm break-all">
              {props.tried.map((address) => (
                <li key={address}>{address}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    )
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold text-ink-2">{words.found(props.feeds.length)}</legend>
      <ul className="divide-y divide-line rounded-md border border-line">
        {props.feeds.map((feed) => (
          <li key={feed.url}>
            <label className="flex items-start gap-2.5 px-3 py-2">
              <span className="pt-0.5">
                <Checkbox
                  disabled={feed.known}
                  checked={props.chosen.has(feed.url)}
                  onChange={(event) => {
                    const next = new Set(props.chosen)
                    if (event.target.checked) next.add(feed.url)
                    else next.delete(feed.url)
                    props.onChoose(next)
                  }}
                />
              </span>
              <span className="min-w-0">
                <span className={feed.known ? 'text-ink-3' : 'font-semibold'}>{feed.title || feed.url}</span>
                <span className="block truncate text-sm text-ink-3">{feed.url}</span>
                <span className="block text-sm text-ink-3">
                  {[
                    feed.known ? words.known : '',
                    words.items(feed.items),
                    feed.newest === null ? '' : words.newest(format.time(feed.newest)),
                    feed.how,
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

/** Only what the person filled in; the engine finds out the rest. */
function given(about: About): Partial<About> {
  return {
    ...(about.bloc === '' ? {} : { bloc: about.bloc }),
    ...(about.kind === 'unknown' ? {} : { kind: about.kind }),
    ...(about.country === '' ? {} : { country: about.country }),
    ...(about.language === '' ? {} : { language: about.language }),
  }
}
