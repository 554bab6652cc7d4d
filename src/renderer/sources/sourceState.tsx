import type { ReactNode } from 'react'
import type { Source } from '../../api/contract/sources.ts'
import { t } from '../messages/index.ts'

export type SourceState = Source['state']

const looks: Record<SourceState, string> = {
  new: 'text-ink-3',
  ok: 'text-good',
  failing: 'text-bad',
  silent: 'text-warn',
  paused: 'text-ink-3',
  ended: 'text-bad',
  fetching: 'text-accent',
}

/** A source's state as a dot and a word. */
export function StateMark({ state }: { state: SourceState }): ReactNode {
  return (
    <span className={`inline-flex items-center gap-1.5 ${looks[state]}`}>
      <span
        aria-hidden="true"
        className={`size-2 shrink-0 rounded-full ${
          state === 'paused' || state === 'new' ? 'border border-current' : 'bg-current'
        } ${state === 'fetching' ? 'breathe' : ''}`}
      />
      {t.sources.states[state]}
    </span>
  )
}
