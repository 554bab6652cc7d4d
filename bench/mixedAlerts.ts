import { words } from '../src/core/query/words/words.ts'

/**
 * Alerts of mixed form, of words as frequent as those of the texts: words, phrases, alternatives, NEAR, prefixes, exclusions, case,
 * ANY, fields, repetitions, languages, concepts.
 * @returns makes one after another
 */
export function mixedAlerts(texts: readonly string[], random: () => number): () => string {
  const seen = new Map<string, number>()
  for (const text of texts.slice(0, 40_000))
    for (const word of words(text).folded) if (word.length > 3) seen.set(word, (seen.get(word) ?? 0) + 1)
  const ranked = [...seen]
    .filter(([, n]) => n >= 3)
    .sort((a, b) => b[1] - a[1])
    .map(([word]) => word)
  const word = (): string => ranked[Math.floor(ranked.length * random() ** 1.5)] as string
  const upper = (): string => word().toUpperCase()
  const forms: (() => string)[] = [
    () => word(),
    () => `${word()} ${word()}`,
    () => `"${word()} ${word()}"`,
    () => `${word()} AND (${word()} OR ${word()} OR ${word()})`,
    () => `${word()} NEAR/5 ${word()}`,
    () => `(${word()} OR ${word()}) NEAR/8 (${word()} OR "${word()} ${word()}")`,
    () => `${word().slice(0, 6)}* ${word()}`,
    () => `${word()} -${word()}`,
    () => `case:${upper()} ${word()}`,
    () => `ANY/2 (${word()}, ${word()}, ${word()}, ${word()})`,
    () => `title:${word()} ${word()}`,
    () => `${word()}{2}`,
    () =>
      `(${Array.from({ length: 12 }, word).join(' OR ')}) (${Array.from({ length: 6 }, word).join(' OR ')})`,
    () => `lang:ru ${word()}`,
    () => `@china ${word()}`,
  ]
  return () => (forms[Math.floor(random() * forms.length)] as () => string)()
}
