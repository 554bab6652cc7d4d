import type { Card, Dashboard } from '../../api/contract/dashboard.ts'
import { number, number1 } from '../format.ts'

export interface Lead {
  /** The theme furthest above its expectation. */
  first: Card | null
  /** At most two more that are above theirs. */
  others: readonly Card[]
  /** Where none is above: the theme with the most stories. */
  most: Card | null
  /** Whether any theme has an expectation at all. */
  expecting: boolean
}

/** What the opening sentence is about: the themes that moved most against their own history, else the largest. */
export function leadOf(cards: Dashboard['cards']): Lead {
  const themes = cards.filter(({ kind }) => kind === 'theme')
  const [first = null, ...rest] = aboveExpectation(cards)
  const most = themes.reduce<Card | null>(
    (best, card) => (card.now.stories > (best?.now.stories ?? 0) ? card : best),
    null,
  )
  return {
    first,
    others: rest.slice(0, 2),
    most: first === null ? most : null,
    expecting: themes.some(({ expected }) => expected !== null),
  }
}

/** The themes above what their weekday predicts, furthest above first (in widths of the expected band). */
function aboveExpectation(cards: Dashboard['cards']): Card[] {
  const height = ({ expected }: Card): number =>
    expected === null ? 0 : (expected.observed - expected.value) / Math.max(1, expected.high - expected.value)
  return cards
    .filter(({ kind, expected }) => kind === 'theme' && expected?.above === true)
    .toSorted((a, b) => height(b) - height(a))
}

/** The themes whose count differs most from that of the equal time before, by at least two stories. */
export function movers(cards: Dashboard['cards']): { card: Card; before: number }[] {
  return cards
    .flatMap((card) =>
      card.kind === 'theme' && card.before !== null ? [{ card, before: card.before.stories }] : [],
    )
    .map((mover) => ({ ...mover, by: Math.abs(mover.card.now.stories - mover.before) }))
    .filter(({ by }) => by >= 2)
    .toSorted((a, b) => b.by - a.by)
}

/** An expected count as one says it: whole, but for less than one a day. */
export const usual = (value: number): string =>
  value < 0.95 ? number1(Math.max(0, value)) : number(Math.round(value))
