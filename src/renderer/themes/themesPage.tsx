import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, type ReactNode, useRef } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Theme, ThemeGroup } from '../../api/contract/themes.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { useTitle } from '../components/page.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { toast } from '../components/toast.tsx'
import { hasDraft } from '../drafts.ts'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { ConceptDetail, ConceptList } from './concepts.tsx'
import { moved } from './order.ts'
import { draftName, ThemeEditor } from './themeEditor.tsx'

/** Groups and themes at the left, the editor at the right; or the concepts they are made of. */
export function ThemesPage(): ReactNode {
  useTitle(t.themes.title)
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const tab = params.get('tab') === 'concepts' ? 'concepts' : 'themes'
  const chosen = params.get(tab === 'concepts' ? 'concept' : 'edit') !== null
  return (
    <div className="flex h-full min-h-[360px] flex-col wide:grid wide:grid-cols-[320px_minmax(0,1fr)]">
      <section
        aria-label={t.themes.list}
        className={classes(
          'min-h-0 flex-1 flex-col bg-panel wide:flex wide:border-r wide:border-line',
          chosen ? 'hidden' : 'flex',
        )}
      >
        <header className="flex flex-wrap items-center justify-between gap-3 py-3 pr-3 pl-4">
          <h1 className="font-serif text-xl">{t.themes.title}</h1>
          <SegmentedControl
            label={t.themes.tabs}
            value={tab}
            choices={[
              { value: 'themes', text: t.themes.title },
              { value: 'concepts', text: t.themes.concepts },
            ]}
            onChange={(next) => navigate(next === 'concepts' ? '/themes?tab=concepts' : '/themes')}
          />
        </header>
        {tab === 'concepts' ? (
          <ConceptList
            chosen={params.get('concept')}
            onChoose={(name) => navigate(`/themes?tab=concepts&concept=${encodeURIComponent(name)}`)}
          />
        ) : (
          <ThemeList
            chosen={params.get('edit')}
            onChoose={(id) => navigate(`/themes?edit=${encodeURIComponent(id)}`)}
          />
        )}
      </section>
      <div className={classes('min-h-0 flex-1 overflow-y-auto wide:block', !chosen && 'hidden')}>
        <Button
          look="quiet"
          small
          icon="left"
          className="mt-2 ml-4 wide:hidden"
          onClick={() => navigate(tab === 'concepts' ? '/themes?tab=concepts' : '/themes')}
        >
          {tab === 'concepts' ? t.themes.allConcepts : t.themes.allThemes}
        </Button>
        {tab === 'concepts' ? (
          <ConceptDetail name={params.get('concept')} />
        ) : (
          <Chosen edit={params.get('edit')} from={params.get('from')} query={params.get('q')} />
        )}
      </div>
    </div>
  )
}

function Chosen(props: { edit: string | null; from: string | null; query: string | null }): ReactNode {
  const { edit, from } = props
  const { data } = useQuery(api.themes.list.queryOptions({ input: {} }))
  if (data === undefined) return edit === null ? null : <Skeleton lines={8} className="px-6 py-4" />
  const find = (id: string | null): Theme | undefined => data.themes.find((theme) => theme.id === id)
  if (edit === 'new')
    return (
      <ThemeEditor
        key={`new ${from} ${props.query}`}
        theme={null}
        from={find(from)}
        query={props.query ?? ''}
        groups={data.groups}
        themes={data.themes}
      />
    )
  const theme = find(edit)
  if (theme !== undefined)
    return <ThemeEditor key={theme.id} theme={theme} query="" groups={data.groups} themes={data.themes} />
  return (
    <div className="px-6 py-2">
      {edit === null ? (
        <EmptyState title={t.themes.intro}>{t.themes.introHint}</EmptyState>
      ) : (
        <EmptyState title={t.themes.gone} />
      )}
    </div>
  )
}

function ThemeList(props: { chosen: string | null; onChoose: (id: string) => void }): ReactNode {
  const list = useQuery(api.themes.list.queryOptions({ input: {} }))
  const groups = [...(list.data?.groups ?? [])].sort((a, b) => a.order - b.order)
  const themes = [...(list.data?.themes ?? [])].sort((a, b) => a.order - b.order)

  const move = async (theme: Theme, step: -1 | 1): Promise<void> => {
    const ids = moved(themes, theme.id, step)
    if (ids === null) return
    try {
      await client.themes.reorder({ ids })
      await queryClient.invalidateQueries({ queryKey: api.themes.list.key() })
    } catch (error) {
      toast(sentence(error), { bad: true })
    }
  }
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {list.isPending ? (
          <Skeleton lines={10} className="px-2" />
        ) : list.error !== null && list.data === undefined ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} className="px-2" />
        ) : themes.length === 0 ? (
          <EmptyState title={t.themes.none} className="px-2">
            {t.themes.noneHint}
          </EmptyState>
        ) : (
          groups.map((group, index) => (
            <Group
              key={group.id}
              first={index === 0}
              group={group}
              themes={themes.filter((theme) => theme.group === group.id)}
              chosen={props.chosen}
              onChoose={props.onChoose}
              onMove={(theme, step) => void move(theme, step)}
            />
          ))
        )}
      </div>
      <footer className="flex flex-wrap gap-2 border-t border-line p-3">
        <Button look="main" small icon="plus" onClick={() => props.onChoose('new')}>
          {t.themes.newTheme}
        </Button>
        <ImportPack />
        <Button
          small
          icon="download"
          aria-label={t.themes.exportPack}
          title={t.themes.exportPack}
          onClick={() => void exportPack()}
        >
          {t.themes.exportShort}
        </Button>
      </footer>
    </>
  )
}

function Group(props: {
  group: ThemeGroup
  /** It says what the numbers are of. */
  first: boolean
  themes: readonly Theme[]
  chosen: string | null
  onChoose: (id: string) => void
  onMove: (theme: Theme, step: -1 | 1) => void
}): ReactNode {
  if (props.themes.length === 0) return null
  return (
    <section aria-label={props.group.name}>
      <div className="flex justify-between pt-3 pr-[57px] pb-1 pl-2 text-xs text-ink-3">
        <h2 className="font-semibold">{props.group.name}</h2>
        {props.first && <span>{t.unit.stories.toLowerCase()}</span>}
      </div>
      <ul className="flex flex-col gap-px" title={t.themes.keysHint}>
        {props.themes.map((theme, index) => (
          <li
            key={theme.id}
            className={classes(
              'group flex items-center rounded-md',
              theme.id === props.chosen ? 'bg-selected font-semibold' : 'hover:bg-hover',
            )}
          >
            <button
              type="button"
              aria-current={theme.id === props.chosen ? 'page' : undefined}
              onClick={() => props.onChoose(theme.id)}
              onKeyDown={(event) => {
                const step = event.altKey
                  ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key]
                  : undefined
                if (step === undefined) return
                event.preventDefault()
                props.onMove(theme, step)
              }}
              className="flex min-w-0 flex-1 items-center gap-2 px-2 py-[5px] text-left"
            >
              <ThemeSign colour={theme.colour} />
              <span className={classes('min-w-0 flex-1 truncate', !theme.enabled && 'text-ink-3')}>
                {theme.name}
              </span>{' '}
              {theme.id !== props.chosen && hasDraft(draftName(theme.id)) && (
                <span className="text-xs font-normal text-warn">{t.themes.halfWritten}</span>
              )}{' '}
              <span className="text-sm font-normal text-ink-3">
                {theme.enabled ? number(theme.stories) : t.themes.off}
              </span>
            </button>
            <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
              <Button
                look="quiet"
                small
                icon="up"
                aria-label={t.themes.up(theme.name)}
                disabled={index === 0}
                onClick={() => props.onMove(theme, -1)}
              />
              <Button
                look="quiet"
                small
                icon="down"
                aria-label={t.themes.down(theme.name)}
                disabled={index === props.themes.length - 1}
                onClick={() => props.onMove(theme, 1)}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function ImportPack(): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (file === undefined) return
    try {
      const { themes, concepts } = await client.themes.importPack({ json: await file.text() })
      await queryClient.invalidateQueries({ queryKey: api.themes.key() })
      toast(t.themes.imported(t.count.themes(themes), t.themes.concept(concepts)))
    } catch (error) {
      toast(error instanceof DOMException ? t.themes.notAPack : sentence(error), { bad: true })
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t.themes.packFile}
        className="hidden"
        onChange={(event) => void take(event)}
      />
      <Button
        small
        icon="upload"
        aria-label={t.themes.importPack}
        title={t.themes.importPack}
        onClick={() => input.current?.click()}
      >
        {t.themes.importShort}
      </Button>
    </>
  )
}

async function exportPack(): Promise<void> {
  try {
    const { json } = await client.themes.exportPack({})
    const address = URL.createObjectURL(new Blob([json], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = address
    link.download = 'wirewatch-themes.json'
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
}
