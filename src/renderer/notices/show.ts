import type { Notice } from '../../api/contract/alerts.ts'

/** How a window can show something to the person. */
export interface Screen {
  /** True where the person allowed notifications of the browser: they are seen whatever else is in front. */
  readonly mayNotify: () => boolean
  readonly isVisible: () => boolean
  /** True where the inbox is open: it shows new hits by itself. */
  readonly isInbox: () => boolean
  /** @throws where the browser allows it and still cannot */
  readonly notify: (notice: Notice) => unknown
  readonly toast: (notice: Notice) => void
}

/** Where notices come from, and where it is said that they were shown. */
export interface NoticeSource {
  readonly takeNotices: (input: Record<string, never>) => Promise<Notice[]>
  readonly acknowledge: (input: { ids: number[] }) => Promise<unknown>
}

/**
 * Takes what waits to be shown and shows it: as a notification of the browser where that is allowed, else within the page.
 * A window that nobody sees leaves it to others, or to itself for when it is seen again.
 */
export async function showWaiting(source: NoticeSource, screen: Screen): Promise<void> {
  if (!screen.mayNotify() && !screen.isVisible()) return
  const notices = await source.takeNotices({})
  if (notices.length === 0) return
  for (const notice of notices) await show(notice, screen)
  await source.acknowledge({ ids: notices.map(({ id }) => id) })
}

async function show(notice: Notice, { mayNotify, isVisible, isInbox, notify, toast }: Screen): Promise<void> {
  if (isInbox() && isVisible()) return
  if (mayNotify())
    try {
      await notify(notice)
      return
    } catch {
      // The system may refuse what the browser allows.
    }
  toast(notice)
}

/** The page's address that shows what a notice is about. */
export function pathOf({ alert, story, more, alerts }: Notice): string {
  if (alerts > 1) return '/alerts'
  return more === 0 ? `/alerts/${story.id}?alert=${alert.id}` : `/alerts?alert=${alert.id}`
}
