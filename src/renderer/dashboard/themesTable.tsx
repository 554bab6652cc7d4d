import { type ReactNode, useState } from 'react'
import type { Card } from '../../api/contract/dashboard/themes.ts'
import { api } from '../api.ts'
import { classes } from '../components/classes.ts'
import { countedAs, NumberDoor } from '../components/numberDoor.tsx'
import { EmptyState } from '../components/states.tsx'
import { ThemeSign } from '../components/theme.tsx'
import { Tooltip } from '../components/tooltip.tsx'
import { type CountUnit, useCountUnit } from '../countUnit.ts'
import { change, number } from '../format.ts'
import { t } from '../messages/index.ts'
import { useFilterBy } from '../view.ts'
import { DashboardPanel, usePanel } from './dashboardPanel.tsx'
import { FilterButton } from './filterButton.tsx'
import { countedDoor, usual } from './lead.ts'
import { Spark } from './spark.tsx'

type Order = 'groups' | 'number' | 'change'

/** Every theme under its group: stories, change, fourteen days, expectation. Sorted by a number, groups dissolve. */
export function ThemesTable(): ReactNode {
  const words = t.dashboard.themes
  return (
    <DashboardPanel
      title={words.title}
      answer={usePanel(api.dashboard.themes, useCountUnit())}
      lines={30}
      note={() => words.against}
    >
      {({ cards }) => <Table cards={cards} />}
    </DashboardPanel>
  )
}

function Table({ cards }: { cards: readonly Card[] }): ReactNode {
  const [order, setOrder] = useState<Order>('groups')
  const words = t.dashboard.themes
  const unit = useCountUnit()
  const expecting = cards.some(({ expected }) => expected !== null)
  const sorter = (column: Order, text: string): ReactNode => (
    <button
      type="button"
      aria-label={words.sortBy(text)}
      onClick={() => setOrder(column)}
      className={classes('hover:text-ink', order === column && 'font-semibold text-ink-2')}
    >
      {text}
    </button>
  )
  return (
    <>
      {cards.length === 0 ? (
        <EmptyState title={words.none} />
      ) : (
        <table className="figures">
          <thead>
            <tr>
              <th aria-sort={order === 'groups' ? 'ascending' : undefined}>
                {sorter('groups', words.theme)}
              </th>
              <th className="number" aria-sort={order === 'number' ? 'descending' : undefined}>
                {sorter('number', words[unit])}
              </th>
              <th className="number" aria-sort={order === 'change' ? 'descending' : undefined}>
                {sorter('change', words.change)}
              </th>
              <th>{words.days}</th>
              {expecting && <th className="number">{words.expected}</th>}
            </tr>
          </thead>
          <tbody>
            {sorted(cards, order, unit).map((card) => (
              <Row
                key={`${card.kind} ${card.id}`}
                card={card}
                indent={order === 'groups'}
                expecting={expecting}
              />
            ))}
          </tbody>
        </table>
      )}
      {expecting && <p className="mt-1.5 text-right text-xs text-ink-3">{words.asUsualHint}</p>}
    </>
  )
}

function Row({ card, indent, expecting }: { card: Card; indent: boolean; expecting: boolean }): ReactNode {
  const words = t.dashboard.themes
  const filterBy = useFilterBy()
  const group = card.kind === 'group'
  const { now, before, expected } = card
  const unit = useCountUnit()
  const count = countedAs(unit, now).count
  const was = before === null ? null : countedAs(unit, before)
  const moved = was === null ? undefined : (change(count, was.count) ?? undefined)
  return (
    <tr className={filterBy.is('theme', card.id) ? 'bg-selected' : 'hover:bg-hover'}>
      <th
        scope="row"
        className={classes('max-w-0 min-w-[164px] w-[46%] truncate', indent && !group && '[&]:pl-4')}
      >
        {!group && <ThemeSign colour={card.colour} className="mr-2" />}
        <FilterButton
          field="theme"
          value={card.id}
          filterBy={filterBy}
          className={group ? 'font-semibold' : undefined}
        >
          {card.name}
        </FilterButton>
      </th>
      <td className="number">
        <NumberDoor door={now} of={card.name} className="font-semibold" />
      </td>
      <td className="number">
        {before === null || was === null || (was.count === 0 && count === 0) ? (
          <span className="text-ink-3">–</span>
        ) : (
          <NumberDoor door={before} of={`${card.name}, ${words.before(was.text)}`} className="text-ink-2">
            {moved ?? words.newNow}
          </NumberDoor>
        )}
      </td>
      <td>
        <Spark
          counts={card.spark}
          colour={group ? 0 : card.colour}
          width={expecting ? 64 : 92}
          label={words.spark(card.spark.map(number).join(', '))}
        />
      </td>
      {expecting && (
        <td className="number">
          {expected === null ? (
            <span className="text-ink-3">–</span>
          ) : (
            <Departure expected={expected} name={card.name} />
          )}
        </td>
      )}
    </tr>
  )
}

/** A day's count beside what was expected of it, where it departs from that; else an open dot. */
function Departure(props: { expected: NonNullable<Card['expected']>; name: string }): ReactNode {
  const words = t.dashboard.themes
  const unit = useCountUnit()
  const { low, high, observed, above, least, query, words: arithmetic } = props.expected
  // The band has no lower half where it begins at 0.
  const usually = observed <= high && (observed >= low || low === 0)
  const band = (
    <Tooltip text={arithmetic}>
      <button type="button" className="text-ink-3" aria-label={`${props.name}: ${arithmetic}`}>
        {usually
          ? '○'
          : `${words.band(usual(low), usual(high))}${least === null ? '' : words.least(number(least))}`}
      </button>
    </Tooltip>
  )
  if (usually) return band
  return (
    <>
      <NumberDoor
        door={countedDoor(unit, observed, query)}
        of={words.thatDay(props.name)}
        className={above ? 'font-semibold text-bad' : 'text-ink-2'}
      />{' '}
      {band}
    </>
  )
}

function sorted(cards: readonly Card[], order: Order, unit: CountUnit): readonly Card[] {
  if (order === 'groups') {
    const groups = cards.filter(({ kind }) => kind === 'group')
    const themes = cards.filter(({ kind }) => kind === 'theme')
    const grouped = groups.flatMap((group) => {
      const own = themes.filter((theme) => theme.group === group.id)
      return own.length === 0 ? [] : [group, ...own]
    })
    return [...grouped, ...themes.filter((theme) => !groups.some(({ id }) => id === theme.group))]
  }
  const themes = cards.filter(({ kind }) => kind === 'theme')
  const now = (card: Card): number => countedAs(unit, card.now).count
  const before = (card: Card): number =>
    card.before === null ? now(card) : countedAs(unit, card.before).count
  const by = order === 'number' ? now : (card: Card) => (now(card) + 1) / (before(card) + 1)
  return themes.toSorted((a, b) => by(b) - by(a))
}
