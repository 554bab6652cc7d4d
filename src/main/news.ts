import type { News } from './messages.ts'

/** What of an alert's hit is told. */
export interface Hit {
  readonly alert: { readonly id: number; readonly name: string }
  readonly story: { readonly id: number; readonly title: string }
}

/** What the desktop says of new hits: one notification for each alert, about its newest story and how many more. */
export function newsOf(hits: readonly Hit[]): News[] {
  const byAlert = Map.groupBy(hits, (hit) => hit.alert.id)
  return [...byAlert.values()].flatMap((of): News[] => {
    const [first] = of
    if (first === undefined) return []
    const more = of.length - 1
    return [
      {
        tag: `alert-${first.alert.id}`,
        title: first.alert.name,
        body: first.story.title + (more === 0 ? '' : `\nand ${more} more`),
        path: more === 0 ? `/stories?story=${first.story.id}` : '/alerts',
      },
    ]
  })
}
