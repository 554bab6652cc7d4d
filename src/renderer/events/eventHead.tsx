import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import { Button } from '../components/button.tsx'
import { NumberDoor } from '../components/numberDoor.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { number } from '../format.ts'
import { languageName } from '../languages.ts'
import { fill } from '../messages/fill.tsx'
import { t } from '../messages/index.ts'
import { useThemeNames } from '../stories/useThemeNames.ts'
import { useFormat } from '../useFormat.ts'
import { BlocMarks } from './blocMarks.tsx'

const THEMES = 6

/** What it is, who covers it, since when, how much; its themes. */
export function EventHead({ event, actions }: { event: Event; actions: ReactNode }): ReactNode {
  const words = t.events
  const { headline, name } = event
  return (
    <header>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 sm:flex-nowrap">
        <h1
          dir="auto"
          lang={name === '' ? headline.lang || undefined : undefined}
          className="min-w-0 flex-1 font-serif text-2xl break-words text-pretty"
        >
          {name || headline.title || t.stories.untitled}
        </h1>
        <span className="shrink-0 pt-1">{actions}</span>
      </div>
      {name !== '' && (
        <p className="truncate text-sm text-ink-3">
          <Link href={`/stories/${headline.story}`} className="hover:text-accent hover:underline">
            <bdi lang={headline.lang || undefined}>{words.named(headline.title)}</bdi>
          </Link>
        </p>
      )}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-5 gap-y-1.5 text-sm text-ink-2">
        <BlocMarks event={event} />
        <Facts event={event} />
      </div>
      <Themes event={event} />
    </header>
  )
}

function Facts({ event }: { event: Event }): ReactNode {
  const words = t.events
  const format = useFormat()
  const { firstMover, copies, all } = event
  const own = all.stories - copies
  const when = (at: number): string => `${format.weekday(at)} ${format.clock(at)}`
  const languages = event.byLanguage
    .filter(({ lang }) => lang !== '')
    .map(({ lang }) => languageName(lang))
    .join(', ')
  return (
    <>
      <span>
        {fill(words.first(when(firstMover.published)), {
          source: (
            <Link
              href={`/stories/${firstMover.story}`}
              title={firstMover.title}
              className="font-semibold text-ink hover:text-accent hover:underline"
            >
              <bdi>{firstMover.source.title}</bdi>
            </Link>
          ),
        })}
      </span>
      {all.stories > 1 && (
        <span>
          {words.last(
            format.startOfDay(event.last) === format.startOfDay(firstMover.published)
              ? format.clock(event.last)
              : when(event.last),
          )}
          {', '}
          <span className="font-semibold text-ink" title={event.open ? words.growingHint : words.overHint}>
            {event.open ? words.growing : words.over}
          </span>
        </span>
      )}
      {all.stories === 1 ? (
        <NumberDoor door={all}>{words.oneStory}</NumberDoor>
      ) : (
        <span>
          {fill(copies === 0 ? '{stories}' : words.and, {
            stories: (
              <NumberDoor
                door={{ stories: own, query: copies === 0 ? all.query : `${all.query} -is:copy` }}
                className="text-ink"
              >
                {t.count.stories(own)}
              </NumberDoor>
            ),
            copies: (
              <NumberDoor door={{ stories: copies, query: `${all.query} is:copy` }} className="text-ink">
                {t.count.copies(copies)}
              </NumberDoor>
            ),
          })}
        </span>
      )}
      {event.sources > 1 && (
        <NumberDoor door={all} className="text-ink">
          {t.count.sources(event.sources)}
        </NumberDoor>
      )}
      {languages !== '' && (
        <span title={languages}>
          {event.byLanguage.length > 1 ? t.count.languages(event.languages.length) : languages}
        </span>
      )}
    </>
  )
}

function Themes({ event }: { event: Event }): ReactNode {
  const themes = useThemeNames()
  const [whole, setWhole] = useState(false)
  const { byTheme } = event
  const shown = whole || byTheme.length <= THEMES + 1 ? byTheme : byTheme.slice(0, THEMES)
  if (byTheme.length === 0) return null
  return (
    <ul className="mt-2.5 flex flex-wrap gap-1.5">
      {shown.map(({ theme, stories }) => {
        const known = themes.get(theme)
        return (
          <li key={theme} className="flex">
            <NumberDoor
              door={stories}
              of={known?.name ?? theme}
              className="inline-flex items-center gap-1.5 rounded-sm border border-line bg-panel px-2 py-0.5 text-sm hover:bg-hover [&]:no-underline"
            >
              <ThemeSign colour={known?.colour ?? 0} />
              {known?.name ?? theme} <span className="text-ink-3">{number(stories.stories)}</span>
            </NumberDoor>
          </li>
        )
      })}
      {shown.length < byTheme.length && (
        <li className="flex">
          <Button look="quiet" small onClick={() => setWhole(true)}>
            {t.events.moreThemes(byTheme.length - shown.length)}
          </Button>
        </li>
      )}
    </ul>
  )
}
