import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, type RefObject, useEffect, useId } from 'react'
import type { Hit } from '../../../api/contract/inbox.ts'
import { BlocTag } from '../../components/blocTag.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { classes } from '../../components/classes.ts'
import { Icon } from '../../components/icon.tsx'
import { Marked, marks } from '../../marked.tsx'
import { t } from '../../messages/index.ts'
import { snippet } from '../../snippet.ts'
import { type Format, useFormat } from '../../useFormat.ts'
import type { HitLine } from './hitLines.ts'

const ROW = 74
/** So many lines before the end of what is loaded, the next part is fetched. */
const AHEAD = 15
const SNIPPET = 220
const BLOCS = 4
/** Published and arrived within so long of each other are one time. */
const AT_ONCE_MS = 15 * 60_000

export interface HitRowActs {
  onOpen: (key: string) => void
  onSelect: (key: string) => void
  onStar: (key: string) => void
  /** Opens an event in place, or closes it again. */
  onUnfold: (event: number, open: boolean) => void
}

/** The list itself: only the lines in view exist, however many there are. */
export function HitRows(
  props: HitRowActs & {
    lines: readonly HitLine[]
    scroller: RefObject<HTMLDivElement | null>
    /** The line that keys act on, and the one that is open beside the list. */
    at: string | null
    open: string | null
    selected: ReadonlySet<string>
    /** The alert's name stands on each line. */
    named: boolean
    /** A story stands beside the list. */
    narrow: boolean
    onMove: (step: number) => void
    end: string
    hasMore: boolean
    loadingMore: boolean
    loadMore: () => void
  },
): ReactNode {
  const { lines, at, hasMore, loadingMore, loadMore } = props
  const id = useId()
  const format = useFormat()
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => props.scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    getItemKey: (index) => lines[index]?.key ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !loadingMore && last >= lines.length - AHEAD) loadMore()
  }, [last, lines.length, hasMore, loadingMore, loadMore])

  const index = lines.findIndex(({ key }) => key === at)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another line scrolls the list
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }, [at])

  return (
    <div ref={props.scroller} className="keyed min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div
        role="listbox"
        aria-label={t.inbox.list}
        aria-multiselectable="true"
        aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
        tabIndex={0}
        onFocus={({ currentTarget, target }) => {
          if (index < 0 && target === currentTarget && target.matches(':focus-visible')) props.onMove(1)
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          const line = lines[index]
          const of = line?.group.event?.id
          if (step !== undefined) props.onMove(step)
          else if (event.key === 'ArrowRight' && of !== undefined && line?.folds === true)
            props.onUnfold(of, true)
          else if (event.key === 'ArrowLeft' && of !== undefined) props.onUnfold(of, false)
          else return
          event.preventDefault()
        }}
        className="relative outline-none print:h-auto!"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const line = lines[item.index]
          if (line === undefined) return null
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              role="presentation"
              className="absolute inset-x-0 top-0 print:static print:transform-none!"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Row
                id={`${id}-${item.index}`}
                line={line}
                at={line.key === at}
                open={line.key === props.open}
                selected={props.selected.has(line.key)}
                named={props.named}
                narrow={props.narrow}
                position={item.index + 1}
                total={hasMore ? -1 : lines.length}
                format={format}
                onOpen={props.onOpen}
                onSelect={props.onSelect}
                onStar={props.onStar}
                onUnfold={props.onUnfold}
              />
            </div>
          )
        })}
      </div>
      <p role="status" className="px-4 py-3 text-sm text-ink-3">
        {hasMore ? t.inbox.more : props.end}
      </p>
    </div>
  )
}

/** Scrolling renders only the lines that come into view. */
const Row = memo(HitRow)

function HitRow(
  props: HitRowActs & {
    id: string
    line: HitLine
    at: boolean
    open: boolean
    selected: boolean
    named: boolean
    narrow: boolean
    position: number
    total: number
    format: Format
  },
): ReactNode {
  const { line, format, at, open, selected } = props
  const { group } = line
  const { lead, event } = group
  const { story } = lead
  const title = story.title || story.excerpt || t.stories.untitled
  const isNew = group.unseen > 0
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list's keys open lines (j, k, Enter)
    <div
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      data-at={at || undefined}
      aria-current={open ? 'true' : undefined}
      aria-setsize={props.total}
      aria-posinset={props.position}
      onClick={() => props.onOpen(line.key)}
      className={classes(
        'group relative flex cursor-pointer gap-3 border-b border-line py-2 pr-9 outline-none',
        line.member ? 'bg-paper pl-9' : 'pl-4',
        open ? 'bg-selected' : selected ? 'bg-selected' : 'hover:bg-hover',
        at && 'outline-2 -outline-offset-2 outline-accent',
      )}
    >
      {isNew && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] bg-accent" />}
      {/* For the mouse; the key x does the same. */}
      <span
        aria-hidden="true"
        className="-m-1 h-fit p-1"
        onClick={(click) => {
          click.stopPropagation()
          props.onSelect(line.key)
        }}
      >
        <span inert>
          <Checkbox checked={selected} readOnly />
        </span>
      </span>
      <div className="min-w-0 flex-1">
        <div
          dir="auto"
          lang={story.lang || undefined}
          className={classes(
            'line-clamp-2 font-serif text-md break-words',
            isNew ? 'font-semibold text-ink' : 'text-ink-2',
          )}
        >
          <Marked text={title} spans={story.title === '' ? [] : marks(lead.evidence, 'title', 'theme')} />
        </div>
        <Passage hit={lead} />
        <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm text-ink-3">
          {isNew && <span className="sr-only">{t.inbox.isNew}</span>}
          {props.named && (
            <span
              className="max-w-[22ch] truncate font-semibold text-ink-2"
              title={group.alerts.map(({ name }) => name).join(', ')}
            >
              {lead.alert.name}
              {group.alerts.length > 1 && ` ${t.inbox.otherAlerts(group.alerts.length - 1)}`}
            </span>
          )}
          <bdi className="max-w-[26ch] truncate">{story.source.title}</bdi>
          <Times hit={lead} format={format} />
          {line.folds && event !== null && (
            // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keys → and ← do the same
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <span
              onClick={(click) => {
                click.stopPropagation()
                props.onUnfold(event.id, !line.open)
              }}
              title={line.open ? t.stories.fold : t.inbox.keys.unfold}
              className="-my-0.5 inline-flex shrink-0 items-center gap-0.5 rounded-sm px-1 py-0.5 text-ink-2 hover:bg-line hover:text-ink"
            >
              {t.inbox.moreHits(group.hits - 1)}
              <span className="sr-only">, {line.open ? t.stories.isOpen : t.stories.unfold}</span>
              <Icon name={line.open ? 'up' : 'down'} size={12} />
            </span>
          )}
          {!line.member && event !== null && event.sources > 1 && (
            <span className="shrink-0">{t.stories.otherSources(event.sources - 1)}</span>
          )}
          {group.copies > 0 && <span className="shrink-0">{t.inbox.copies(group.copies)}</span>}
          {line.member && story.copy && <span className="shrink-0">{t.stories.copy}</span>}
          <HitMarks hit={lead} format={format} />
          {!props.narrow && !line.member && event !== null && event.sources > 1 && (
            <span className="flex gap-1">
              {event.blocs.slice(0, BLOCS).map((bloc) => (
                <BlocTag key={bloc} bloc={bloc} />
              ))}
              {event.silent.map((bloc) => (
                <BlocTag key={bloc} bloc={bloc} silent />
              ))}
            </span>
          )}
        </div>
      </div>
      {/* For the mouse; the key s does the same. */}
      <span
        aria-hidden="true"
        onClick={(click) => {
          click.stopPropagation()
          props.onStar(line.key)
        }}
        className={classes(
          'absolute top-2 right-2 grid size-6 place-items-center rounded-sm',
          lead.starred ? 'text-warn' : 'text-ink-3 opacity-0 group-hover:opacity-100 hover:text-ink',
        )}
      >
        <Icon name={lead.starred ? 'starred' : 'star'} size={14} />
      </span>
      {lead.starred && <span className="sr-only">{t.stories.starred}</span>}
    </div>
  )
}

/** The part of the text that made it a hit, where it was not the title alone. */
function Passage({ hit }: { hit: Hit }): ReactNode {
  const { story, passage, evidence } = hit
  if (passage === null && (story.title === '' || story.excerpt === '')) return null
  const { lang } = story
  return (
    <p dir="auto" lang={lang || undefined} className="mt-0.5 line-clamp-1 text-ink-2">
      {passage === null ? story.excerpt : <Cut passage={passage} evidence={evidence} />}
    </p>
  )
}

function Cut({
  passage,
  evidence,
}: {
  passage: NonNullable<Hit['passage']>
  evidence: Hit['evidence']
}): ReactNode {
  const { field, start, text } = passage
  const spans = marks(evidence, field, 'theme').map((span) => ({
    ...span,
    start: span.start - start,
    end: span.end - start,
  }))
  const cut = snippet(
    text,
    spans.filter((span) => span.start < text.length),
    SNIPPET,
  )
  return <Marked text={cut.text} spans={cut.spans} />
}

/** When it came out, and when it arrived where that was later or earlier than a moment. */
function Times({ hit, format }: { hit: Hit; format: Format }): ReactNode {
  const { published } = hit.story
  const apart = Math.abs(hit.at - published) > AT_ONCE_MS
  return (
    <>
      <time
        dateTime={new Date(published).toISOString()}
        title={`${t.inbox.published(format.dateTime(published))}, ${t.inbox.arrived(format.dateTime(hit.at))}`}
        className="shrink-0"
      >
        {apart ? t.inbox.published(format.time(published)) : format.time(published)}
      </time>
      {apart && (
        <time dateTime={new Date(hit.at).toISOString()} className="shrink-0">
          {t.inbox.arrived(format.time(hit.at))}
        </time>
      )}
    </>
  )
}

/** What became of its notice, and what is unusual of it. */
function HitMarks({ hit, format }: { hit: Hit; format: Format }): ReactNode {
  const words = t.inbox.marks
  const told: { text: string; hint?: string; look: 'quiet' | 'warn' }[] = []
  if (hit.state === 'snoozed')
    told.push({
      text: hit.until === null ? words.grows : words.snoozed(format.time(hit.until)),
      look: 'warn',
    })
  if (hit.outcome === 'held' && hit.held !== null && hit.held > format.now)
    told.push({ text: words.held(format.time(hit.held)), hint: words.heldHint, look: 'warn' })
  if (hit.outcome === 'told' && hit.told !== null)
    told.push({ text: words.told(format.time(hit.told)), look: 'quiet' })
  if (hit.outcome === 'backfilled')
    told.push({ text: words.backfilled, hint: words.backfilledHint, look: 'quiet' })
  if (hit.outcome === 'old') told.push({ text: words.old, hint: words.oldHint, look: 'warn' })
  if (!hit.fits) told.push({ text: words.unfit, hint: words.unfitHint, look: 'warn' })
  return told.map(({ text, hint, look }) => (
    <span key={text} title={hint} className={classes('shrink-0', look === 'warn' && 'text-warn')}>
      {text}
    </span>
  ))
}
