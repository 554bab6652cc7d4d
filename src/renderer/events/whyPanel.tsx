import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Event, EventWhy } from '../../api/contract/events.ts'
import type { StoryRow } from '../../api/contract/stories.ts'
import { api } from '../api.ts'
import { Button } from '../components/button.tsx'
import { classes } from '../components/classes.ts'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'

/** Log-odds below which evidence is not worth a line. */
const TOLD = 0.2
const TERMS = 8

/** How sure it is that the stories belong together, what two of them share, and which are doubtful. */
export function WhyPanel(props: {
  event: Event
  /** Its stories, as far as they are drawn: any two of them can be compared. */
  rows: readonly StoryRow[]
  onTakeOut: (story: number) => void
}): ReactNode {
  const words = t.events.why
  const { event, rows } = props
  return (
    <Panel title={words.title}>
      {event.confidence === null ? (
        <p className="py-1.5 text-ink-2">{words.alone}</p>
      ) : (
        <>
          <Confidence of={event.confidence} />
          {event.all.stories > 1 && <Compared event={event} rows={rows} />}
        </>
      )}
      {event.doubtful.length > 0 && (
        <section className="mt-3 border-t border-line pt-2">
          <h3 className="mb-1 text-sm font-semibold">{words.doubtful(event.doubtful.length)}</h3>
          <ul>
            {event.doubtful.map((voice) => (
              <li key={voice.story} className="flex items-center gap-2 py-1">
                <span className="w-8 shrink-0 text-xs text-ink-3">{voice.likely.toFixed(2)}</span>
                <Link
                  href={`/stories/${voice.story}`}
                  dir="auto"
                  lang={voice.lang || undefined}
                  title={`${voice.source.title}: ${voice.title}`}
                  className="min-w-0 flex-1 truncate font-serif hover:text-accent hover:underline"
                >
                  {voice.title}
                </Link>
                <Button
                  small
                  aria-label={words.takeOutOf(voice.title)}
                  onClick={() => props.onTakeOut(voice.story)}
                >
                  {words.takeOut}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Panel>
  )
}

function Confidence({ of }: { of: number }): ReactNode {
  return (
    <div className="flex items-center gap-3">
      <span className="font-sans text-2xl font-semibold">{of.toFixed(2)}</span>
      <div className="min-w-0 flex-1">
        <div aria-hidden="true" className="relative h-1.5 rounded-full bg-hover">
          <span
            className="absolute inset-y-0 left-0 rounded-full bg-edge"
            style={{ width: `${100 * of}%` }}
          />
          <span className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: `calc(${100 * of}% - 1px)` }} />
        </div>
        <p className="mt-1 text-xs text-ink-3">{t.events.why.confidence}</p>
      </div>
    </div>
  )
}

/** What two stories share; which two the reader chooses. */
function Compared({ event, rows }: { event: Event; rows: readonly StoryRow[] }): ReactNode {
  const words = t.events.why
  const format = useFormat()
  const choices = [
    event.headline,
    ...event.voices,
    ...rows.map(({ id, title, excerpt, ...row }) => ({ ...row, story: id, title: title || excerpt })),
  ]
  const voices = [...new Map(choices.map((choice) => [choice.story, choice])).values()]
  const [chosen, setChosen] = useState<{ a?: number; b?: number }>({})
  const there = (story: number | undefined): number | undefined =>
    voices.some((voice) => voice.story === story) ? story : undefined
  const a = there(chosen.a) ?? event.headline.story
  const b = there(chosen.b) ?? voices.find(({ story }) => story !== a)?.story
  const why = useQuery(
    api.events.why.queryOptions({
      input: { a, b: b ?? a },
      enabled: b !== undefined && a !== b,
      placeholderData: keepPreviousData,
    }),
  )
  if (b === undefined) return null
  const select = (
    label: string,
    value: number,
    other: number,
    change: (story: number) => void,
  ): ReactNode => (
    <select
      aria-label={label}
      className="field min-w-0 truncate !py-0.5 text-sm"
      value={value}
      onChange={(event) => change(Number(event.target.value))}
    >
      {voices.map((voice) => (
        <option key={voice.story} value={voice.story} disabled={voice.story === other}>
          {`\u2068${voice.source.title}\u2069 ${format.clock(voice.published)}: ${voice.title}`}
        </option>
      ))}
    </select>
  )
  return (
    <section className="mt-3" aria-label={words.two}>
      <div className="flex flex-col gap-1">
        {select(words.a, a, b, (story) => setChosen({ a: story, b }))}
        {select(words.b, b, a, (story) => setChosen({ a, b: story }))}
      </div>
      {why.data === undefined ? (
        why.isError ? (
          <ErrorState error={why.error} retry={() => void why.refetch()} />
        ) : (
          <Skeleton lines={4} className="mt-2" />
        )
      ) : (
        <Evidence why={why.data} busy={why.isPlaceholderData} />
      )}
    </section>
  )
}

function Evidence({ why, busy }: { why: EventWhy; busy: boolean }): ReactNode {
  const words = t.events.why
  const told = why.shared.filter(({ logOdds, terms }) => Math.abs(logOdds) >= TOLD || terms.length > 0)
  return (
    <div aria-busy={busy} className={classes('mt-2 transition-opacity', busy && 'opacity-60')}>
      {told.length === 0 && <p className="text-sm text-ink-2">{words.nothing}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1 text-sm">
        {told.map(({ kind, terms, logOdds }) => {
          const weight = `${logOdds < 0 ? '−' : '+'}${Math.abs(logOdds).toFixed(1)}`
          return (
            <div key={kind} className="contents">
              <dt className="text-ink-3">{words.kinds[kind]}</dt>
              <dd className="min-w-0">
                {terms.slice(0, TERMS).map((term) => (
                  <span key={term}>
                    <mark className="break-words">
                      <bdi>{term}</bdi>
                    </mark>{' '}
                  </span>
                ))}
                {terms.length > TERMS && <span className="text-ink-3">+{terms.length - TERMS}</span>}
                {terms.length === 0 && (
                  <span className="text-ink-2">
                    {kind === 'time' ? (logOdds < 0 ? words.apart : words.together) : words.differ}
                  </span>
                )}
              </dd>
              <dd
                className={classes('text-xs', logOdds < 0 ? 'text-warn' : 'text-ink-3')}
                title={logOdds < 0 ? words.against(weight) : words.for(weight)}
              >
                {weight}
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="mt-1.5 text-xs text-ink-3">{words.likely(`${Math.round(100 * why.likely)} %`)}</p>
    </div>
  )
}
