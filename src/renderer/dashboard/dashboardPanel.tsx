import type { ProcedureUtils } from '@orpc/tanstack-query'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import type { Range } from '../../api/contract/common.ts'
import { classes } from '../components/classes.ts'
import { Panel } from '../components/panel.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import type { CountUnit } from '../countUnit.ts'
import { Fault } from '../frame/fault.tsx'
import { t } from '../messages/index.ts'
import { useReadable } from '../query/useQueryCheck.ts'
import { useFormat } from '../useFormat.ts'
import { useView } from '../view.ts'
import { PanelMenu } from './export/panelMenu.tsx'
import { type Sheet, SheetPlace } from './export/sheet.tsx'

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
  /** True where there is little to say: the card ends with its words, and is not as tall as the one beside it. */
  isShort?: (shown: Answer) => boolean
  children: (shown: Answer) => ReactNode
}): ReactNode {
  const { title, answer, lines, note, children } = props
  const shown = answer.data
  const read = useRef<(() => Sheet) | null>(null)
  return (
    <Panel
      oneStop
      className={classes(
        'flex flex-col print:block',
        shown !== undefined && props.isShort?.(shown) === true && 'self-start',
      )}
      title={title}
      note={
        shown !== undefined && (
          <span className="flex items-center justify-end gap-1">
            <span className="min-w-0">{note?.(shown)}</span>
            <PanelMenu title={title} read={() => read.current?.() ?? null} />
          </span>
        )
      }
    >
      <Fault>
        {shown === undefined ? (
          <div style={{ minHeight: lines * BAR_HEIGHT }}>
            {answer.isError ? <Failure answer={answer} /> : <Skeleton lines={lines} />}
          </div>
        ) : (
          <div
            className={classes(
              'flex min-h-0 flex-1 flex-col transition-opacity print:block',
              answer.isPlaceholderData && 'opacity-60',
            )}
          >
            {answer.isError && <Failure answer={answer} lastRight={answer.dataUpdatedAt} />}
            <SheetPlace read={read}>{children(shown)}</SheetPlace>
          </div>
        )}
      </Fault>
    </Panel>
  )
}

/** @param props.lastRight when what is still shown was fetched (epoch ms) */
function Failure(props: { answer: UseQueryResult<unknown>; lastRight?: number }): ReactNode {
  const { answer, lastRight } = props
  const format = useFormat()
  return (
    <>
      <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      {lastRight !== undefined && (
        <p className="mb-2 border-b border-line pb-2 text-sm text-warn">
          {t.dashboard.lastRight(format.clock(lastRight))}
        </p>
      )}
    </>
  )
}
