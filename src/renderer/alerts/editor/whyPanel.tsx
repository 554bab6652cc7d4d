import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Alert } from '../../../api/contract/alerts.ts'
import type { Why, WhyStep } from '../../../api/contract/backtest.ts'
import type { EvidenceSpan } from '../../../api/contract/common.ts'
import type { StoryRow } from '../../../api/contract/stories.ts'
import { api } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { Icon } from '../../components/icon.tsx'
import { Panel } from '../../components/panel.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useDebounced } from '../../debounced.ts'
import { Marked, marks } from '../../marked.tsx'
import { t } from '../../messages/index.ts'
import { useRoving } from '../../roving.ts'
import { StorySnippet } from '../../storySnippet.tsx'
import { useFormat } from '../../useFormat.ts'

const LISTED = 20
const TYPING_MS = 250

/** A story is chosen, and the alert says step by step why it told of it or did not. */
export function WhyPanel(props: {
  alert: Alert | undefined
  query: string
  readable: boolean
  changed: boolean
}): ReactNode {
  const words = t.alertEditor.why
  const [typed, setTyped] = useState('')
  const [story, setStory] = useState<StoryRow | null>(null)
  const search = useDebounced(typed.trim(), TYPING_MS)
  const found = useQuery(
    api.stories.list.queryOptions({
      input: { query: search, limit: LISTED },
      enabled: search !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const rows = found.data?.rows
  return (
    <Panel title={words.title} note={words.hint}>
      {story !== null ? (
        <>
          <Chosen story={story} onClear={() => setStory(null)} />
          <Answer {...props} story={story} />
        </>
      ) : (
        <Finder
          typed={typed}
          onType={setTyped}
          rows={search === '' ? null : rows}
          error={search === '' ? null : found.error}
          onChoose={setStory}
        />
      )}
    </Panel>
  )
}

/** A search for a story. What it finds is one stop of the Tab key, with arrow keys inside. */
function Finder(props: {
  typed: string
  onType: (text: string) => void
  /** Null: nothing was asked for; undefined: still asked. */
  rows: readonly StoryRow[] | null | undefined
  error: unknown
  onChoose: (story: StoryRow) => void
}): ReactNode {
  const { rows } = props
  const words = t.alertEditor.why
  const format = useFormat()
  const roving = useRoving<HTMLUListElement>()
  return (
    <div className="flex flex-col gap-2">
      <input
        className="field"
        type="search"
        aria-label={words.find}
        placeholder={words.find}
        value={props.typed}
        onChange={({ target }) => props.onType(target.value)}
      />
      {rows === null ? null : props.error !== null ? (
        <ErrorState error={props.error} />
      ) : rows === undefined ? (
        <Skeleton lines={4} />
      ) : rows.length === 0 ? (
        <p className="text-ink-3">{words.none}</p>
      ) : (
        <ul
          {...roving}
          aria-label={words.choose}
          className="max-h-[232px] divide-y divide-line overflow-y-auto rounded-md border border-line"
        >
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                onClick={() => props.onChoose(row)}
                className="flex w-full items-baseline gap-3 px-2.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2"
              >
                <bdi lang={row.lang || undefined} className="min-w-0 flex-1 truncate font-serif text-md">
                  {row.title || row.excerpt || t.stories.untitled}
                </bdi>
                <span className="shrink-0 text-sm text-ink-3">
                  <bdi>{row.source.title}</bdi> {format.time(row.published)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Chosen({ story, onClear }: { story: StoryRow; onClear: () => void }): ReactNode {
  const words = t.alertEditor.why
  const format = useFormat()
  return (
    <div className="mb-2 flex items-center gap-2 rounded-md border border-line bg-paper py-1 pr-1 pl-2.5">
      <p className="min-w-0 flex-1 truncate">
        <bdi lang={story.lang || undefined} className="font-serif text-md">
          {story.title || story.excerpt || t.stories.untitled}
        </bdi>{' '}
        <span className="text-sm text-ink-3">
          <bdi>{story.source.title}</bdi> {format.time(story.published)}
        </span>
      </p>
      <Button
        look="quiet"
        small
        icon="close"
        aria-label={words.another}
        title={words.another}
        onClick={onClear}
      />
    </div>
  )
}

function Answer(props: {
  alert: Alert | undefined
  query: string
  readable: boolean
  changed: boolean
  story: StoryRow
}): ReactNode {
  const { alert, query, readable, story } = props
  const words = t.alertEditor.why
  const isTyped = alert === undefined || alert.query.trim() !== query
  const tried = useQuery(
    api.alerts.matches.queryOptions({
      input: { query, story: story.id },
      enabled: isTyped && readable,
      placeholderData: keepPreviousData,
    }),
  )
  const why = useQuery(
    api.alerts.why.queryOptions({
      input: { alert: alert?.id ?? 0, story: story.id },
      enabled: alert !== undefined,
    }),
  )
  const error = why.error ?? tried.error
  if (error !== null) return <ErrorState error={error} />
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      {isTyped && readable && tried.data !== undefined && (
        <div>
          <p className={classes('flex items-center gap-1.5', tried.data.matches ? 'text-good' : 'text-warn')}>
            <Icon name={tried.data.matches ? 'check' : 'close'} size={14} />
            {tried.data.matches ? words.asTyped : words.notAsTyped}
          </p>
          <Evidence story={story} evidence={tried.data.evidence} />
        </div>
      )}
      {alert === undefined ? (
        <p className="text-ink-3">{words.unsaved}</p>
      ) : why.data === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <Steps why={why.data} story={story} saved={props.changed} />
      )}
    </div>
  )
}

function Steps({ why, story, saved }: { why: Why; story: StoryRow; saved: boolean }): ReactNode {
  const words = t.alertEditor.why
  const reached = why.steps.filter(({ passed }) => passed !== null)
  const open = why.steps.filter(({ passed }) => passed === null)
  return (
    <>
      <p className={classes('font-semibold', why.fired ? 'text-good' : 'text-warn')}>
        {why.fired ? words.fired : words.notFired}
        {saved && <span className="ml-1.5 text-sm font-normal text-ink-3">{words.saved}</span>}
      </p>
      <ol className="flex flex-col gap-1">
        {reached.map((step) => (
          <Step key={step.step} step={step} />
        ))}
        {open.length > 0 && (
          <li className="grid grid-cols-[16px_96px_minmax(0,1fr)] items-baseline gap-x-2 text-ink-3">
            <span aria-hidden="true">–</span>
            <span className="col-span-2">
              {open.map(({ step }) => words.steps[step]).join(', ')}: {words.unreached}
            </span>
          </li>
        )}
      </ol>
      <Evidence story={story} evidence={why.evidence} />
    </>
  )
}

function Step({ step: { step, passed, words: text } }: { step: WhyStep }): ReactNode {
  const words = t.alertEditor.why
  return (
    <li className="grid grid-cols-[16px_96px_minmax(0,1fr)] items-baseline gap-x-2">
      <span className={passed === true ? 'text-good' : 'text-warn'}>
        <span aria-hidden="true">{passed === true ? '✓' : '■'}</span>
        <span className="sr-only">{passed === true ? words.passed : words.stopped}</span>
      </span>
      <span className={passed === true ? 'text-ink-2' : 'font-semibold text-warn'}>{words.steps[step]}</span>
      <span>{text}</span>
    </li>
  )
}

/** The places that made the story match. */
function Evidence({ story, evidence }: { story: StoryRow; evidence: readonly EvidenceSpan[] }): ReactNode {
  if (evidence.length === 0) return null
  const inTitle = marks(evidence, 'title', 'theme')
  return (
    <p dir="auto" lang={story.lang || undefined} className="border-l-2 border-line pl-2.5 text-ink-2">
      {inTitle.length > 0 && (
        <span className="mr-2 font-serif text-ink">
          <Marked text={story.title} spans={inTitle} />
        </span>
      )}
      {evidence.some(({ field }) => field !== 'title') && <StorySnippet story={story} evidence={evidence} />}
    </p>
  )
}
