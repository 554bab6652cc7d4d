import { number } from '../format.ts'

export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/**
 * Makes a message of a count: `#` in the form that fits the count stands for the formatted number, which stays on one line with
 * the word behind it.
 */
export function plural(locale: string, forms: PluralForms): (n: number) => string {
  const rules = new Intl.PluralRules(locale)
  return (n) => (forms[rules.select(n)] ?? forms.other).replaceAll('# ', '#\u00a0').replaceAll('#', number(n))
}
