import type { Tag } from '../store/tags.ts'

/**
 * A story's tags after the person's corrections: "not this theme" removes an automatic tag, "also this theme" sets one that no
 * re-tag removes. A story is tagged with a group where it is tagged with one of its themes, by the strongest score.
 * @param themes the story's tags, without groups
 * @param groupOf the row id of a theme's group, null for a theme without one
 */
export function withCorrections(
  themes: readonly Tag[],
  corrections: readonly { theme: number; verdict: 1 | -1 }[],
  groupOf: (theme: number) => number | null,
): Tag[] {
  const tags = new Map(themes.map((tag) => [tag.theme, tag]))
  for (const { theme, verdict } of corrections) {
    if (verdict === -1) tags.delete(theme)
    else tags.set(theme, { theme, score: tags.get(theme)?.score ?? 1, byPerson: true })
  }
  const groups = new Map<number, number>()
  for (const { theme, score } of tags.values()) {
    const group = groupOf(theme)
    if (group !== null) groups.set(group, Math.max(score, groups.get(group) ?? 0))
  }
  return [...tags.values(), ...[...groups].map(([theme, score]) => ({ theme, score, byPerson: false }))]
}
