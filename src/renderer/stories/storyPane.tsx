import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Story, StoryRow } from '../../api/contract/stories.ts'
import { printFilter } from '../../core/query/language/language.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Icon } from '../components/icon.tsx'
import { storiesOf } from '../components/numberDoor.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { EventLine, OtherVoices } from '../events/eventOfStory.tsx'
import { languageName } from '../languages.ts'
import { type Mark, Marked, marks } from '../marked.tsx'
import { t } from '../messages/index.ts'
import { paragraphs, type Span, within } from '../segments.ts'
import { useFormat } from '../useFormat.ts'
import { Note } from './note.tsx'
import { Published } from './published.tsx'
import { ThemesOfStory } from './themesOfStory.tsx'
import { setRead, setStarred } from './useStoryList.ts'
import { Versions } from './versions.tsx'

/** A story counts as read once it was open this long: passing over it with j does not. */
const READ_AFTER_MS = 400

/** The open story: where it is from, what it says with the evidence marked, its themes and why, and what is known beside. */
export function StoryPane(props: {
  id: number
  query: string
  /** What the list knows of it already: shown until the whole story is there. */
  row: StoryRow | undefined
  /** Where it is open as a hit of an alert, its star and mark are the hit's. */
  hit?: OpenHit | undefined
  onBack: () => void
  onQuery: (query: string) => void
}): ReactNode {
  const { id, row } = props
  const query = props.query.trim()
  const asked = useQuery(
    api.stories.get.queryOptions({
      input: { id, ...(query === '' ? {} : { query }) },
      placeholderData: keepPreviousData,
    }),
  )
  const [theme, setTheme] = useState<string | null>(null)
  const [published, setPublished] = useState(false)
  const story = asked.data
  const head = story ?? row
  const latest = useRef(head)
  latest.current = head
  const known = head !== undefined
  useEffect(() => {
    if (!known) return
    const timer = setTimeout(() => {
      // Only opening marks it: a story marked unread while open stays so.
      if (latest.current?.read === false) setRead([latest.current.id], true)
    }, READ_AFTER_MS)
    return () => clearTimeout(timer)
  }, [known])
  const shown = story?.tags.find((tag) => tag.theme === theme) ?? story?.tags[0]

  const spansOf = (field: 'title' | 'summary' | 'text'): Span<Mark>[] => [
    ...marks(shown?.evidence ?? [], field, 'theme'),
    ...marks(story?.queryEvidence ?? [], field, 'query'),
  ]

  if (asked.error !== null && story === undefined)
    return (
      <div className="px-6 py-4 wide:px-12">
        {isGone(asked.error) ? (
          <EmptyState
            title={t.stories.pane.gone}
            actions={<Button onClick={props.onBack}>{t.stories.pane.back}</Button>}
          >
            {t.stories.pane.goneHint}
          </EmptyState>
        ) : (
          <ErrorState error={asked.error} retry={() => void asked.refetch()} />
        )}
      </div>
    )

  return (
    <article
      aria-busy={story === undefined}
      className="mx-auto max-w-[760px] px-6 pt-3 pb-12 wide:mx-0 wide:px-12"
    >
      <Tools story={head} hit={props.hit} onBack={props.onBack} />
      {head !== undefined && (
        <>
          <SourceLine story={head} whole={story} />
          <h2
            dir="auto"
            lang={head.lang || undefined}
            className="mt-1.5 font-serif text-2xl break-words text-pretty"
          >
            <Marked
              text={head.title || head.excerpt || t.stories.untitled}
              spans={head.title === '' ? [] : spansOf('title')}
            />
          </h2>
          <EventLine story={head} />
        </>
      )}
      {story === undefined ? (
        <Skeleton lines={9} className="mt-6" />
      ) : (
        <>
          <ThemesOfStory story={story} shown={shown} onShow={setTheme} />
          {story.hasHtml && (
            <div className="mt-5 flex text-sm">
              <SegmentedControl
                label={t.stories.pane.view}
                value={published ? 'published' : 'marked'}
                choices={[
                  { value: 'marked', text: t.stories.pane.marked },
                  { value: 'published', text: t.stories.pane.published },
                ]}
                onChange={(view) => setPublished(view === 'published')}
              />
            </div>
          )}
          {story.hasHtml && published ? (
            <Published id={story.id} lang={story.lang} />
          ) : (
            <Body story={story} spansOf={spansOf} />
          )}
          <OtherVoices story={story} />
          <Concepts story={story} />
          <SameText story={story} />
          <Versions story={story} />
          <Note key={story.id} id={story.id} note={story.note} />
        </>
      )}
    </article>
  )
}

/** Opens a story's original in the system's browser; anything but http and https is refused. */
export function openOriginal(url: string): void {
  if (isWeb(url)) window.open(url, '_blank', 'noopener,noreferrer')
}

function isWeb(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}

function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'NOT_FOUND'
}

/** A hit of which the story is open: where it stands, and what changes that. */
export interface OpenHit {
  readonly starred: boolean
  readonly seen: boolean
  readonly onStar: () => void
  readonly onSeen: () => void
}

/** The words of a star and a mark, whosever they are. */
const wordsOf = (hit: OpenHit | undefined) => (hit === undefined ? t.stories.pane : t.inbox.pane)

function Tools(props: {
  story: StoryRow | undefined
  hit: OpenHit | undefined
  onBack: () => void
}): ReactNode {
  const { story, hit, onBack } = props
  const { pane } = t.stories
  const words = wordsOf(hit)
  const starred = hit?.starred ?? story?.starred === true
  const read = hit?.seen ?? story?.read === true
  const star = starred ? words.unstar : words.star
  const mark = read ? words.markUnread : words.markRead
  return (
    <div className="mb-2 flex min-h-[31px] items-center gap-1">
      <Button look="quiet" small icon="left" className="-ml-2 wide:hidden" onClick={onBack}>
        {pane.back}
      </Button>
      <span className="flex-1" />
      {story !== undefined && (
        <>
          <Button
            look="quiet"
            icon={starred ? 'starred' : 'star'}
            className={starred ? 'text-warn' : ''}
            aria-label={star}
            aria-pressed={starred}
            title={`${star} (s)`}
            onClick={hit?.onStar ?? (() => setStarred(story.id, !story.starred))}
          />
          <Button
            look="quiet"
            icon={read ? 'unread' : 'check'}
            aria-label={mark}
            title={`${mark} (m)`}
            onClick={hit?.onSeen ?? (() => setRead([story.id], !story.read))}
          />
          {isWeb(story.url) && (
            <a
              href={story.url}
              target="_blank"
              rel="noopener noreferrer"
              title={`${new URL(story.url).host} (o)`}
              className="inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] text-ink-2 hover:bg-hover hover:text-ink"
            >
              <Icon name="external" />
              {pane.open}
            </a>
          )}
        </>
      )}
    </div>
  )
}

function SourceLine({ story, whole }: { story: StoryRow; whole: Story | undefined }): ReactNode {
  const format = useFormat()
  const { source } = story
  const kind = [source.kind === 'unknown' ? '' : t.kinds[source.kind], source.bloc].filter(Boolean).join(', ')
  const parts: ReactNode[] = [
    <Link
      key="source"
      href={storiesOf(printFilter('source', [source.title]))}
      className="font-semibold text-ink-2 hover:text-accent hover:underline"
    >
      <bdi>{source.title}</bdi>
    </Link>,
    <time
      key="time"
      dateTime={new Date(story.published).toISOString()}
      title={t.stories.pane.fetched(format.dateTime(story.fetched))}
    >
      {format.dateTime(story.published)}
    </time>,
  ]
  if (whole !== undefined && whole.author !== '' && whole.author !== source.title)
    parts.push(t.stories.pane.by(whole.author))
  if (story.lang !== '') parts.push(languageName(story.lang.split('-')[0] ?? ''))
  if (kind !== '') parts.push(kind)
  if (story.copy) parts.push(t.stories.copy)
  if (story.edited) parts.push(t.stories.edited)
  return (
    <>
      <p className="text-sm text-ink-3">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <span key={index}>
            {index > 0 && ' · '}
            {part}
          </span>
        ))}
      </p>
      {whole !== undefined && whole.publishedStated !== null && (
        <p className="text-sm text-warn">{t.stories.pane.stated(format.dateTime(whole.publishedStated))}</p>
      )}
    </>
  )
}

function Body(props: { story: Story; spansOf: (field: 'summary' | 'text') => Span<Mark>[] }): ReactNode {
  const { story, spansOf } = props
  // Many feeds repeat the beginning of the text as the summary, or the title as either.
  const repeated = (a: string, b: string): boolean => flat(b).startsWith(flat(a).replace(/…$|\.\.\.$/, ''))
  const summary = story.summary !== '' && !(story.text !== '' && repeated(story.summary, story.text))
  if (!summary && story.text === '') return <p className="mt-5 text-ink-3">{t.stories.pane.noText}</p>
  return (
    <div
      dir="auto"
      lang={story.lang || undefined}
      className="mt-5 me-auto max-w-[60ch] font-serif text-lg break-words"
    >
      {summary && (
        <Paragraphs
          text={story.summary}
          spans={spansOf('summary')}
          className={story.text === '' ? '' : 'mb-4 border-b border-line pb-4 text-ink-2'}
        />
      )}
      <Paragraphs text={story.text} spans={spansOf('text')} />
    </div>
  )
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

function Paragraphs(props: { text: string; spans: readonly Span<Mark>[]; className?: string }): ReactNode {
  const { text, spans } = props
  if (text === '') return null
  return (
    <div className={classes('flex flex-col gap-3', props.className)}>
      {paragraphs(text).map((part) => (
        <p key={part.start}>
          <Marked text={text.slice(part.start, part.end)} spans={within(spans, part)} />
        </p>
      ))}
    </div>
  )
}

function Concepts({ story }: { story: Story }): ReactNode {
  if (story.concepts.length === 0) return null
  return (
    <Aside title={t.stories.pane.concepts}>
      <ul className="flex flex-wrap gap-1.5">
        {story.concepts.map(({ name, label, type, count }) => (
          <li key={name}>
            <Link
              href={storiesOf(`@${name}`)}
              title={`@${name} · ${t.stories.pane.types[type] ?? type}`}
              className="inline-flex items-baseline gap-1 rounded-sm border border-line bg-panel px-1.5 text-sm hover:bg-hover"
            >
              {label}
              {count > 1 && <span className="text-ink-3">{t.stories.pane.times(count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </Aside>
  )
}

function SameText({ story }: { story: Story }): ReactNode {
  const format = useFormat()
  if (story.sameText.length === 0) return null
  return (
    <Aside title={t.stories.pane.sameText(story.sameText.length)} note={t.stories.pane.sameTextHint}>
      <ul className="flex flex-col">
        {story.sameText.map((other) => (
          <li key={other.id} className="flex items-baseline gap-2 border-b border-line py-1 last:border-b-0">
            <time dateTime={new Date(other.published).toISOString()} className="shrink-0 text-sm text-ink-3">
              {format.time(other.published)}
            </time>
            <span className="shrink-0 text-sm text-ink-2">
              <bdi>{other.source}</bdi>
              {other.bloc !== '' && ` ${other.bloc}`}
            </span>
            <Link
              href={`/stories/${other.id}`}
              dir="auto"
              className="min-w-0 flex-1 truncate font-serif hover:text-accent hover:underline"
            >
              {other.title || t.stories.untitled}
            </Link>
          </li>
        ))}
      </ul>
    </Aside>
  )
}

/** What stands beside a story, under its text. */
function Aside(props: { title: string; note?: string; children: ReactNode }): ReactNode {
  return (
    <section className="mt-7 border-t border-line pt-3" aria-label={props.title}>
      <h3 className="mb-2 flex items-baseline justify-between gap-3 text-sm font-semibold text-ink-2">
        {props.title}
        {props.note !== undefined && <span className="font-normal text-ink-3">{props.note}</span>}
      </h3>
      {props.children}
    </section>
  )
}
