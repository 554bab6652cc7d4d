import { type ReactNode, useCallback, useMemo, useRef } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'wouter'
import { printFilter, readFilters, removeFilter } from '../../core/query/language/language.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Kbd } from '../components/kbd.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { GUTTER, useTitle } from '../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toast.tsx'
import { useCountUnit } from '../countUnit.ts'
import { EventRanking, type Ranking, rankedStoriesOf } from '../events/eventRanking.tsx'
import { ListedEvents } from '../events/trail.ts'
import { number } from '../format.ts'
import { useShortcuts } from '../frame/shortcuts.ts'
import { useChangeUnit } from '../frame/unitControl.tsx'
import { t } from '../messages/index.ts'
import { FilterRow } from '../query/filterRow.tsx'
import { useReadable } from '../query/useQueryCheck.ts'
import { useAppInfo } from '../useFormat.ts'
import { eventLines, type Line, storyLines } from './eventLines.ts'
import { Histogram } from './histogram.tsx'
import { openOriginal, StoryPane } from './storyPane.tsx'
import { StoryRows } from './storyRows.tsx'
import { useHeadlineLanguage } from './useHeadlineLanguage.ts'
import { useOpenedEvents } from './useOpenedEvents.ts'
import { setRead, setStarred, useStoryList } from './useStoryList.ts'
import { useThemeNames } from './useThemeNames.ts'
import { WhoIsIn } from './whoIsIn.tsx'

/**
 * A query's stories at the left, the open one at the right; in a narrow window the open one takes the list's place.
 * Both are in the address: /stories/17?q=sanctions.
 */
export function StoriesPage(): ReactNode {
  useTitle(t.stories.title)
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const query = params.get('q') ?? ''
  const id = Number(useParams<{ id?: string }>().id)
  const open = Number.isInteger(id) && id > 0 ? id : null

  const scroller = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLElement>(null)
  const openNow = useRef(open)
  openNow.current = open
  const atTop = useCallback(() => openNow.current === null && (scroller.current?.scrollTop ?? 0) < 8, [])

  const { fault, readable } = useReadable(query)
  const list = useStoryList(query, readable, atTop)
  const themes = useThemeNames()
  const { rows } = list
  // A number that counted stories lists each of them.
  const each = params.get('as') === 'stories'
  const wanted = useCountUnit()
  const unit = each ? 'stories' : wanted
  const { opened, unfold } = useOpenedEvents(query)
  const language = useHeadlineLanguage()
  const lines = useMemo(
    () => (unit === 'events' ? eventLines(rows, opened, language) : storyLines(rows)),
    [unit, rows, opened, language],
  )
  const listed = useMemo(
    () => [...new Set(rows.flatMap(({ event }) => (event !== null && event.stories > 1 ? [event.id] : [])))],
    [rows],
  )
  const at = lines.findIndex((line) => line.row.id === open)
  const line = lines[at]
  const row = line?.row

  const show = (story: number | null, replace: boolean): void => {
    const [path, search] = storiesOf(query, each ? 'stories' : undefined).split('?')
    navigate(`${path}${story === null ? '' : `/${story}`}${search === undefined ? '' : `?${search}`}`, {
      replace,
    })
  }
  const by = unit === 'events' && open === null ? rankingIn(params.get('by')) : null
  const setQuery = (next: string): void => navigate(rankedStoriesOf(next, by))
  const focusList = (): void =>
    scroller.current?.querySelector<HTMLElement>('[role=listbox]')?.focus({ preventScroll: true })
  const move = (step: number): void => {
    if (by !== null) {
      focusRank(step)
      return
    }
    // Who moves by keys can also open an event in place by them.
    if (document.activeElement === document.body || document.activeElement?.id === 'content') focusList()
    const next = lines[at < 0 ? 0 : at + step]
    if (next !== undefined) show(next.row.id, open !== null)
    else if (at >= 0 && step > 0 && list.hasMore) list.loadMore()
  }

  const enter = (event: KeyboardEvent): void => {
    if (isControl(event.target)) activate(event.target)
    else if (by === null) {
      if (open === null) move(0)
      pane.current?.focus()
    }
  }
  const leave = (): void => {
    if (open === null) return
    show(null, false)
    focusList()
  }
  const changeUnit = useChangeUnit()
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    Enter: enter,
    o: () => row !== undefined && openOriginal(row.url),
    s: () => row !== undefined && setStarred(row.id, !row.starred),
    m: () => line !== undefined && setRead(line.stories, !line.read),
    e: () => changeUnit(unit === 'events' ? 'stories' : 'events'),
    n: () => pane.current?.querySelector<HTMLElement>('textarea')?.focus(),
    Escape: leave,
  })

  const unread = rows.filter((r) => !r.read).length
  const isAsked = list.loading || list.hasMore || !readable
  const isEmpty = lines.length === 0 && (fault !== undefined || !isAsked)
  return (
    <div className="grid h-full min-h-[420px] grid-rows-[auto_minmax(0,1fr)]">
      <h1 className="sr-only">{t.stories.title}</h1>
      <div
        className={classes(
          'flex flex-wrap items-start gap-x-3 gap-y-1.5 border-b border-line bg-panel py-2 print:hidden',
          GUTTER,
        )}
      >
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <FilterRow query={query} onQuery={setQuery} />
        </div>
        {unit === 'events' && (
          <select
            aria-label={t.events.ranking.label}
            className="rounded-md border border-edge bg-panel px-2 py-0.5 text-sm"
            value={by ?? 'newest'}
            onChange={(event) =>
              navigate(rankedStoriesOf(query, rankingIn(event.target.value)), { replace: true })
            }
          >
            {RANKINGS.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        )}
        {readable && <WhoIsIn query={query} />}
        {by === null && unread > 0 && (
          <Button
            look="quiet"
            small
            icon="check"
            title={t.stories.markAllReadHint}
            onClick={() => {
              const ids = rows.filter((r) => !r.read).map((r) => r.id)
              setRead(ids, true)
              toast(t.stories.markedRead(ids.length), {
                action: { text: t.actions.undo, run: () => setRead(ids, false) },
              })
            }}
          >
            {t.stories.markAllRead}
          </Button>
        )}
      </div>
      {by !== null && (
        <section aria-label={t.events.ranking[by]} className="min-h-0 overflow-y-auto bg-panel">
          {fault === undefined ? (
            <EventRanking query={query} readable={readable} by={by} />
          ) : (
            <div className="px-6">
              <EmptyState title={t.stories.empty.invalid}>{fault.message}</EmptyState>
            </div>
          )}
        </section>
      )}
      <div
        className={classes(
          'relative min-h-0 wide:grid-cols-[minmax(360px,42fr)_58fr] print:block',
          by === null ? 'grid' : 'hidden',
        )}
      >
        <section
          aria-label={t.stories.title}
          className={classes(
            // In a narrow window it stays behind the open story, laid out, and keeps its place.
            'relative flex min-h-0 min-w-0 flex-col bg-panel wide:visible wide:border-r wide:border-line print:block',
            open !== null && 'invisible print:hidden',
          )}
        >
          {fault === undefined && (
            <Histogram query={query} readable={readable} unit={unit} onQuery={setQuery} />
          )}
          {list.waiting.stories > 0 && (
            <div className="pointer-events-none absolute inset-x-0 top-[70px] z-10 flex justify-center">
              <Button
                look="main"
                small
                className="arrive pointer-events-auto rounded-full shadow-float"
                icon="up"
                onClick={() => {
                  list.showWaiting()
                  scroller.current?.scrollTo({ top: 0 })
                }}
              >
                {list.waiting.many
                  ? t.stories.manyArrived(number(list.waiting.stories))
                  : t.stories.arrived(list.waiting.stories)}
              </Button>
            </div>
          )}
          {fault === undefined && list.incomplete !== undefined && (
            <p role="status" className="flex flex-wrap items-center gap-2 px-4 py-2 text-sm text-warn">
              <span>{list.incomplete}</span>
              {list.hasMore && (
                <Button small onClick={list.loadMore} disabled={list.loadingMore}>
                  {t.stories.searchOn}
                </Button>
              )}
            </p>
          )}
          {fault !== undefined ? (
            <div className="px-4">
              <EmptyState
                title={t.stories.empty.invalid}
                actions={
                  fault.repair !== undefined && (
                    <Button onClick={() => setQuery(fault.repair ?? '')}>
                      {t.stories.empty.repairWith(fault.repair)}
                    </Button>
                  )
                }
              >
                {fault.message} {t.stories.empty.invalidHint}
              </EmptyState>
            </div>
          ) : list.loading || !readable ? (
            <Skeleton lines={14} className="px-4 py-3" />
          ) : list.error !== null && rows.length === 0 ? (
            <ErrorState error={list.error} retry={list.retry} className="px-4" />
          ) : rows.length === 0 ? (
            !list.hasMore && <Nothing query={query} onQuery={setQuery} />
          ) : (
            <StoryRows
              lines={lines}
              end={
                unit === 'events'
                  ? t.stories.endOfEvents(eventsIn(lines), rows.length)
                  : t.stories.end(rows.length)
              }
              onUnfold={unfold}
              themes={themes}
              scroller={scroller}
              open={open}
              onOpen={(story) => show(story, open !== null)}
              onMove={move}
              hasMore={list.hasMore}
              loadingMore={list.loadingMore}
              loadMore={list.loadMore}
            />
          )}
        </section>
        <section
          ref={pane}
          aria-label={t.stories.pane.label}
          tabIndex={-1}
          className={classes(
            'absolute inset-0 min-h-0 min-w-0 overflow-y-auto bg-paper outline-none wide:static wide:block print:static print:overflow-visible',
            open === null && 'hidden print:hidden',
          )}
        >
          {open === null ? (
            <div className="grid h-full place-items-center px-6">
              <EmptyState title={t.stories.choose.title}>
                {isEmpty ? (
                  t.stories.choose.none
                ) : (
                  <>
                    <p>{t.stories.choose.hint}</p>
                    <Keys />
                  </>
                )}
              </EmptyState>
            </div>
          ) : (
            <ListedEvents value={listed}>
              <StoryPane
                key={open}
                id={open}
                query={fault === undefined ? query : ''}
                row={row}
                onBack={() => show(null, false)}
                onQuery={setQuery}
              />
            </ListedEvents>
          )}
        </section>
      </div>
    </div>
  )
}

const eventsIn = (lines: readonly Line[]): number => lines.filter(({ member }) => !member).length

const RANKINGS = [
  { value: 'newest', text: t.events.ranking.newest },
  { value: 'size', text: t.events.ranking.size },
  { value: 'growth', text: t.events.ranking.growth },
] as const

/** How events are ranked by an address; null: the newest first. */
const rankingIn = (text: string | null): Ranking | null =>
  text === 'size' || text === 'growth' ? text : null

/** The next event of a ranking, or the one before, has the focus; the first where none had it. */
function focusRank(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('a[data-rank]')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + step))]?.focus()
}

/** Why the list is empty, and the ways out. */
function Nothing({ query, onQuery }: { query: string; onQuery: (query: string) => void }): ReactNode {
  const stories = useAppInfo()?.stories
  const { empty } = t.stories
  if (query === '' || stories === 0)
    return (
      <div className="px-4">
        <EmptyState
          title={empty.archive}
          actions={
            <Link href="/sources" className="text-accent hover:underline">
              {empty.toSources}
            </Link>
          }
        >
          {empty.archiveHint}
        </EmptyState>
      </div>
    )
  const wider = readFilters(query).map((filter) => ({
    text: empty.without(`${filter.negated ? '-' : ''}${printFilter(filter.field, filter.values)}`),
    query: removeFilter(query, filter),
  }))
  return (
    <div className="px-4">
      <EmptyState
        title={empty.matches}
        actions={
          <>
            {wider.map((way) => (
              <Button key={way.text} small onClick={() => onQuery(way.query)}>
                {way.text}
              </Button>
            ))}
            <Button small onClick={() => onQuery('')}>
              {empty.all}
            </Button>
          </>
        }
      >
        {empty.matchesHint}
      </EmptyState>
    </div>
  )
}

const KEYS = [
  ['j', t.stories.keys.next],
  ['k', t.stories.keys.previous],
  ['Enter', t.stories.keys.open],
  ['o', t.stories.keys.original],
  ['s', t.stories.keys.star],
  ['m', t.stories.keys.read],
  ['n', t.stories.keys.note],
  ['v', t.events.pane.key],
  ['Right', t.stories.keys.unfold],
  ['e', t.stories.keys.unit],
  ['Esc', t.stories.keys.back],
] as const

function Keys(): ReactNode {
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1 text-sm">
      {KEYS.map(([key, what]) => (
        <div key={key} className="contents">
          <dt>
            <Kbd>{key}</Kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Enter on a button or link is theirs. */
function isControl(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.closest('button, a, summary, [role=slider]') !== null
}

/** The shortcut took the key from the control; it is given back. */
function activate(target: HTMLElement): void {
  target.closest<HTMLElement>('button, a, summary')?.click()
}
