import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { PreviewStory, ThemeDraft, ThemePreview } from '../../api/contract/themes.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { storiesOf } from '../components/numberDoor.tsx'
import { Panel } from '../components/panel.tsx'
import { SegmentedControl } from '../components/segmentedControl.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { useDebounced } from '../debounced.ts'
import { number, number1 } from '../format.ts'
import { dayText } from '../frame/days.ts'
import { Marked, marks } from '../marked.tsx'
import { t } from '../messages/index.ts'
import { bars } from '../stories/bars.ts'
import { useThemeNames } from '../stories/useThemeNames.ts'
import { StorySnippet } from '../storySnippet.tsx'
import { useFormat } from '../useFormat.ts'

/** What the draft matches in the archive, against the saved version, the other themes and the person's corrections. */
export function Preview(props: {
  draft: ThemeDraft
  valid: boolean
  /** The engine has read the query as it is now: an unreadable one would be refused. */
  readable: boolean
  saved: boolean
  /** Called with the threshold that meets the corrections better, when the person takes it. */
  onThreshold: (threshold: number) => void
}): ReactNode {
  const { query, threshold, group } = props.draft
  // Only what changes the answer asks again: not the name, description or colour.
  const wanted = JSON.stringify({ query, threshold })
  const settled = useDebounced(wanted, 350)
  const input = {
    ...props.draft,
    ...(JSON.parse(settled) as { query: string; threshold: number }),
    name: 'preview',
    description: '',
    colour: 0,
    enabled: true,
  }
  const enabled = props.valid && props.readable && settled === wanted && group !== ''
  const asked = useQuery({
    ...api.themes.preview.queryOptions({ input }),
    enabled,
    placeholderData: keepPreviousData,
  })
  // The newest stories answer at once; then the whole archive fills in behind.
  const further = enabled && !asked.isPlaceholderData && asked.data?.whole === false
  const whole = useQuery({ ...api.themes.previewWhole.queryOptions({ input }), enabled: further })
  const data = (further ? whole.data : undefined) ?? asked.data
  if (query.trim() === '') return <p className="text-ink-3">{t.themes.previewEmpty}</p>
  if (asked.error !== null && data === undefined)
    return <ErrorState error={asked.error} retry={() => void asked.refetch()} />
  if (data === undefined)
    return props.valid ? <Skeleton lines={8} /> : <p className="text-ink-3">{t.themes.previewFault}</p>
  return (
    <section
      aria-label={t.themes.preview}
      aria-busy={asked.isPlaceholderData}
      className={classes(
        'grid max-w-[1080px] items-start gap-4 wide:grid-cols-[1fr_320px]',
        asked.isPlaceholderData && 'opacity-60',
      )}
    >
      {!props.valid && <p className="text-ink-3 wide:col-span-2">{t.themes.previewFault}</p>}
      <div className="flex min-w-0 flex-col gap-4">
        <PerDay preview={data} looking={further && whole.isFetching} />
        <Lists preview={data} saved={props.saved} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Overlap preview={data} />
        <TellingWords preview={data} query={query} />
        <Examples preview={data} onThreshold={props.onThreshold} />
      </div>
    </section>
  )
}

function PerDay({ preview, looking }: { preview: ThemePreview; looking: boolean }): ReactNode {
  const shown = bars(preview.perDay, 120, null)
  const top = Math.max(1, ...shown.map((bar) => bar.count))
  const examined = t.count.stories(preview.examined)
  return (
    <Panel
      title={t.themes.perDay}
      note={
        <span role="status">
          {(preview.whole ? t.themes.matchesWhole : t.themes.matches)(number(preview.matches), examined)}
          {looking && ` ${t.themes.lookingOn}`}
        </span>
      }
    >
      <div className="flex h-14 items-end" aria-hidden="true">
        {shown.map((bar) => (
          <div
            key={bar.from}
            className="flex h-full flex-1 items-end pr-px"
            title={t.stories.histogram.bar(dayText(bar.from), t.count.stories(bar.count))}
          >
            <div
              className={classes(
                'w-full rounded-t-[1px]',
                bar.count === 0 ? 'bg-edge' : 'bg-accent opacity-70',
              )}
              style={{ height: bar.count === 0 ? 1 : Math.max(2, Math.round((bar.count / top) * 56)) }}
            />
          </div>
        ))}
      </div>
      {preview.incomplete !== undefined && <p className="pt-2 text-sm text-warn">{preview.incomplete}</p>}
      {shown.length > 0 && (
        <div className="mt-0.5 flex justify-between text-xs text-ink-3">
          <span>{dayText(shown[0]?.from ?? '')}</span>
          <span>{dayText(shown.at(-1)?.to ?? '')}</span>
        </div>
      )}
    </Panel>
  )
}

type Which = 'newest' | 'added' | 'removed'

function Lists({ preview, saved }: { preview: ThemePreview; saved: boolean }): ReactNode {
  const [which, setWhich] = useState<Which>('newest')
  const changes = preview.addedCount + preview.removedCount
  const total = { newest: preview.matches, added: preview.addedCount, removed: preview.removedCount }[which]
  const shown = preview[which]
  const empty = { newest: t.themes.noNewest, added: t.themes.noAdded, removed: t.themes.noRemoved }[which]
  return (
    <section className="rounded-lg border border-line bg-panel px-4 py-3" aria-label={t.themes.lists}>
      <header className="mb-2 flex flex-wrap items-center gap-3">
        <SegmentedControl
          label={t.themes.lists}
          value={which}
          choices={[
            { value: 'newest', text: t.themes.newest },
            ...(saved
              ? ([
                  { value: 'added', text: t.themes.added(preview.addedCount) },
                  { value: 'removed', text: t.themes.removedCount(preview.removedCount) },
                ] as const)
              : []),
          ]}
          onChange={setWhich}
        />
        {saved && changes === 0 && <span className="text-sm text-ink-3">{t.themes.same}</span>}
      </header>
      {shown.length === 0 ? (
        <p className="py-1 text-ink-3">{empty}</p>
      ) : (
        <ul className="flex flex-col">
          {shown.map((story) => (
            <Row key={story.id} story={story} gone={which === 'removed'} />
          ))}
        </ul>
      )}
      {total > shown.length && shown.length > 0 && (
        <p className="pt-1.5 text-sm text-ink-3">{t.themes.more(number(total - shown.length))}</p>
      )}
    </section>
  )
}

function Row({ story, gone }: { story: PreviewStory; gone: boolean }): ReactNode {
  const format = useFormat()
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <Link
        href={`/stories/${story.id}`}
        dir="auto"
        lang={story.lang || undefined}
        className={classes(
          'block font-serif text-md hover:text-accent hover:underline',
          gone && 'text-ink-2 line-through decoration-edge',
        )}
      >
        <Marked
          text={story.title || story.excerpt || t.stories.untitled}
          spans={story.title === '' ? [] : marks(story.evidence, 'title', 'theme')}
        />
      </Link>
      {story.title !== '' && (
        <p dir="auto" lang={story.lang || undefined} className="mt-0.5 line-clamp-2 text-ink-2">
          <StorySnippet story={story} evidence={story.evidence} />
        </p>
      )}
      <p className="mt-0.5 text-sm text-ink-3">
        <bdi>{story.source}</bdi> · {format.time(story.published)} ·{' '}
        {t.themes.strength(story.score.toFixed(2))}
      </p>
    </li>
  )
}

function Overlap({ preview }: { preview: ThemePreview }): ReactNode {
  const themes = useThemeNames()
  return (
    <Panel title={t.themes.overlap}>
      {preview.overlap.length === 0 ? (
        <p className="text-ink-3">{t.themes.noOverlap}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {preview.overlap.slice(0, 8).map(({ theme, name, stories }) => (
            <li key={theme} className="flex items-center gap-2">
              <ThemeSign colour={themes.get(theme)?.colour ?? 0} />
              <Link
                href={`/themes?edit=${encodeURIComponent(theme)}`}
                className="min-w-0 flex-1 truncate py-[3px] hover:underline"
              >
                {name}
              </Link>
              <span>{number(stories)}</span>
              <span className="w-11 text-right text-sm whitespace-nowrap text-ink-3">
                {t.themes.overlapShare(number((100 * stories) / Math.max(1, preview.matches)))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function TellingWords({ preview, query }: { preview: ThemePreview; query: string }): ReactNode {
  return (
    <Panel title={t.themes.words}>
      {preview.tellingWords.length === 0 ? (
        <p className="text-ink-3">{t.themes.noWords}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {preview.tellingWords.map(({ word, stories, lift }) => (
            <li key={word}>
              <Link
                href={storiesOf(`(${query}) ${/^[\p{L}\p{N}]+$/u.test(word) ? word : `"${word}"`}`)}
                title={t.themes.lift(number1(lift), t.count.stories(stories))}
                className="inline-flex items-baseline gap-1 rounded-sm border border-line px-1.5 text-sm hover:bg-hover"
              >
                {word}
                <span className="text-xs text-ink-3">{number(stories)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Examples(props: { preview: ThemePreview; onThreshold: (threshold: number) => void }): ReactNode {
  const { examples } = props.preview
  const suggestion = examples?.suggestion ?? null
  return (
    <Panel title={t.themes.examples}>
      {examples === null ? (
        <p className="text-ink-3">{t.themes.noExamples}</p>
      ) : (
        <>
          <p>{t.themes.examplesText(number(examples.right), number(examples.wrong))}</p>
          <p className="text-sm text-ink-3">
            {t.themes.examplesFigures(number(examples.precision * 100), number(examples.recall * 100))}
          </p>
          {suggestion !== null && (
            <div className="mt-1 flex flex-wrap items-center gap-2 text-sm">
              <p>
                {t.themes.examplesSuggestion(
                  suggestion.threshold.toFixed(2),
                  number(suggestion.right),
                  number(suggestion.wrong),
                )}
              </p>
              <Button small onClick={() => props.onThreshold(suggestion.threshold)}>
                {t.themes.takeThreshold(suggestion.threshold.toFixed(2))}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}
