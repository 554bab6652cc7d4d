import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Alert } from '../../../api/contract/alerts.ts'
import type { EditedStory } from '../../../api/contract/backtest.ts'
import { storiesOf } from '../../components/numberDoor.tsx'
import { Panel } from '../../components/panel.tsx'
import { number } from '../../format.ts'
import { t } from '../../messages/index.ts'
import { TitleLine } from './titleLine.tsx'
import { type Timed, within } from './useBacktest.ts'

/** What the edit adds to what the saved version finds, and takes out of it; and how many notices there would have been. */
export function EditPanel(props: {
  alert: Alert
  test: Timed
  /** What the saved version would have done; undefined until it is known. */
  saved: Timed | undefined
}): ReactNode {
  const { alert, test, saved } = props
  const words = t.alertEditor.edit
  const { edit, notices } = test.answer
  const { query } = test.asked
  const added = `(${query}) -(${alert.query})`
  const removed = `(${alert.query}) -(${query})`
  const all = (edit?.added ?? 0) + (edit?.removed ?? 0)
  return (
    <Panel
      title={words.title}
      note={saved !== undefined && words.against(t.alertEditor.hits(saved.answer.hits))}
    >
      {all === 0 || edit === undefined ? (
        <p className="text-ink-2">{words.same}</p>
      ) : (
        <>
          {edit.added > 0 && (
            <>
              <p className="font-semibold text-good">{words.adds(number(edit.added))}</p>
              <ul className="mb-1.5">
                {edit.newestAdded.map((story) => (
                  <TitleLine key={story.id} sign="+" story={story} query={query} why={why(story, true)} />
                ))}
              </ul>
            </>
          )}
          {edit.removed > 0 && (
            <>
              <p className="font-semibold text-bad">{words.takesOut(number(edit.removed))}</p>
              <ul className="mb-1.5">
                {edit.newestRemoved.map((story) => (
                  <TitleLine
                    key={story.id}
                    sign="−"
                    story={story}
                    query={alert.query}
                    why={why(story, false)}
                  />
                ))}
              </ul>
            </>
          )}
          <Link
            href={storiesOf(
              within(
                edit.removed === 0 ? added : edit.added === 0 ? removed : `(${added}) OR (${removed})`,
                test.days,
              ),
              'stories',
            )}
            className="text-sm text-accent hover:underline"
          >
            {all === 1 ? words.allOne : words.all(number(all))}
          </Link>
        </>
      )}
      {saved !== undefined && (
        <p className="mt-1.5 border-t border-line pt-1.5 text-ink-2">
          {saved.answer.notices === notices
            ? words.noticesSame(number(notices))
            : words.notices(number(saved.answer.notices), number(notices))}
        </p>
      )}
    </Panel>
  )
}

/** Why the edit adds a story, or takes it out. */
function why({ words: found, excluded, part }: EditedStory, added: boolean): string {
  const words = t.alertEditor.edit
  const quoted = found.map((word) => `“${word}”`).join(', ')
  if (excluded) return added ? words.included(quoted) : words.excludedBy(quoted)
  return [
    ...(quoted === '' ? [] : [words.foundBy(quoted)]),
    ...(part === null || part === '' ? [] : [added ? words.failed(part) : words.fails(part)]),
  ].join('; ')
}
