import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, type RefObject, useEffect, useId } from 'react'
import { classes } from '../components/classes.ts'
import { Icon } from '../components/icon.tsx'
import { FirstTheme } from '../components/theme.tsx'
import { number } from '../format.ts'
import { t } from '../messages/index.ts'
import { type Format, useFormat } from '../useFormat.ts'
import type { Line } from './eventLines.ts'
import { LISTED_IN_PLACE } from './useOpenedEvents.ts'
import { setStarred } from './useStoryList.ts'
import type { ThemeNames } from './useThemeNames.ts'

const ROW = 62
/** So many rows before the end of what is loaded, the next part is fetched. */
const AHEAD = 30

/** The list itself: only the rows in view exist, however many there are. */
export function StoryRows(props: {
  lines: readonly Line[]
  /** What is said below the last one. */
  end: string
  themes: ThemeNames
  scroller: RefObject<HTMLDivElement | null>
  open: number | null
  onOpen: (id: number) => void
  /** To the next (1) or previous (-1) row. */
  onMove: (step: number) => void
  /** Opens an event in place, or closes it again. */
  onUnfold: (event: number, open: boolean) => void
  hasMore: boolean
  loadingMore: boolean
  loadMore: () => void
}): ReactNode {
  const { lines, open, hasMore, loadingMore, loadMore } = props
  const id = useId()
  const format = useFormat()
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => props.scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    getItemKey: (index) => lines[index]?.key ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !loadingMore && last >= lines.length - AHEAD) loadMore()
  }, [last, lines.length, hasMore, loadingMore, loadMore])

  // The open story is brought into view when it changes, not when rows come in above it.
  const openIndex = lines.findIndex((line) => line.row.id === open)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another open story scrolls the list
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex, { align: 'auto' })
  }, [open])
  // Where nothing is open keys begin at the first line.
  const at = openIndex < 0 && (virtual.scrollOffset ?? 0) < ROW / 2 ? 0 : openIndex

  return (
    <div ref={props.scroller} className="keyed min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div
        role="listbox"
        aria-label={t.stories.list}
        aria-activedescendant={at >= 0 ? `${id}-${lines[at]?.row.id}` : undefined}
        tabIndex={0}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          const line = lines[openIndex]
          const of = line?.row.event?.id
          if (step !== undefined) props.onMove(step)
          else if (event.key === 'ArrowRight' && line?.event != null) props.onUnfold(line.event.id, true)
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
                id={`${id}-${line.row.id}`}
                line={line}
                themes={props.themes}
                open={line.row.id === open}
                at={item.index === at}
                position={item.index + 1}
                total={hasMore ? -1 : lines.length}
                format={format}
                onOpen={props.onOpen}
                onUnfold={props.onUnfold}
              />
            </div>
          )
        })}
      </div>
      <p role="status" className="px-4 py-3 text-sm text-ink-3">
        {hasMore ? t.stories.more : props.end}
      </p>
    </div>
  )
}

/** Scrolling renders only the rows that come into view. */
const Row = memo(StoryLine)

function StoryLine(props: {
  id: string
  line: Line
  themes: ThemeNames
  open: boolean
  at: boolean
  position: number
  total: number
  format: Format
  onOpen: (id: number) => void
  onUnfold: (event: number, open: boolean) => void
}): ReactNode {
  const { line, open, format } = props
  const { row, event } = line
  const about = [
    row.copies > 0 && t.stories.copies(row.copies),
    row.copy && t.stories.copy,
    row.edited && t.stories.edited,
    line.open &&
      event !== null &&
      event.stories > LISTED_IN_PLACE &&
      t.stories.newestOf(LISTED_IN_PLACE, number(event.stories)),
  ].filter((text) => text !== false)
  const named = event?.name ?? ''
  const title = named || row.title || row.excerpt || t.stories.untitled
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list's keys open rows (j, k, Enter)
    <div
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={open}
      data-at={props.at || undefined}
      aria-setsize={props.total}
      aria-posinset={props.position}
      onClick={() => props.onOpen(row.id)}
      className={classes(
        'group relative cursor-pointer border-b border-line py-2.5 pr-9 outline-none',
        line.member ? 'pl-9' : 'pl-4',
        open ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      {open && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-[3px] bg-accent" />}
      <div
        dir="auto"
        lang={named === '' ? row.lang || undefined : undefined}
        className={classes(
          'line-clamp-2 font-serif text-md break-words',
          line.read ? 'text-ink-2' : 'font-semibold text-ink',
        )}
      >
        {title}
      </div>
      {named === '' && row.names.length > 0 && (
        <div className="mt-0.5 truncate text-sm text-ink-2">{row.names.join(', ')}</div>
      )}
      <div className="mt-1 flex items-center gap-2 text-sm text-ink-3">
        {!line.read && <span className="sr-only">{t.stories.unread}</span>}
        <bdi className="truncate">{row.source.title}</bdi>
        <time dateTime={new Date(line.newest).toISOString()} className="shrink-0">
          {format.time(line.newest)}
        </time>
        {about.map((text) => (
          <span key={text} className="shrink-0">
            {text}
          </span>
        ))}
        {event !== null && (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keys → and ← do the same
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <span
            onClick={(click) => {
              click.stopPropagation()
              props.onUnfold(event.id, !line.open)
            }}
            title={line.open ? t.stories.fold : t.stories.unfold}
            className="-my-0.5 inline-flex shrink-0 items-center gap-0.5 rounded-sm px-1 py-0.5 text-ink-2 hover:bg-line hover:text-ink"
          >
            {othersOf(event)}
            <span className="sr-only">, {line.open ? t.stories.isOpen : t.stories.unfold}</span>
            <Icon name={line.open ? 'up' : 'down'} size={12} />
          </span>
        )}
        <FirstTheme themes={row.themes.flatMap(({ id }) => props.themes.get(id) ?? [])} />
      </div>
      {/* For the mouse; the key s and the button of the open story do the same. */}
      <span
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation()
          setStarred(row.id, !row.starred)
        }}
        className={classes(
          'absolute top-2 right-2 grid size-6 place-items-center rounded-sm',
          row.starred ? 'text-warn' : 'text-ink-3 opacity-0 group-hover:opacity-100 hover:text-ink',
        )}
      >
        <Icon name={row.starred ? 'starred' : 'star'} size={14} />
      </span>
      {row.starred && <span className="sr-only">{t.stories.starred}</span>}
    </div>
  )
}

/** The other voices of an event: its other sources, or its other stories where one source has all. */
const othersOf = ({ sources, stories }: NonNullable<Line['event']>): string =>
  sources > 1 ? t.stories.otherSources(sources - 1) : t.stories.otherStories(stories - 1)
