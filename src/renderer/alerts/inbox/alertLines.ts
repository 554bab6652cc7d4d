import type { InboxAlert } from '../../../api/contract/inbox.ts'

/** A line of the list of alerts: a folder, or an alert. */
export type AlertLine =
  | {
      readonly kind: 'folder'
      /** '' for alerts that stand in none. */
      readonly folder: string
      readonly alerts: readonly InboxAlert[]
      readonly unseen: number
      readonly days: readonly number[]
      readonly open: boolean
    }
  | { readonly kind: 'alert'; readonly alert: InboxAlert; readonly inFolder: boolean }

/**
 * The alerts by folder; those in none come last, and without a line of their own where there are no folders.
 * @param closed folders that are folded
 * @param wanted a part of the name of an alert or a folder; '' for all
 */
export function alertLines(
  alerts: readonly InboxAlert[],
  closed: ReadonlySet<string>,
  wanted: string,
): AlertLine[] {
  const part = wanted.trim().toLocaleLowerCase()
  const found =
    part === ''
      ? alerts
      : alerts.filter(({ name, folder }) => `${name}\n${folder}`.toLocaleLowerCase().includes(part))
  const folders = [...Map.groupBy(found, ({ folder }) => folder)].sort(([a], [b]) =>
    a === '' ? 1 : b === '' ? -1 : a.localeCompare(b),
  )
  const isFlat = folders.every(([folder]) => folder === '')
  return folders.flatMap(([folder, mine]): AlertLine[] => {
    const lines = mine.map((alert): AlertLine => ({ kind: 'alert', alert, inFolder: !isFlat }))
    if (isFlat) return lines
    // What was looked for shows, wherever it stands.
    const open = part !== '' || !closed.has(folder)
    const head: AlertLine = {
      kind: 'folder',
      folder,
      alerts: mine,
      unseen: mine.reduce((sum, { hits }) => sum + hits.new, 0),
      days: mine[0]?.days.map((_, day) => mine.reduce((sum, { days }) => sum + (days[day] ?? 0), 0)) ?? [],
      open,
    }
    return open ? [head, ...lines] : [head]
  })
}

/** Hits a day from which on an alert is noisy. */
const NOISY = 20

/** True if an alert has so many hits that its query had better say more. */
export const isNoisy = ({ days }: Pick<InboxAlert, 'days'>): boolean =>
  days.reduce((sum, n) => sum + n, 0) > NOISY * days.length
