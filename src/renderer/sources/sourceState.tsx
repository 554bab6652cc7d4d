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
    <span className={`whitespace-nowrap ${looks[state]}`}>
      <span
        aria-hidden="true"
        className={`mr-1.5 inline-block size-2 rounded-full align-middle ${
          state === 'paused' || state === 'new' ? 'border border-current' : 'bg-current'
        } ${state === 'fetching' ? 'breathe' : ''}`}
      />
      {t.sources.states[state]}
    </span>
  )
}
