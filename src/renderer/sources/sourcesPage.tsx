import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useDeferredValue, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Source } from '../../api/contract/sources.ts'
import { api, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Confirm } from '../components/dialog.tsx'
import { Menu } from '../components/menu.tsx'
import { Page } from '../components/page.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { number } from '../format.ts'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { useAppInfo } from '../useFormat.ts'
import { AddSource } from './addSource.tsx'
import { BulkEdit, EditSource } from './editSource.tsx'
import { downloadOpml } from './opmlFile.ts'
import { OpmlImport } from './opmlImport.tsx'
import { idsOf, SHOWS, selected, showOf } from './selection.ts'
import { refreshAll, removeSources, setPaused } from './sourceActions.ts'
import { SourceLog } from './sourceLog.tsx'
import { nameOfSource } from './sourceName.ts'
import { SourceTable } from './sourceTable.tsx'
import { StarterSources } from './starterSources.tsx'

type Over =
  | { what: 'add' | 'starter' | 'opml' | 'bulk' }
  | { what: 'edit'; source: Source }
  | { what: 'remove'; sources: readonly Source[] }

/** The feeds that are polled. The address keeps what is shown: ?show=failing, ?kind=state, ?ids=1.5, ?source=12, ?add. */
export function SourcesPage(): ReactNode {
  const words = t.sources
  const [params, setParams] = useSearchParams()
  const query = useQuery(api.sources.list.queryOptions({ input: {} }))
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [over, setOver] = useState<Over | null>(null)
  const show = showOf(params.get('show'))
  const kind = params.get('kind') ?? ''
  const ids = idsOf(params.get('ids'))
  const all = query.data ?? []
  const shown = selected(all, { show, kind, ids, text: useDeferredValue(text) })
  const picked = all.filter(({ id }) => chosen.has(id))
  const opened = all.find(({ id }) => String(id) === params.get('source'))
  const adding = over?.what === 'add' || params.has('add')

  const setParam = useCallback(
    (name: string, value: string): void =>
      setParams((old) => {
        const next = new URLSearchParams(old)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      }),
    [setParams],
  )
  const onOpen = useCallback((source: Source) => setParam('source', String(source.id)), [setParam])
  const onEdit = useCallback((source: Source) => setOver({ what: 'edit', source }), [])
  const onRemove = useCallback((source: Source) => setOver({ what: 'remove', sources: [source] }), [])
  const onSelect = useCallback(
    (id: number, on: boolean) =>
      setChosen((old) => {
        const next = new Set(old)
        if (on) next.add(id)
        else next.delete(id)
        return next
      }),
    [],
  )
  useShortcuts({ j: () => moveFocus(1), k: () => moveFocus(-1) })

  return (
    <Page
      title={words.title}
      actions={
        <>
          <RefreshAll none={all.length === 0} />
          <Button icon="plus" look="main" onClick={() => setOver({ what: 'add' })}>
            {words.add}
          </Button>
          <Menu
            items={[
              { text: words.starter, icon: 'globe', onSelect: () => setOver({ what: 'starter' }) },
              { text: words.importOpml, icon: 'upload', onSelect: () => setOver({ what: 'opml' }) },
              {
                text: words.exportOpml,
                icon: 'download',
                onSelect: () =>
                  void downloadOpml(words.opml.fileName).catch((error: unknown) =>
                    toast(sentence(error), { bad: true }),
                  ),
              },
            ]}
          >
            <Button icon="down">{words.more}</Button>
          </Menu>
        </>
      }
    >
      {query.isError && query.data === undefined ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton lines={10} />
      ) : all.length === 0 ? (
        <EmptyState
          title={words.emptyTitle}
          actions={
            <>
              <Button look="main" icon="globe" onClick={() => setOver({ what: 'starter' })}>
                {words.starter}
              </Button>
              <Button icon="plus" onClick={() => setOver({ what: 'add' })}>
                {words.add}
              </Button>
              <Button icon="upload" onClick={() => setOver({ what: 'opml' })}>
                {words.importOpml}
              </Button>
            </>
          }
        >
          {words.empty}
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <SegmentedControl
              label={words.show}
              value={show}
              choices={SHOWS.map((value) => ({
                value,
                text: `${words.shows[value]} ${number(selected(all, { show: value, kind, ids, text: '' }).length)}`,
              }))}
              onChange={(value) => setParam('show', value === 'all' ? '' : value)}
            />
            <input
              type="search"
              className="field !w-56"
              aria-label={words.filter}
              placeholder={words.filter}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            {kind !== '' && (
              <Button icon="close" small onClick={() => setParam('kind', '')}>
                {t.kinds[kind as keyof typeof t.kinds] ?? kind}
              </Button>
            )}
            {ids !== null && (
              <Button icon="close" small onClick={() => setParam('ids', '')}>
                {words.these(ids.size)}
              </Button>
            )}
            {picked.length > 0 && (
              <div className="ml-auto flex flex-wrap items-center gap-2">
                <span role="status" className="text-ink-2">
                  {words.selected(picked.length)}
                </span>
                <Button small icon="edit" onClick={() => setOver({ what: 'bulk' })}>
                  {words.edit}
                </Button>
                <Button small icon="pause" onClick={() => setPaused(picked, true)}>
                  {words.pause}
                </Button>
                <Button small icon="play" onClick={() => setPaused(picked, false)}>
                  {words.resume}
                </Button>
                <Button
                  small
                  look="danger"
                  icon="trash"
                  onClick={() => setOver({ what: 'remove', sources: picked })}
                >
                  {words.remove}
                </Button>
                <Button small look="quiet" onClick={() => setChosen(new Set())}>
                  {words.clearSelection}
                </Button>
              </div>
            )}
          </div>
          {shown.length === 0 ? (
            <EmptyState
              title={words.noMatch}
              actions={
                <Button
                  onClick={() => {
                    setText('')
                    setParams(new URLSearchParams())
                  }}
                >
                  {words.showAll}
                </Button>
              }
            />
          ) : (
            <SourceTable
              sources={shown}
              chosen={chosen}
              onSelectAll={(on) => setChosen(new Set(on ? shown.map(({ id }) => id) : []))}
              onSelect={onSelect}
              onOpen={onOpen}
              onEdit={onEdit}
              onRemove={onRemove}
            />
          )}
        </>
      )}

      <AddSource
        open={adding}
        onClose={() => {
          setOver(null)
          setParam('add', '')
        }}
      />
      <StarterSources open={over?.what === 'starter'} onClose={() => setOver(null)} />
      <OpmlImport open={over?.what === 'opml'} onClose={() => setOver(null)} />
      {over?.what === 'edit' && <EditSource source={over.source} onClose={() => setOver(null)} />}
      {over?.what === 'bulk' && (
        <BulkEdit
          sources={picked}
          onClose={() => setOver(null)}
          onSaved={() => {
            setOver(null)
            setChosen(new Set())
          }}
        />
      )}
      {over?.what === 'remove' && (
        <RemoveSources
          sources={over.sources}
          onClose={() => setOver(null)}
          onRemoved={() => {
            setOver(null)
            setChosen(new Set())
          }}
        />
      )}
      {opened !== undefined && over === null && (
        <SourceLog source={opened} onClose={() => setParam('source', '')} onEdit={() => onEdit(opened)} />
      )}
    </Page>
  )
}

/** Fetches every source; while it does, the button tells how far it is. */
function RefreshAll({ none }: { none: boolean }): ReactNode {
  const jobs = useAppInfo()?.jobs ?? []
  const job = jobs.find(({ kind, state, total }) => kind === 'refresh' && state === 'running' && total !== 1)
  return (
    <Button icon="refresh" disabled={none || job !== undefined} onClick={refreshAll}>
      {job === undefined
        ? t.sources.refreshAll
        : t.sources.refreshing(number(job.done), number(job.total ?? job.done))}
    </Button>
  )
}

function RemoveSources(props: {
  sources: readonly Source[]
  onClose: () => void
  onRemoved: () => void
}): ReactNode {
  const words = t.sources
  const { sources } = props
  const [busy, setBusy] = useState(false)
  const [first] = sources
  const stories = sources.reduce((sum, source) => sum + source.stories, 0)
  return (
    <Confirm
      open
      onClose={props.onClose}
      title={
        sources.length === 1 && first !== undefined
          ? words.removeTitle(nameOfSource(first))
          : words.removeManyTitle(t.count.sources(sources.length))
      }
      description={(sources.length === 1 ? words.removeText : words.removeManyText)(t.count.stories(stories))}
      action={words.remove}
      busy={busy}
      onConfirm={() => {
        setBusy(true)
        void removeSources(sources).finally(props.onRemoved)
      }}
    />
  )
}

/** Moves the focus through the sources' names. */
function moveFocus(step: 1 | -1): void {
  const names = [...document.querySelectorAll<HTMLElement>('[data-source]')]
  const at = names.indexOf(document.activeElement as HTMLElement)
  names[
    Math.max(0, Math.min(names.length - 1, at < 0 ? (step > 0 ? 0 : names.length - 1) : at + step))
  ]?.focus()
}
