import type { ProcedureUtils } from '@orpc/tanstack-query'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Range } from '../../api/contract/common.ts'
import { classes } from '../components/classes.ts'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import type { CountUnit } from '../countUnit.ts'
import { Fault } from '../frame/fault.tsx'
import { useReadable } from '../query/useQueryCheck.ts'
import { useView } from '../view.ts'

interface Input {
  range: Range
  filter?: string | undefined
  unit?: CountUnit | undefined
}

/**
 * What a panel shows of the chosen range and filter, fetched by itself. While another is on its way, the last one's is given as
 * placeholder data.
 * @param procedure `api.dashboard.volume`
 * @param unit what is counted, where the answer is of that alone
 */
export function usePanel<Answer>(
  // biome-ignore lint/suspicious/noExplicitAny: the client has no context, and an error is shown by its message alone
  procedure: ProcedureUtils<any, Input, Answer, any>,
  unit?: CountUnit,
): UseQueryResult<Answer> {
  const { range, filter } = useView()
  const { readable } = useReadable(filter)
  return useQuery(
    procedure.queryOptions({
      input: {
        range,
        ...(filter === '' ? {} : { filter }),
        ...(unit === undefined ? {} : { unit }),
      },
      enabled: readable,
      placeholderData: keepPreviousData,
    }),
  )
}

/** Pixels of a bar of the skeleton, with the gap to the next. */
const BAR_HEIGHT = 22

/**
 * A titled panel around an answer: its shape while it is on its way, why it failed, or what it shows. What happens in it
 * neither moves nor hides another panel.
 */
export function DashboardPanel<Answer>(props: {
  title: string
  answer: UseQueryResult<Answer>
  /** Bars of the skeleton: about as tall as what is shown, so that nothing below jumps. */
  lines: number
  note?: (shown: Answer) => ReactNode
  children: (shown: Answer) => ReactNode
}): ReactNode {
  const { title, answer, lines, note, children } = props
  const shown = answer.data
  return (
    <Panel oneStop title={title} note={shown === undefined ? undefined : note?.(shown)}>
      <Fault>
        {shown === undefined ? (
          <div style={{ minHeight: lines * BAR_HEIGHT }}>
            {answer.isError ? <Failure answer={answer} /> : <Skeleton lines={lines} />}
          </div>
        ) : (
          <div className={classes('transition-opacity', answer.isPlaceholderData && 'opacity-60')}>
            {answer.isError && <Failure answer={answer} />}
            {children(shown)}
          </div>
        )}
      </Fault>
    </Panel>
  )
}

function Failure({ answer }: { answer: UseQueryResult<unknown> }): ReactNode {
  return <ErrorState error={answer.error} retry={() => void answer.refetch()} />
}
