import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Latest as Answer } from '../../api/contract/dashboard/latest.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { storiesOf } from '../components/numberDoor.tsx'
import { EmptyState } from '../components/states.tsx'
import { FirstTheme } from '../components/theme.tsx'
import { t } from '../messages/index.ts'
import { rangeOf, weekOf, wider } from '../range.ts'
import { useFormat } from '../useFormat.ts'
import { setRange, useFilterBy, useRange } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { FilterButton } from './filterButton.tsx'

/** The newest stories of the range; those that arrive while one looks slide in at the top. */
export function Latest(): ReactNode {
  const words = t.dashboard.latest
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.latest)}
      lines={20}
      isShort={({ stories }) => stories.length === 0}
      note={({ query }) => (
        <Link href={storiesOf(query)} className="text-accent hover:underline">
          {words.all}
        </Link>
      )}
    >
      {(shown) => <StoryList shown={shown} />}
    </DashboardPanel>
  )
}

function StoryList({ shown }: { shown: Answer }): ReactNode {
  const words = t.dashboard.latest
  const format = useFormat()
  const { query, stories, newest } = shown
  const range = useRange()
  const next = wider(range)
  const filterBy = useFilterBy()
  const themes = new Map(shown.themes.map((theme) => [theme.id, theme]))
  const known = useRef<ReadonlySet<number> | null>(null)
  useEffect(() => {
    known.current = new Set(stories.map(({ id }) => id))
  }, [stories])
  const queried = query === '' ? '' : `?q=${encodeURIComponent(query)}`

  return (
    <>
      {stories.length === 0 ? (
        <EmptyState
          title={words.none}
          actions={
            <>
              {next !== null && (
                <Button onClick={() => setRange(rangeOf(next))}>
                  {words.wider(words.widerRanges[next])}
                </Button>
              )}
              {newest !== null && (
                <Button onClick={() => setRange(weekOf(newest, format.zone))}>
                  {words.newest(format.date(newest))}
                </Button>
              )}
            </>
          }
        />
      ) : (
        <ol className="divide-y divide-line">
          {stories.map((story) => (
            <li
              key={story.id}
              className={classes(
                'grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2',
                known.current !== null && !known.current.has(story.id) && 'arrive',
              )}
            >
              <Link
                href={`/stories/${story.id}${queried}`}
                dir="auto"
                lang={story.lang || undefined}
                className={classes(
                  'min-w-0 font-serif text-md wrap-anywhere hover:text-accent hover:underline',
                  story.read && 'text-ink-2',
                )}
              >
                {story.title || story.excerpt || words.untitled}
              </Link>
              {story.source.bloc !== '' && (
                <span className="pt-px">
                  <FilterButton field="bloc" value={story.source.bloc} filterBy={filterBy}>
                    <BlocTag bloc={story.source.bloc} />
                  </FilterButton>
                </span>
              )}
              <p className="col-span-2 flex flex-wrap items-center gap-x-2 text-sm text-ink-3">
                <FilterButton field="source" value={story.source.title} filterBy={filterBy}>
                  <bdi>{story.source.title}</bdi>
                </FilterButton>
                <time
                  dateTime={new Date(story.published).toISOString()}
                  title={format.dateTime(story.published)}
                >
                  {format.time(story.published)}
                </time>
                {story.copies > 0 && <span>{words.copies(story.copies)}</span>}
                {story.edited && <span className="text-warn">{words.edited}</span>}
                <FirstTheme themes={story.themes.flatMap(({ id }) => themes.get(id) ?? [])} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
