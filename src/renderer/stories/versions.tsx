import { type ReactNode, useMemo } from 'react'
import type { Story } from '../../api/contract/stories.ts'
import { t } from '../messages/index.ts'
import { useFormat } from '../useFormat.ts'
import { difference } from './difference.ts'

/** What changed each time the source edited the story, newest change first, word by word. */
export function Versions({ story }: { story: Story }): ReactNode {
  const format = useFormat()
  if (story.versions.length === 0) return null
  const changes = story.versions.map((before, index) => ({
    at: before.at,
    before,
    after: story.versions[index + 1] ?? story,
  }))
  return (
    <details className="mt-7 border-t border-line pt-3" open={changes.length === 1}>
      <summary className="text-sm font-semibold text-ink-2">
        {t.stories.pane.versions(changes.length)}
      </summary>
      {changes.toReversed().map(({ at, before, after }) => (
        <div key={at} className="mt-3">
          <p className="mb-1 text-sm text-ink-3">{t.stories.pane.version(format.dateTime(at))}</p>
          <Difference before={before} after={after} />
        </div>
      ))}
    </details>
  )
}

interface Texts {
  readonly title: string
  readonly summary: string
  readonly text: string
}

function Difference({ before, after }: { before: Texts; after: Texts }): ReactNode {
  const { pane } = t.stories
  const parts = (
    [
      ['title', pane.titleOf],
      ['summary', pane.summaryOf],
      ['text', pane.textOf],
    ] as const
  ).filter(([field]) => before[field] !== after[field])
  if (parts.length === 0) return <p className="text-sm text-ink-3">{pane.same}</p>
  return (
    <dl className="flex flex-col gap-2">
      {parts.map(([field, name]) => (
        <div key={field}>
          <dt className="text-xs text-ink-3">{name}</dt>
          <dd dir="auto" className="font-serif text-md whitespace-pre-line">
            <Words before={before[field]} after={after[field]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Words({ before, after }: { before: string; after: string }): ReactNode {
  const changes = useMemo(() => difference(before, after), [before, after])
  let at = 0
  return changes.map(({ kind, text }, index) => {
    const key = at
    at += text.length
    if (kind === 'removed')
      return (
        <del key={key} className="text-bad decoration-1">
          {text}
        </del>
      )
    if (kind === 'added')
      return (
        <ins key={key} className="text-good decoration-1 underline-offset-3">
          {text}
        </ins>
      )
    return shortened(text, index === 0, index === changes.length - 1)
  })
}

/** Of what stayed the same, as much is shown as places the change. */
const KEPT = 160

function shortened(text: string, first: boolean, last: boolean): string {
  if (text.length <= 2 * KEPT + 40) return text
  if (first) return `… ${text.slice(-KEPT)}`
  if (last) return `${text.slice(0, KEPT)} …`
  return `${text.slice(0, KEPT)} … ${text.slice(-KEPT)}`
}
