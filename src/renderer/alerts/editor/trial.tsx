import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Alert } from '../../../api/contract/alerts.ts'
import type { Backtest } from '../../../api/contract/backtest.ts'
import { Panel } from '../../components/panel.tsx'
import { EmptyState } from '../../components/states.tsx'
import { toast } from '../../components/toast.tsx'
import { t } from '../../messages/index.ts'
import { useAppInfo } from '../../useFormat.ts'
import type { FormDraft } from './alertDraft.ts'
import { Backfill } from './backfill.tsx'
import { BacktestPanel } from './backtestPanel.tsx'
import { EditPanel } from './editPanel.tsx'
import { NewestMatches } from './newestMatches.tsx'
import { NoisePanel } from './noisePanel.tsx'
import { type TestRange, useBacktest, useBacktestOf, useDays, useNarrowings } from './useBacktest.ts'
import { WhyPanel } from './whyPanel.tsx'

const NONE: Backtest['newest'] = []

/** What the alert as it is typed would have done: the back-test and all that follows from it. */
export function Trial(props: {
  alert: Alert | undefined
  draft: FormDraft
  /** The engine has read the query as it is. */
  readable: boolean
  /** The engine cannot read it. */
  faulty: boolean
  changed: boolean
  set: (part: Partial<FormDraft>) => void
  /** Told what matches, whenever it is another. */
  onNewest: (newest: Backtest['newest']) => void
}): ReactNode {
  const { alert, draft, readable, faulty, set } = props
  const words = t.alertEditor
  const info = useAppInfo()
  const [range, setRange] = useState<TestRange>('30')
  const query = draft.query.trim()
  const isEmpty = info?.stories === 0
  const isEdited = alert !== undefined && alert.query.trim() !== query
  // A name, a folder or a note changes nothing of what is found or told.
  const tellsOtherwise =
    isEdited || (alert !== undefined && JSON.stringify(alert.settings) !== JSON.stringify(draft.settings))
  const asked = { query, settings: draft.settings, against: isEdited ? alert.id : undefined }
  const gathering = info?.jobs.some(({ kind, state }) => kind === 'events' && state === 'running') ?? false
  const test = useBacktest(asked, range, readable && !isEmpty, gathering)
  const newest = query === '' ? undefined : test.data?.answer.newest
  const { onNewest } = props
  useEffect(() => onNewest(newest ?? NONE), [newest, onNewest])
  const days = useDays(range)
  const narrowings = useNarrowings(query, test.isCurrent)
  const [chosen, setChosen] = useState(0)
  const narrowing = narrowings?.[chosen] ?? narrowings?.[0]
  const narrowed = useBacktestOf(
    narrowing === undefined || !test.isCurrent
      ? null
      : { query: narrowing.query, settings: draft.settings, against: undefined },
    days,
  )
  const saved = useBacktestOf(
    alert !== undefined && tellsOtherwise && test.isCurrent
      ? { query: alert.query, settings: alert.settings, against: undefined }
      : null,
    days,
  )
  const takeNarrowing = (): void => {
    if (narrowing === undefined) return
    const before = draft.query
    set({ query: narrowing.query })
    setChosen(0)
    toast(words.noise.used(narrowing.words), {
      action: { text: t.actions.undo, run: () => set({ query: before }) },
    })
  }

  if (isEmpty)
    return (
      <Panel title={words.test.title}>
        <EmptyState
          title={words.test.emptyArchive}
          actions={
            <Link href="/sources" className="text-accent hover:underline">
              {t.nav.sources}
            </Link>
          }
        >
          {words.test.emptyArchiveHint}
        </EmptyState>
      </Panel>
    )
  if (query === '')
    return (
      <Panel title={words.test.title}>
        <p className="py-2 text-ink-3">{words.test.waitsQuery}</p>
      </Panel>
    )
  const shown = test.data
  return (
    <>
      <BacktestPanel
        test={test}
        faulty={faulty}
        gathering={gathering}
        range={range}
        onRange={setRange}
        narrowing={narrowing === undefined ? null : { words: narrowing.words, test: narrowed }}
      />
      {shown !== undefined && shown.answer.hits > 0 && (
        <>
          <div className="grid gap-4 empty:hidden 2xl:grid-cols-2">
            <NoisePanel
              test={shown}
              narrowings={narrowings}
              chosen={narrowing}
              onChoose={setChosen}
              onUse={takeNarrowing}
            />
            {alert !== undefined && tellsOtherwise && <EditPanel alert={alert} test={shown} saved={saved} />}
          </div>
          <NewestMatches test={shown} />
        </>
      )}
      {shown !== undefined &&
        shown.answer.hits === 0 &&
        shown.answer.edit !== undefined &&
        alert !== undefined && <EditPanel alert={alert} test={shown} saved={saved} />}
      <WhyPanel alert={alert} query={query} readable={readable} changed={props.changed} />
      <Backfill alert={alert} changed={props.changed} />
    </>
  )
}
