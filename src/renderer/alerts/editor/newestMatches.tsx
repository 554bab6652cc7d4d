import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Backtest } from '../../../api/contract/backtest.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { storiesOf } from '../../components/numberDoor.tsx'
import { Panel } from '../../components/panel.tsx'
import { duration } from '../../format.ts'
import { Marked, marks } from '../../marked.tsx'
import { t } from '../../messages/index.ts'
import { StorySnippet } from '../../storySnippet.tsx'
import { useFormat } from '../../useFormat.ts'
import { type Timed, within } from './useBacktest.ts'

type Match = Backtest['newest'][number]

const SHOWN = 5

/** The newest that match, what made them match, and what would have become of each. */
export function NewestMatches({ test }: { test: Timed }): ReactNode {
  const words = t.alertEditor.newest
  const [all, setAll] = useState(false)
  const { newest, hits } = test.answer
  return (
    <Panel
      title={words.title}
      note={
        <Link
          href={storiesOf(within(test.asked.query, test.days), 'stories')}
          className="hover:text-accent hover:underline"
        >
          {words.note(t.alertEditor.hits(hits))}
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {newest.slice(0, all ? undefined : SHOWN).map((match) => (
          <Row key={match.id} match={match} query={test.asked.query} />
        ))}
      </ul>
      {newest.length > SHOWN && (
        <Button look="quiet" small className="mt-1 -ml-2" onClick={() => setAll(!all)}>
          {all ? words.fewer : words.more(newest.length - SHOWN)}
        </Button>
      )}
    </Panel>
  )
}

function Row({ match, query }: { match: Match; query: string }): ReactNode {
  const format = useFormat()
  const { evidence, lang } = match
  const hasPlace = evidence.some(({ field }) => field !== 'title')
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 py-1.5">
      <Link
        href={`/stories/${match.id}?q=${encodeURIComponent(query)}`}
        dir="auto"
        lang={lang || undefined}
        className="truncate font-serif text-md hover:text-accent hover:underline"
      >
        <Marked text={match.title || t.stories.untitled} spans={marks(evidence, 'title', 'theme')} />
      </Link>
      <Outcome match={match} />
      <p className="col-span-2 truncate text-sm text-ink-3">
        <bdi>{match.source}</bdi> <span>{format.time(match.published)}</span>
        {hasPlace && (
          <>
            {' · '}
            <bdi lang={lang || undefined} className="text-ink-2">
              <StorySnippet story={{ id: match.id, excerpt: '', lang }} evidence={evidence} />
            </bdi>
          </>
        )}
      </p>
    </li>
  )
}

const MINUTE = 60_000

function Outcome({ match: { outcome, told, published } }: { match: Match }): ReactNode {
  const words = t.alertEditor.newest
  const format = useFormat()
  const atOnce = told !== null && told - published < MINUTE
  return (
    <span
      className={classes('text-sm whitespace-nowrap', atOnce ? 'font-semibold text-accent' : 'text-ink-3')}
    >
      {told === null
        ? (words.outcomes[outcome] ?? outcome)
        : atOnce
          ? words.told(format.time(told))
          : words.heldTold(duration(told - published), format.time(told))}
    </span>
  )
}
