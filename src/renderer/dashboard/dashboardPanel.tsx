import type { ProcedureUtils } from '@orpc/tanstack-query'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Range } from '../../api/contract/common.ts'
import { classes } from '../components/classes.ts'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { Fault } from '../frame/fault.tsx'
import { useRange } from '../range.ts'

/**
 * What a panel shows of the chosen range, fetched by itself. While another range is on its way, the last one's is given as
 * placeholder data.
 * @param procedure `api.dashboard.volume`
 */
export function usePanel<Answer>(
  // biome-ignore lint/suspicious/noExplicitAny: a panel has no context, and its errors are told by their sentence alone
  procedure: ProcedureUtils<any, { range: Range }, Answer, any>,
): UseQueryResult<Answer> {
  const range = useRange()
  return useQuery(procedure.queryOptions({ input: { range }, placeholderData: keepPreviousData }))
}

/** A titled panel around an answer: its shape while it is on its way, why it failed, what it shows. Others are not touched by it. */
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
    <Panel title={title} note={shown === undefined ? undefined : note?.(shown)}>
      <Fault>
        {answer.isError && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
        {shown !== undefined ? (
          <div className={classes('transition-opacity', answer.isPlaceholderData && 'opacity-60')}>
            {children(shown)}
          </div>
        ) : (
          !answer.isError && <Skeleton lines={lines} />
        )}
      </Fault>
    </Panel>
  )
}
