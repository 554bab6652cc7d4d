import { type ReactNode, useId } from 'react'
import type { Trigger } from '../../../api/contract/alertSettings.ts'
import type { Backtest } from '../../../api/contract/backtest.ts'
import { exactSpan } from '../../../core/alerts/sentence.ts'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'

/** A notice of the alert as this computer shows it, of the newest match that would have been told. */
export function NoticeLook(props: { name: string; trigger: Trigger; newest: Backtest['newest'] }): ReactNode {
  const { trigger, newest } = props
  const words = t.alertEditor.look
  const format = useFormat()
  const id = useId()
  const match = newest.find(({ told }) => told !== null) ?? newest[0]
  const together = trigger.kind === 'each' ? [] : newest.filter(({ told }) => told === match?.told)
  // The back-test names the newest alone: where all of them came together, there may be more.
  const others = `${together.length - 1}${together.length === newest.length ? '+' : ''}`
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <header className="flex items-baseline justify-between gap-3">
        <h2 id={id} className="text-sm font-semibold text-ink-2">
          {words.title}
        </h2>
        <span className="text-xs text-ink-3">{words.hint}</span>
      </header>
      {match === undefined && trigger.kind !== 'silence' ? (
        <p className="text-ink-3">{words.none}</p>
      ) : (
        <div className="rounded-lg border border-line bg-raised px-3 py-2.5 shadow-float">
          <p className="truncate font-semibold">{props.name || t.alertEditor.unnamed}</p>
          {trigger.kind === 'silence' ? (
            <p className="font-serif text-md">{words.silenceOf(exactSpan(trigger.forMs))}</p>
          ) : (
            match !== undefined && (
              <>
                <p dir="auto" lang={match.lang || undefined} className="line-clamp-2 font-serif text-md">
                  {match.title || t.stories.untitled}
                </p>
                <p className="truncate text-sm text-ink-3">
                  <bdi>{match.source}</bdi> {format.time(match.told ?? match.published)}
                  {together.length > 1 && ` · ${words.more(others)}`}
                </p>
              </>
            )
          )}
          <p aria-hidden="true" className="mt-2 flex flex-wrap gap-1.5">
            {words.acts.map((act) => (
              <span key={act} className="rounded-md border border-edge px-2 py-0.5 text-sm text-ink-2">
                {act}
              </span>
            ))}
          </p>
        </div>
      )}
    </section>
  )
}
