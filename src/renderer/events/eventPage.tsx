import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Icon } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { COLUMN, useTitle } from '../components/page.tsx'
import { Panel } from '../components/panel.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { number } from '../format.ts'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { CopiesPanel } from './copiesPanel.tsx'
import { useCorrections } from './corrections.ts'
import { type Correction, CorrectionDialog, CorrectPanel } from './correctPanel.tsx'
import { EventActions } from './eventActions.tsx'
import { EventHead } from './eventHead.tsx'
import { SourcesPanel } from './sourcesPanel.tsx'
import { SpreadPanel } from './spreadPanel.tsx'
import { type Trail, useNeighbours } from './trail.ts'
import { VoicesPanel } from './voicesPanel.tsx'
import { WhoPanel } from './whoPanel.tsx'
import { WhyPanel } from './whyPanel.tsx'
import { WordsPanel } from './wordsPanel.tsx'

/** Stories of an event that are drawn, the newest: what the engine lists at once. */
const DRAWN = 500

/** One event: who tells of it, since when, in which words; why its stories belong together; and what a person corrects of it. */
export function EventPage(): ReactNode {
  const words = t.events
  const id = Number(useParams<{ id?: string }>().id)
  const valid = Number.isSafeInteger(id) && id > 0
  const asked = useQuery(api.events.get.queryOptions({ input: { id }, enabled: valid }))
  const event = asked.data
  const stories = useQuery(
    api.stories.list.queryOptions({
      input: { query: `event:${event?.id ?? id}`, limit: DRAWN },
      enabled: event !== undefined,
    }),
  )
  const back = useBack()
  const neighbours = useNeighbours(event?.id ?? id)
  useShortcuts({ j: () => neighbours.go(1), k: () => neighbours.go(-1) })
  const mergedFrom = useMergedFrom(id, event)
  useTitle(event?.name || event?.headline.title || words.title)

  return (
    <div className="h-full overflow-y-auto">
      <div className={classes(COLUMN, 'pt-3 pb-10')}>
        <nav aria-label={words.crumbs} className="mb-3 flex min-h-[31px] items-center gap-1.5">
          <Button look="quiet" small icon="left" className="-ml-2" onClick={back} title="Esc">
            {t.nav.stories}
          </Button>
          <span className="text-ink-3">
            <Icon name="right" size={12} />
          </span>
          <span aria-current="page" className="text-ink-2">
            {words.title}
          </span>
          {neighbours.at >= 0 && neighbours.of > 1 && (
            <span className="ml-3 inline-flex items-center gap-1 text-ink-3">
              <Button
                look="quiet"
                small
                icon="up"
                title={`${words.neighbours.previous} (k)`}
                aria-label={words.neighbours.previous}
                disabled={neighbours.at === 0}
                onClick={() => neighbours.go(-1)}
              />
              <span className="tabular-nums">
                {words.neighbours.place(number(neighbours.at + 1), number(neighbours.of))}
              </span>
              <Button
                look="quiet"
                small
                icon="down"
                title={`${words.neighbours.next} (j)`}
                aria-label={words.neighbours.next}
                disabled={neighbours.at === neighbours.of - 1}
                onClick={() => neighbours.go(1)}
              />
            </span>
          )}
          <span className="flex-1" />
          {event !== undefined && (
            <Link
              href={`/stories?q=${encodeURIComponent(event.all.query)}`}
              className="text-accent hover:underline"
            >
              {words.allStories(event.all.stories)}
            </Link>
          )}
        </nav>
        {mergedFrom !== null && (
          <p role="status" className="mb-3 rounded-md border border-line bg-panel px-3 py-1.5 text-ink-2">
            {words.merged(mergedFrom)}
          </p>
        )}
        {event !== undefined && event.moving > 0 && (
          <p role="status" className="mb-3 rounded-md border border-line bg-panel px-3 py-1.5 text-ink-2">
            {words.moving(event.moving)}
          </p>
        )}
        {!valid || isGone(asked.error) ? (
          <EmptyState
            title={words.gone}
            actions={
              <Link href="/stories" className="text-accent hover:underline">
                {words.toStories}
              </Link>
            }
          >
            {words.goneHint}
          </EmptyState>
        ) : event === undefined ? (
          asked.isError ? (
            <ErrorState error={asked.error} retry={() => void asked.refetch()} />
          ) : (
            <Waiting />
          )
        ) : (
          <Shown key={event.id} event={event} rows={stories.data?.rows} error={stories.error} onBack={back} />
        )}
      </div>
    </div>
  )
}

function Shown(props: {
  event: Event
  /** Undefined: still asked. */
  rows: readonly StoryRow[] | undefined
  error: unknown
  onBack: () => void
}): ReactNode {
  const { event, rows, error } = props
  const corrections = useCorrections(event.id)
  const [open, setOpen] = useState<Correction | null>(null)
  const last = event.changes.find(({ undoable }) => undoable)
  useShortcuts({
    Escape: props.onBack,
    t: () => event.all.stories > 1 && setOpen('takeOut'),
    u: () => last !== undefined && void corrections.undo(last.seq),
  })
  const many = event.all.stories > 1
  const central = rows?.find(({ id }) => id === event.headline.story)
  const side = (
    <div className="flex min-w-0 flex-col gap-4">
      <WhyPanel event={event} rows={rows ?? []} onTakeOut={(story) => void corrections.takeOut(story)} />
      {event.byBloc.length > 1 && <WordsPanel event={event} />}
      <WhoPanel event={event} />
      <CorrectPanel event={event} corrections={corrections} onOpen={setOpen} />
    </div>
  )
  return (
    <>
      <EventHead event={event} actions={<EventActions event={event} central={central} />} />
      <div className="mt-4 grid gap-4 wide:grid-cols-[minmax(0,2fr)_minmax(320px,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {rows === undefined ? (
            error !== null ? (
              <Panel title={t.events.spread.title}>
                <ErrorState error={error} />
              </Panel>
            ) : (
              <Waiting halves="left" />
            )
          ) : (
            <>
              {many && <SpreadPanel event={event} rows={rows} />}
              <VoicesPanel event={event} rows={rows} />
              {event.sources > 1 && <SourcesPanel event={event} />}
              {many && <CopiesPanel event={event} />}
            </>
          )}
        </div>
        {side}
      </div>
      <p className="mt-4 flex gap-4 text-sm text-ink-3 max-wide:hidden">
        {KEYS.map(([key, what]) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <Kbd>{key}</Kbd> {what}
          </span>
        ))}
      </p>
      <CorrectionDialog
        open={open}
        onClose={() => setOpen(null)}
        event={event}
        rows={rows ?? []}
        corrections={corrections}
      />
    </>
  )
}

const KEYS = [
  ['t', t.events.keys.takeOut],
  ['u', t.events.keys.undo],
  ['s', t.events.keys.star],
  ['j', t.events.neighbours.next],
  ['k', t.events.neighbours.previous],
  ['Esc', t.events.keys.back],
] as const

/** The page's shape before anything is known: panels stand where they will. */
function Waiting({ halves = 'both' }: { halves?: 'both' | 'left' }): ReactNode {
  const left = (
    <div className="flex min-w-0 flex-col gap-4">
      <Panel title={t.events.spread.title} className="min-h-[248px]">
        <Skeleton lines={6} />
      </Panel>
      <Panel title={t.events.voices.title} className="min-h-[300px]">
        <Skeleton lines={8} />
      </Panel>
    </div>
  )
  if (halves === 'left') return left
  return (
    <>
      <Skeleton lines={3} className="h-[96px]" />
      <div className="mt-4 grid gap-4 wide:grid-cols-[minmax(0,2fr)_minmax(320px,1fr)]">
        {left}
        <Panel title={t.events.why.title} className="min-h-[248px]">
          <Skeleton lines={6} />
        </Panel>
      </div>
    </>
  )
}

/** To where the reader came from; to the list where the address was opened by itself. */
function useBack(): () => void {
  const [, navigate] = useLocation()
  const state = useHistoryState<Trail | null>()
  return () => {
    if (state?.from === undefined) navigate('/stories')
    else window.history.back()
  }
}

/** Puts the surviving event's address in the place of one that went into it. @returns the number that was asked for, to be said */
function useMergedFrom(id: number, event: Event | undefined): string | null {
  const [, navigate] = useLocation()
  const state = useHistoryState<Trail | null>()
  const into = event?.id
  useEffect(() => {
    if (into !== undefined && into !== id)
      navigate(`/events/${into}`, {
        replace: true,
        state: { ...state, merged: id, events: state?.events?.map((event) => (event === id ? into : event)) },
      })
  }, [into, id, navigate, state])
  return state?.merged === undefined ? null : String(state.merged)
}

function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'NOT_FOUND'
}
