import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, client, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorState, FormError, Skeleton } from '../components/states.tsx'
import { languageName } from '../format.ts'
import { t } from '../messages/index.ts'

/** The feeds that come with Wirewatch, by bloc and language. */
export function StarterSources(props: { open: boolean; onClose: () => void }): ReactNode {
  return props.open ? <StarterDialog onClose={props.onClose} /> : null
}

function StarterDialog({ onClose }: { onClose: () => void }): ReactNode {
  const words = t.sources.starters
  const query = useQuery(api.sources.starter.queryOptions({ input: {}, staleTime: 0 }))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [text, setText] = useState('')
  const [language, setLanguage] = useState('')
  const add = useMutation({
    mutationFn: () => client.sources.addStarter({ urls: [...chosen] }),
    onSuccess: onClose,
  })
  const all = query.data ?? []
  const wanted = text.trim().toLowerCase()
  const shown = all.filter(
    (source) =>
      (language === '' || source.language === language) &&
      (wanted === '' || source.title.toLowerCase().includes(wanted)),
  )
  const choosable = shown.filter(({ added }) => !added)
  const set = (urls: readonly string[], on: boolean): void => {
    const next = new Set(chosen)
    for (const url of urls)
      if (on) next.add(url)
      else next.delete(url)
    setChosen(next)
  }

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={words.title}
      description={words.text}
      foot={
        <>
          <FormError error={add.error === null ? null : sentence(add.error)} />
          <Button onClick={onClose}>{t.actions.cancel}</Button>
          <Button look="main" disabled={chosen.size === 0 || add.isPending} onClick={() => add.mutate()}>
            {chosen.size === 0 ? words.choose : words.add(chosen.size)}
          </Button>
        </>
      }
    >
      {query.isError ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton lines={8} />
      ) : all.length === 0 ? (
        <p className="text-ink-2">{words.empty}</p>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <input
              className="field !w-56"
              aria-label={words.filter}
              placeholder={words.filter}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <select
              className="field !w-44"
              aria-label={words.language}
              value={language}
              onChange={(event) => setLanguage(event.target.value)}
            >
              <option value="">{words.allLanguages}</option>
              {[...new Set(all.map((source) => source.language))].toSorted().map((code) => (
                <option key={code} value={code}>
                  {languageName(code)}
                </option>
              ))}
            </select>
            <Button
              look="quiet"
              onClick={() =>
                set(
                  choosable.map(({ url }) => url),
                  true,
                )
              }
            >
              {words.selectShown}
            </Button>
            {chosen.size > 0 && (
              <Button look="quiet" onClick={() => setChosen(new Set())}>
                {words.clear}
              </Button>
            )}
          </div>
          {shown.length === 0 && <p className="text-ink-2">{words.none}</p>}
          {[...Map.groupBy(shown, ({ bloc }) => bloc)].map(([bloc, sources]) => {
            const free = sources.filter(({ added }) => !added)
            const on = free.filter(({ url }) => chosen.has(url)).length
            return (
              <fieldset key={bloc} className="mb-4">
                <legend className="mb-1">
                  <label className="flex items-center gap-2 font-semibold">
                    <Checkbox
                      disabled={free.length === 0}
                      checked={free.length > 0 && on === free.length}
                      mixed={on > 0 && on < free.length}
                      onChange={(event) =>
                        set(
                          free.map(({ url }) => url),
                          event.target.checked,
                        )
                      }
                    />
                    {bloc === '' ? words.noBloc : bloc}
                  </label>
                </legend>
                <ul className="grid gap-x-4 sm:grid-cols-2">
                  {sources.map((source) => (
                    <li key={source.url}>
                      <label
                        title={source.url}
                        className="flex min-h-6 items-center gap-2 rounded-sm px-1 py-0.5 hover:bg-hover"
                      >
                        <Checkbox
                          disabled={source.added}
                          checked={source.added || chosen.has(source.url)}
                          onChange={(event) => set([source.url], event.target.checked)}
                        />
                        <span className={source.added ? 'truncate text-ink-3' : 'truncate'}>
                          <bdi>{source.title}</bdi>
                        </span>
                        <span className="ml-auto pl-2 text-sm whitespace-nowrap text-ink-3">
                          {source.added
                            ? words.there
                            : `${languageName(source.language)} · ${t.kinds[source.kind]}`}
                        </span>
                      </label>
                    </li>
                  ))}
                </ul>
              </fieldset>
            )
          })}
        </>
      )}
    </Dialog>
  )
}
