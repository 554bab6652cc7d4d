import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Narrowing } from '../../../api/contract/backtest.ts'
import { dayAfter } from '../../../core/query/language/language.ts'
import { Button } from '../../components/button.tsx'
import { storiesOf } from '../../components/numberDoor.tsx'
import { number, number1 } from '../../format.ts'
import { dayOf } from '../../frame/days.ts'
import { fill } from '../../messages/fill.tsx'
import { t } from '../../messages/index.ts'
import { useFormat } from '../../useFormat.ts'
import { TitleLine } from './titleLine.tsx'
import { NARROWED_DAYS, NOISY, type Timed } from './useBacktest.ts'

/** That the query finds too much, how it would find less, and what that loses. Nothing where it does not. */
export function NoisePanel(props: {
  test: Timed
  /** Undefined while they are looked for. */
  narrowings: readonly Narrowing[] | undefined
  chosen: Narrowing | undefined
  onChoose: (index: number) => void
  onUse: () => void
}): ReactNode {
  const { test, narrowings, chosen } = props
  const words = t.alertEditor.noise
  const format = useFormat()
  // Over the days that a narrowing is measured on: every range holds them.
  const first = dayAfter(dayOf(format.now, format.zone), 1 - NARROWED_DAYS)
  const recent = test.answer.days.filter(({ day }) => day >= first)
  const perDay = recent.reduce((sum, { hits }) => sum + hits, 0) / NARROWED_DAYS
  const noisyDays = recent.filter(({ hits }) => hits > NOISY).length
  const title = words.title(number1(perDay), number(noisyDays), t.count.days(NARROWED_DAYS))
  if (perDay < NOISY && (narrowings ?? []).length === 0) return null
  return (
    <section
      aria-label={title}
      className="min-w-0 rounded-lg border border-[color-mix(in_srgb,var(--warn)_45%,var(--panel))] bg-[color-mix(in_srgb,var(--warn)_7%,var(--panel))] px-4 py-3"
    >
      <h2 className="mb-2 text-sm font-semibold text-warn">{title}</h2>
      {narrowings === undefined ? (
        <p role="status" className="text-ink-3">
          {words.finding}
        </p>
      ) : chosen === undefined ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p>
            {fill(words.with(words.effect(number1(chosen.after), number(chosen.lost))), {
              words: <b className="font-semibold text-accent">{chosen.words}</b>,
            })}
          </p>
          <ul className="my-1.5">
            {chosen.examples.map((story) => (
              <TitleLine key={story.id} sign="−" story={story} query={test.asked.query} />
            ))}
          </ul>
          <div className="flex flex-wrap items-center gap-2">
            <Button look="main" small onClick={props.onUse}>
              {words.use(chosen.words)}
            </Button>
            <Link
              href={storiesOf(`(${test.asked.query}) -(${chosen.query}) within:30d`, 'stories')}
              className="text-sm text-accent hover:underline"
            >
              {words.showLost(number(chosen.lost))}
            </Link>
          </div>
          {narrowings.length > 1 && (
            <ul className="mt-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line pt-2 text-sm">
              <li className="text-ink-3">{words.others}</li>
              {narrowings.map((one, index) =>
                one === chosen ? null : (
                  <li key={one.query}>
                    <button
                      type="button"
                      onClick={() => props.onChoose(index)}
                      className="text-accent hover:underline"
                    >
                      {words.other(one.words, number1(one.after))}
                    </button>
                  </li>
                ),
              )}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
