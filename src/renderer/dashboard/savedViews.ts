import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Arrangement, SavedView, ViewDraft } from '../../api/contract/views.ts'
import { api, client, queryClient, sentence } from '../api.ts'
import { toast } from '../components/toast.tsx'
import { setCountUnit, useCountUnit } from '../countUnit.ts'
import { t } from '../messages/index.ts'
import { rangeText } from '../range.ts'
import { addressOf, useView } from '../view.ts'
import { AS_AT_FIRST, sameArrangement } from './arrangement.ts'

/** The saved views in the person's order. */
export function useSavedViews(): readonly SavedView[] | undefined {
  return useQuery(api.views.list.queryOptions({ input: {} })).data
}

/** The views that stand in the navigation; the first nine have the keys 1 to 9. */
export const pinnedOf = (views: readonly SavedView[] | undefined): readonly SavedView[] =>
  views?.filter(({ pinned }) => pinned) ?? []

/** The dashboard's address of a saved view. */
export const addressOfSaved = ({ id, range, filter }: SavedView): string =>
  addressOf({ range, filter, saved: id })

/** The open view's panels as the person changed them in this window since it was opened. */
let changedPanels: { readonly of: number; readonly panels: Arrangement } | null = null
/** The view whose unit was taken over last. */
let unitOf: number | null = null
const listeners = new Set<() => void>()

function setChangedPanels(next: typeof changedPanels): void {
  changedPanels = next
  for (const listener of listeners) listener()
}

const useChangedPanels = (): typeof changedPanels =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => changedPanels,
  )

/** Forgets what was changed in a view: it is shown as it is saved. */
export function openAsSaved({ id, unit }: SavedView): void {
  setChangedPanels(null)
  unitOf = id
  setCountUnit(unit)
}

/** The saved view that is open; null where none is; undefined until the engine has answered. */
export function useOpenView(): SavedView | null | undefined {
  const { saved } = useView()
  const views = useSavedViews()
  if (saved === null) return null
  return views === undefined ? undefined : (views.find(({ id }) => id === saved) ?? null)
}

/** Counts as the open view does, whichever way one came to it. */
export function useUnitOfOpenView(): void {
  const open = useOpenView()
  useEffect(() => {
    if (open === undefined || (open?.id ?? null) === unitOf) return
    unitOf = open?.id ?? null
    if (open !== null) setCountUnit(open.unit)
  }, [open])
}

/** How the panels are arranged; undefined until the engine has answered, so that nothing is drawn that is hidden. */
export function useArrangement(): Arrangement | undefined {
  const { data, isError } = useQuery(api.views.panels.queryOptions({ input: {} }))
  const open = useOpenView()
  const changed = useChangedPanels()
  if (open === undefined) return undefined
  if (open !== null) return changed?.of === open.id ? changed.panels : open.panels
  return data ?? (isError ? AS_AT_FIRST : undefined)
}

/** Arranges the panels: in the open view until it is saved again; where none is open, in the archive. */
export async function arrange(arrangement: Arrangement, open: SavedView | null): Promise<void> {
  if (open !== null) {
    setChangedPanels({ of: open.id, panels: arrangement })
    return
  }
  const queryKey = api.views.panels.queryKey({ input: {} })
  queryClient.setQueryData(queryKey, arrangement)
  try {
    await client.views.arrange(arrangement)
  } catch (error) {
    toast(sentence(error), { bad: true })
    await queryClient.invalidateQueries({ queryKey })
  }
}

/** What is seen, as a view that can be saved; undefined until it is known. */
export function useSeen(): Pick<ViewDraft, 'range' | 'filter' | 'unit' | 'panels'> | undefined {
  const { range, filter } = useView()
  const unit = useCountUnit()
  const panels = useArrangement()
  return panels === undefined ? undefined : { range, filter, unit, panels }
}

/** Whether what is seen differs from how the view is saved. */
export function isChanged(
  all: readonly string[],
  saved: SavedView,
  seen: Pick<ViewDraft, 'range' | 'filter' | 'unit' | 'panels'>,
): boolean {
  return (
    rangeText(saved.range) !== rangeText(seen.range) ||
    saved.filter !== seen.filter ||
    saved.unit !== seen.unit ||
    !sameArrangement(all, saved.panels, seen.panels)
  )
}

const listKey = () => api.views.list.queryKey({ input: {} })

/**
 * Saves a view and says so.
 * @throws what the engine refused, for the form to show
 */
export async function saveView(draft: ViewDraft): Promise<SavedView> {
  const saved = await client.views.save(draft)
  queryClient.setQueryData(listKey(), (views) => {
    if (views === undefined) return undefined
    return views.some(({ id }) => id === saved.id)
      ? views.map((view) => (view.id === saved.id ? saved : view))
      : [...views, saved]
  })
  return saved
}

/** Puts a view into the navigation, or takes it out; what is changed in it stays as it is. */
export async function pinView({ fault: _fault, ...view }: SavedView, pinned: boolean): Promise<void> {
  await attempt(saveView({ ...view, pinned }))
}

/** Puts the views into another order, here at once. */
export async function orderViews(views: readonly SavedView[]): Promise<void> {
  queryClient.setQueryData(listKey(), [...views])
  await attempt(client.views.order({ ids: views.map(({ id }) => id) }))
}

/** Removes a view; the message can bring it back. */
export async function removeView({ id, name }: SavedView): Promise<void> {
  await attempt(
    client.views.remove({ id }).then(() => {
      toast(t.views.removed(name), {
        action: { text: t.actions.undo, run: () => void attempt(client.views.restore({ id })) },
      })
    }),
  )
}

/** Says why something failed; either way the list is fetched again. */
async function attempt(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    toast(sentence(error), { bad: true })
  }
  await queryClient.invalidateQueries({ queryKey: listKey() })
}
