import type { HitGroup, HitPage, HitRefs, HitUndo, HitView } from '../../../api/contract/inbox.ts'

/** A group as the list holds it: one that left the view is hidden, so that undo can show it again in its place. */
export interface ListedGroup extends HitGroup {
  readonly hidden?: boolean
}

export interface ListedPage extends Omit<HitPage, 'groups'> {
  readonly groups: readonly ListedGroup[]
}

/** The same for as long as the group is there. */
export const keyOf = ({ event, lead }: Pick<HitGroup, 'event' | 'lead'>, isGrouped: boolean): string =>
  isGrouped && event !== null ? `event ${event.id}` : `hit ${lead.alert.id} ${lead.story.id}`

type Changed = HitUndo['hits'][number]

/** True if a hit that stands there is no longer listed; what was only seen stays until the list is opened anew. */
function leaves(view: HitView, { state }: Changed['is']): boolean {
  if (state === 'dismissed') return view !== 'dismissed' && view !== 'starred'
  if (view === 'new') return state === 'snoozed'
  return (view === 'snoozed' || view === 'dismissed') && state !== view
}

/**
 * The pages after an act, or after it was taken back.
 * @param changed where hits stood and where they stand
 */
export function patched(
  pages: readonly ListedPage[],
  changed: readonly Changed[],
  view: HitView,
): ListedPage[] {
  const now = new Map<string, Changed>()
  for (const one of changed) for (const story of one.stories) now.set(`${one.alert} ${story}`, one)
  return pages.map((page) => ({
    ...page,
    groups: page.groups.map((group) => patchedGroup(group, now, view)),
  }))
}

function patchedGroup(group: ListedGroup, now: ReadonlyMap<string, Changed>, view: HitView): ListedGroup {
  const mine = group.refs.flatMap(({ alert, stories }) =>
    stories.flatMap((story) => now.get(`${alert} ${story}`) ?? []),
  )
  if (mine.length === 0) return group
  const lead = now.get(`${group.lead.alert.id} ${group.lead.story.id}`)
  const came = mine.filter(({ is }) => is.state === 'new').length
  const went = mine.filter(({ was }) => was.state === 'new').length
  const isWhole = mine.length === group.hits
  const hidden = isWhole && mine.every(({ is }) => leaves(view, is))
  return {
    ...group,
    lead: lead === undefined ? group.lead : { ...group.lead, ...lead.is },
    unseen: Math.min(group.hits, Math.max(0, group.unseen + came - went)),
    hidden: hidden || (group.hidden === true && !isWhole),
  }
}

/** The groups of a fresh first page that the list does not hold, or holds with fewer hits. */
export function arrivals(
  pages: readonly ListedPage[],
  fresh: readonly HitGroup[],
  isGrouped: boolean,
): HitGroup[] {
  const known = new Map(
    pages.flatMap(({ groups }) => groups.map((group) => [keyOf(group, isGrouped), group.at] as const)),
  )
  const oldest = pages[0]?.groups.at(-1)?.at ?? 0
  return fresh.filter((group) => {
    const at = known.get(keyOf(group, isGrouped))
    return at === undefined ? group.at >= oldest : group.at > at
  })
}

/** The pages with fresh groups at the top; those that grew leave their old place. */
export function withArrivals(
  pages: readonly ListedPage[],
  fresh: readonly HitGroup[],
  isGrouped: boolean,
): ListedPage[] {
  const coming = arrivals(pages, fresh, isGrouped)
  if (coming.length === 0) return [...pages]
  const moved = new Set(coming.map((group) => keyOf(group, isGrouped)))
  return pages.map((page, i) => {
    const stay = page.groups.filter((group) => !moved.has(keyOf(group, isGrouped)))
    return { ...page, groups: i === 0 ? [...coming, ...stay].sort((a, b) => b.at - a.at) : stay }
  })
}

/** Hits of several selections as one. */
export function joined(all: readonly HitRefs[]): HitRefs {
  const byAlert = new Map<number, Set<number>>()
  for (const { alert, stories } of all.flat()) {
    const mine = byAlert.get(alert) ?? new Set()
    for (const story of stories) mine.add(story)
    byAlert.set(alert, mine)
  }
  return [...byAlert].map(([alert, stories]) => ({ alert, stories: [...stories] }))
}

export const countOf = (refs: HitRefs): number => refs.reduce((sum, { stories }) => sum + stories.length, 0)

/** An act as it looks when it is taken back. */
export const reversed = (changed: readonly Changed[]): Changed[] =>
  changed.map((one) => ({ ...one, was: one.is, is: one.was }))
