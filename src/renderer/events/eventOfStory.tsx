import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Event } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { api } from '../api.ts'
import { BlocTag } from '../components/blocTag.tsx'
import { Kbd } from '../components/kbd.tsx'
import { NumberDoor } from '../components/numberDoor.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { BlocMarks, blocName } from './blocMarks.tsx'
import { otherVoices } from './otherVoices.ts'
import { useTrail } from './trail.ts'

/** The line under a story's headline that names its event and who covers it; nothing for a story alone. `v` opens the page. */
export function EventLine({ story }: { story: StoryRow }): ReactNode {
  const [, navigate] = useLocation()
  const state = useTrail()
  const event = useEventOf(story)
  const shared = sharedOf(story)
  // Its headline is this one where the story is its most central.
  const name =
    event === undefined ? '' : event.name || (event.headline.story === story.id ? '' : event.headline.title)
  useShortcuts({ v: () => shared !== null && navigate(`/events/${shared.id}`, { state }) })
  if (shared === null) return null
  return (
    <div className="mt-2.5 flex min-h-[22px] flex-wrap items-center gap-x-3 gap-y-1">
      <Link
        href={`/events/${shared.id}`}
        state={state}
        title={`${t.events.pane.key} (v)`}
        className="inline-flex min-w-0 items-center gap-1.5 text-sm text-accent hover:underline"
      >
        <span>{t.events.pane.page}</span>
        {name !== '' && <bdi className="max-w-[46ch] truncate font-serif text-base">{name}</bdi>}
        <Kbd>v</Kbd>
      </Link>
      {event !== undefined && <BlocMarks event={event} silent={2} />}
    </div>
  )
}

/** The other voices of a story's event: the earliest of each bloc, four of them, and the way to all. */
export function OtherVoices({ story }: { story: StoryRow }): ReactNode {
  const words = t.events.pane
  const format = useFormat()
  const trail = useTrail()
  const event = useEventOf(story)
  if (event === undefined) return null
  const voices = otherVoices(event, story)
  return (
    <section className="mt-7 border-t border-line pt-3" aria-label={words.title}>
      <h3 className="mb-1.5 flex items-baseline justify-between gap-3 text-sm font-semibold text-ink-2">
        {words.title}
        <span className="font-normal text-ink-3">
          <NumberDoor door={event.all}>{t.count.stories(event.all.stories)}</NumberDoor>
          {event.copies > 0 && (
            <>
              {', '}
              <NumberDoor door={{ stories: event.copies, query: `${event.all.query} is:copy` }}>
                {t.events.copiesAmong(event.all.stories, event.copies)}
              </NumberDoor>
            </>
          )}
        </span>
      </h3>
      <ul className="flex flex-col">
        {voices.map((voice) => (
          <li
            key={voice.story}
            className="flex items-baseline gap-2 border-b border-line py-1 last:border-b-0"
          >
            <BlocTag bloc={blocName(voice.source.bloc)} first={voice.story === event.firstMover.story} />
            <Link
              href={`/stories/${voice.story}`}
              dir="auto"
              lang={voice.lang || undefined}
              className="min-w-0 flex-1 truncate font-serif text-md hover:text-accent hover:underline"
            >
              {voice.title || t.stories.untitled}
            </Link>
            <span className="max-w-[30%] shrink-0 truncate text-sm text-ink-2">
              <bdi>{voice.source.title}</bdi>
            </span>
            <time dateTime={new Date(voice.published).toISOString()} className="shrink-0 text-sm text-ink-3">
              {format.time(voice.published)}
            </time>
          </li>
        ))}
      </ul>
      <Link
        href={`/events/${event.id}`}
        state={trail}
        className="mt-1 inline-block text-sm text-accent hover:underline"
      >
        {words.compare}
      </Link>
    </section>
  )
}

/** A story's event where that has other stories too. */
const sharedOf = ({ event }: StoryRow): NonNullable<StoryRow['event']> | null =>
  event !== null && event.stories > 1 ? event : null

function useEventOf(story: StoryRow): Event | undefined {
  const shared = sharedOf(story)
  return useQuery(api.events.get.queryOptions({ input: { id: shared?.id ?? 1 }, enabled: shared !== null }))
    .data
}
