import type { LeadTheme } from '../../api/contract/dashboard/lead.ts'
import { number, number1 } from '../format.ts'

export interface Movement {
  /** The theme furthest above its expectation. */
  first: LeadTheme | null
  /** At most two more that are above theirs. */
  others: readonly LeadTheme[]
  /** Where none is above: the theme with the most stories. */
  most: LeadTheme | null
  /** Whether any theme has an expectation at all. */
  expecting: boolean
}

/** What the opening sentence is about: the themes that moved most against their own history, else the largest. */
export function leadOf(cards: readonly LeadTheme[]): Movement {
  const themes = cards.filter(({ kind }) => kind === 'theme')
  const [first = null, ...rest] = aboveExpectation(cards)
  const most = themes.reduce<LeadTheme | null>(
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
function aboveExpectation(cards: readonly LeadTheme[]): LeadTheme[] {
  const height = ({ expected }: LeadTheme): number =>
    expected === null ? 0 : (expected.observed - expected.value) / Math.max(1, expected.high - expected.value)
  return cards
    .filter(({ kind, expected }) => kind === 'theme' && expected?.above === true)
    .toSorted((a, b) => height(b) - height(a))
}

/** An expected count in words: whole, but for less than one a day. */
export const usual = (value: number): string =>
  value < 0.95 ? number1(Math.max(0, value)) : number(Math.round(value))
