/**
 * The ids of all themes with one moved past its neighbour in the same group; null where it has none on that side. Themes
 * of other groups keep their places.
 */
export function moved(
  themes: readonly { id: string; group: string }[],
  id: string,
  step: -1 | 1,
): string[] | null {
  const at = themes.findIndex((theme) => theme.id === id)
  const group = themes[at]?.group
  let other = at + step
  while (themes[other] !== undefined && themes[other]?.group !== group) other += step
  if (at < 0 || themes[other] === undefined) return null
  const ids = themes.map((theme) => theme.id)
  ids[at] = themes[other]?.id as string
  ids[other] = id
  return ids
}
