import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { HitAct, HitFilter, HitSelection, HitView, InboxAlert } from '../../../api/contract/inbox.ts'
import { printFilter } from '../../../core/query/language/language.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { storiesOf } from '../../components/numberDoor.tsx'
import { SegmentedControl } from '../../components/segmentedControl.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { useCountUnit } from '../../countUnit.ts'
import { useShortcuts } from '../../frame/shortcuts.ts'
import { useChangeUnit } from '../../frame/unitControl.tsx'
import { t } from '../../messages/index.ts'
import { QueryField } from '../../query/queryField.tsx'
import { useReadable } from '../../query/useQueryCheck.ts'
import { openOriginal, StoryPane } from '../../stories/storyPane.tsx'
import { editorOf } from '../editor/alertDraft.ts'
import { act, undoLast } from './hitActs.ts'
import { type HitLine, hitLines } from './hitLines.ts'
import { countOf, joined } from './hitPages.ts'
import { HitRows } from './hitRows.tsx'
import { HitTools, withCount } from './hitTools.tsx'
import type { SnoozeFor } from './snoozeMenu.tsx'
import { useHitList } from './useHitList.ts'
import { useOpenedGroups } from './useOpenedGroups.ts'
import { VIEWS } from './views.ts'

/** A hit counts as seen once it was open this long: passing over it does not. */
const SEEN_AFTER_MS = 400

/** What the inbox shows, as its address has it. */
export interface Shown {
  readonly filter: HitFilter
  /** The story that is open beside the list, and the alert that hit it. */
  readonly story: number | null
}

/**
 * The hits of all alerts, a folder or one alert, by event; the chosen one's story beside them, in a narrow window in their place.
 * @param of the alerts whose hits are listed
 */
export function Inbox(props: {
  shown: Shown
  name: string
  /** What the one alert does whose hits are listed. */
  sentence?: string | undefined
  of: readonly InboxAlert[]
  counts: Readonly<Record<HitView, number>>
  onShow: (change: Partial<HitFilter>) => void
  onStory: (story: number | null, replace: boolean) => void
}): ReactNode {
  const { shown, of, counts, onShow, onStory } = props
  const [, navigate] = useLocation()
  const unit = useCountUnit()
  const changeUnit = useChangeUnit()
  const isGrouped = unit === 'events'
  const { fault, readable } = useReadable(shown.filter.query)
  // A query that cannot be read narrows nothing until it can.
  const filter = useMemo(
    () => (readable && fault === undefined ? shown.filter : { ...shown.filter, query: '' }),
    [shown.filter, readable, fault],
  )
  const [draft, setDraft] = useState(shown.filter.query)
  useEffect(() => setDraft(shown.filter.query), [shown.filter.query])
  const [at, setAt] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [everything, setEverything] = useState(false)
  const [snoozing, setSnoozing] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLElement>(null)
  const isBusy = useRef(false)
  isBusy.current = shown.story !== null || selected.size > 0 || at !== null
  const atTop = useCallback(() => !isBusy.current && (scroller.current?.scrollTop ?? 0) < 8, [])

  const list = useHitList(filter, isGrouped, atTop)
  const { opened, unfold } = useOpenedGroups(filter)
  const lines = useMemo(() => hitLines(list.groups, opened, isGrouped), [list.groups, opened, isGrouped])
  const openLine =
    shown.story === null
      ? undefined
      : (lines.find(({ key, group }) => key === at && group.lead.story.id === shown.story) ??
        lines.find(({ group }) => group.lead.story.id === shown.story))
  const index = lines.findIndex(({ key }) => key === (at ?? openLine?.key))
  const line = lines[index]

  const chosen = selected.size > 0 ? lines.filter(({ key }) => selected.has(key)) : []
  const target = selected.size > 0 ? chosen : line === undefined ? [] : [line]
  const refs = useMemo(() => joined(target.map((one) => one.refs)), [target])
  const selection: HitSelection = everything ? { filter } : { hits: refs }
  const are = {
    seen: target.length > 0 && target.every(({ group }) => group.unseen === 0),
    starred: target.length > 0 && target.every(({ group }) => group.lead.starred),
    dismissed: target.length > 0 && target.every(({ group }) => group.lead.state === 'dismissed'),
  }

  const focusList = (): void =>
    scroller.current?.querySelector<HTMLElement>('[role=listbox]')?.focus({ preventScroll: true })
  const clear = (): void => {
    setSelected(new Set())
    setEverything(false)
  }
  const open = (one: HitLine): void => {
    setAt(one.key)
    onStory(one.group.lead.story.id, shown.story !== null)
    if (one.group.unseen > 0 && one.group.lead.state === 'new') markSeenLater(one)
  }
  const move = (step: number): void => {
    if (document.activeElement === document.body || document.activeElement?.id === 'content') focusList()
    const next = lines[index < 0 ? 0 : index + step]
    if (next === undefined) {
      if (step > 0 && list.hasMore) list.loadMore()
      return
    }
    setAt(next.key)
    if (shown.story !== null) open(next)
  }
  const run = (what: HitAct, leaves: boolean): void => {
    if (!everything && refs.length === 0) return
    void act(selection, what)
    // What leaves the list hands the line on to the next one.
    if (leaves && selected.size === 0 && line !== undefined) {
      const next = lines.slice(index + 1).find(({ member }) => !member) ?? lines[index - 1]
      setAt(next?.key ?? null)
      if (shown.story !== null) {
        if (next === undefined) onStory(null, true)
        else open(next)
      }
    }
    clear()
  }
  const isIn = (...views: HitView[]): boolean => views.includes(filter.show)
  const seen = (): void => run({ act: are.seen ? 'new' : 'seen' }, isIn('snoozed', 'dismissed'))
  const star = (): void => {
    const [first] = target
    if (first === undefined) return
    if (everything || selected.size > 0) run({ act: are.starred ? 'unstar' : 'star' }, false)
    else starLine(first)
  }
  const dismiss = (): void =>
    run({ act: are.dismissed ? 'seen' : 'dismiss' }, isIn('new', 'all', 'snoozed', 'dismissed'))
  const snooze = (how: SnoozeFor): void => run({ act: 'snooze', for: how }, isIn('new', 'dismissed'))
  const select = useCallback((key: string) => {
    setEverything(false)
    setSelected((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
    setAt(key)
  }, [])
  const linesNow = useRef({ lines, open })
  linesNow.current = { lines, open }
  const onOpen = useCallback((key: string) => {
    const one = linesNow.current.lines.find((candidate) => candidate.key === key)
    if (one !== undefined) linesNow.current.open(one)
  }, [])
  const onStar = useCallback((key: string) => {
    const one = linesNow.current.lines.find((candidate) => candidate.key === key)
    if (one !== undefined) starLine(one)
  }, [])
  const enter = ({ target }: KeyboardEvent): void => {
    if (target instanceof HTMLElement && isControl(target))
      target.closest<HTMLElement>('button, a, summary')?.click()
    else if (shown.story !== null) pane.current?.focus()
    else if (line !== undefined) open(line)
    else move(1)
  }
  const leave = (): void => {
    if (selected.size > 0) clear()
    else if (shown.story !== null) {
      onStory(null, false)
      focusList()
    } else setAt(null)
  }

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    Enter: enter,
    o: () => line !== undefined && openOriginal(line.group.lead.story.url),
    x: () => line !== undefined && select(line.key),
    m: seen,
    s: star,
    d: dismiss,
    '#': dismiss,
    z: () => target.length > 0 && setSnoozing(true),
    u: () => void undoLast(),
    'mod+z': () => void undoLast(),
    e: () => changeUnit(isGrouped ? 'stories' : 'events'),
    v: () => line?.group.event != null && navigate(`/events/${line.group.event.id}`),
    n: () => pane.current?.querySelector<HTMLElement>('textarea')?.focus(),
    Escape: leave,
  })

  const openAlert = openLine?.group.lead.alert.id ?? filter.alert
  const query = hitsOf(of.find(({ id }) => id === openAlert))
  const hitsLoaded = list.groups.reduce((sum, group) => sum + group.hits, 0)
  const events = t.inbox.events(list.groups.length)
  return (
    <div
      className={classes(
        'relative grid h-full min-h-0',
        shown.story !== null && 'wide:grid-cols-[minmax(400px,46fr)_54fr]',
      )}
    >
      <section
        aria-label={props.name}
        className={classes(
          'flex min-h-0 min-w-0 flex-col bg-panel wide:visible',
          shown.story !== null && 'invisible wide:border-r wide:border-line print:hidden',
        )}
      >
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-2">
          <h2 className="min-w-32 flex-1 truncate text-md font-semibold">{props.name}</h2>
          <SegmentedControl
            label={t.inbox.views}
            value={filter.show}
            choices={VIEWS.map((view) => ({
              value: view,
              text: withCount(t.inbox.view[view], counts[view]),
              name: t.inbox.counted(t.inbox.view[view], counts[view]),
            }))}
            onChange={(show) => {
              clear()
              setAt(null)
              onShow({ show })
            }}
          />
          {props.sentence !== undefined && (
            <p title={props.sentence} className="line-clamp-2 w-full text-sm text-ink-2">
              {props.sentence}
            </p>
          )}
          <div className="flex w-full items-start gap-2 print:hidden">
            <div className="min-w-0 flex-1">
              <QueryField
                use="search"
                label={t.inbox.filter}
                placeholder={t.inbox.filter}
                floating
                value={draft}
                onChange={(text) => {
                  setDraft(text)
                  if (text === '') onShow({ query: '' })
                }}
                onSubmit={(text) => {
                  onShow({ query: text.trim() })
                  focusList()
                }}
                onLeave={focusList}
              />
            </div>
            {of.length === 1 && filter.alert !== undefined && (
              <Button icon="edit" onClick={() => navigate(editorOf(filter.alert as number))}>
                {t.actions.edit}
              </Button>
            )}
            <Button
              icon="check"
              disabled={counts.new === 0}
              onClick={() => void act({ filter: { ...filter, show: 'new' } }, { act: 'seen' })}
            >
              {t.inbox.markAllSeen}
            </Button>
          </div>
        </header>
        {lines.length > 0 && (
          <HitTools
            selected={everything ? null : countOf(chosen.length > 0 ? refs : [])}
            loaded={{ lines: lines.length, selected: everything ? lines.length : chosen.length }}
            all={list.hasMore && filter.query === '' ? counts[filter.show] : null}
            ready={target.length > 0}
            are={are}
            snoozing={snoozing}
            onSnoozing={setSnoozing}
            onSelectLoaded={() => setSelected(new Set(lines.map(({ key }) => key)))}
            onSelectAll={() => setEverything(true)}
            onClear={clear}
            onSeen={seen}
            onStar={star}
            onDismiss={dismiss}
            onSnooze={snooze}
          />
        )}
        {list.waiting > 0 && (
          <div className="pointer-events-none relative z-10 flex h-0 justify-center">
            <Button
              look="main"
              small
              icon="up"
              className="arrive pointer-events-auto mt-2 h-fit rounded-full shadow-float"
              onClick={() => {
                list.showWaiting()
                scroller.current?.scrollTo({ top: 0 })
              }}
            >
              {t.inbox.arrivals(list.waiting)}
            </Button>
          </div>
        )}
        {list.incomplete !== undefined && (
          <p role="status" className="px-4 py-2 text-sm text-warn">
            {list.incomplete}
          </p>
        )}
        {list.loading ? (
          <Skeleton lines={14} className="px-4 py-3" />
        ) : list.error !== null && lines.length === 0 ? (
          <ErrorState error={list.error} retry={list.retry} className="px-4" />
        ) : lines.length === 0 && !list.hasMore ? (
          <Nothing filter={filter} onShow={onShow} onDropQuery={() => setDraft('')} any={counts.all > 0} />
        ) : (
          <HitRows
            lines={lines}
            scroller={scroller}
            at={at ?? openLine?.key ?? null}
            open={openLine?.key ?? null}
            selected={everything ? new Set(lines.map(({ key }) => key)) : selected}
            named={of.length !== 1}
            narrow={shown.story !== null}
            onOpen={onOpen}
            onSelect={select}
            onStar={onStar}
            onUnfold={unfold}
            onMove={move}
            end={t.inbox.end(hitsLoaded, isGrouped ? events : null)}
            hasMore={list.hasMore}
            loadingMore={list.loadingMore}
            loadMore={list.loadMore}
          />
        )}
      </section>
      {shown.story !== null && (
        <section
          ref={pane}
          aria-label={t.stories.pane.label}
          tabIndex={-1}
          className="absolute inset-0 min-h-0 min-w-0 overflow-y-auto bg-paper outline-none wide:static print:static print:overflow-visible"
        >
          <StoryPane
            key={shown.story}
            id={shown.story}
            query={query}
            row={openLine?.group.lead.story}
            hit={
              openLine === undefined
                ? undefined
                : {
                    starred: openLine.group.lead.starred,
                    seen: openLine.group.lead.state !== 'new',
                    onStar: () => starLine(openLine),
                    onSeen: () => markLine(openLine),
                  }
            }
            onBack={() => onStory(null, false)}
            onQuery={(next) => navigate(storiesOf(next))}
          />
        </section>
      )}
    </div>
  )
}

/** Stars the hit that stands for a line: its event is starred by it. */
function starLine({ group: { lead } }: HitLine): void {
  const hits = [{ alert: lead.alert.id, stories: [lead.story.id] }]
  void act({ hits }, { act: lead.starred ? 'unstar' : 'star' }, true)
}

/** Marks the hit that stands for a line seen, or new again. */
function markLine({ group: { lead } }: HitLine): void {
  const hits = [{ alert: lead.alert.id, stories: [lead.story.id] }]
  void act({ hits }, { act: lead.state === 'new' ? 'seen' : 'new' })
}

let opening: ReturnType<typeof setTimeout> | undefined
/** Marks the hits on the story that was opened seen, unless another is opened at once. */
function markSeenLater({ group: { lead, refs } }: HitLine): void {
  clearTimeout(opening)
  opening = setTimeout(() => {
    const hits = refs.flatMap(({ alert, stories }) =>
      stories.includes(lead.story.id) ? [{ alert, stories: [lead.story.id] }] : [],
    )
    void act({ hits }, { act: 'seen' }, true)
  }, SEEN_AFTER_MS)
}

/** The list of an alert's hits; its own query beside it marks in the story what made it a hit. */
function hitsOf(alert: InboxAlert | undefined): string {
  return alert === undefined ? '' : `${printFilter('alert', [alert.name])} (${alert.query})`
}

/** Why the list is empty, and the ways out. */
function Nothing(props: {
  filter: HitFilter
  any: boolean
  onShow: (change: Partial<HitFilter>) => void
  onDropQuery: () => void
}): ReactNode {
  const { none } = t.inbox
  const { show, query } = props.filter
  if (query !== '')
    return (
      <div className="px-4">
        <EmptyState
          title={none.query}
          actions={
            <Button
              small
              onClick={() => {
                props.onDropQuery()
                props.onShow({ query: '' })
              }}
            >
              {none.dropQuery}
            </Button>
          }
        />
      </div>
    )
  // What has never been hit has nothing seen or dismissed either.
  const view = props.any ? show : 'all'
  const hints = {
    new: none.newHint,
    all: none.allHint,
    starred: none.starredHint,
    snoozed: none.snoozedHint,
    dismissed: none.dismissedHint,
  }
  return (
    <div className="px-4">
      <EmptyState
        title={none[view]}
        actions={
          show !== 'all' &&
          props.any && (
            <Button small onClick={() => props.onShow({ show: 'all' })}>
              {none.showAll}
            </Button>
          )
        }
      >
        {hints[view]}
      </EmptyState>
    </div>
  )
}

/** Enter on a button or link is theirs. */
const isControl = (target: HTMLElement): boolean => target.closest('button, a, summary') !== null
