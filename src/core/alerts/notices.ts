import type { WaitingNotice } from '../store/notices.ts'

/** One thing to tell a person: an alert's newest story, and how many more there are. */
export interface Message {
  /** The same whenever it is told again. */
  readonly id: number
  readonly alert: { readonly id: number; readonly name: string }
  readonly story: { readonly id: number; readonly title: string }
  readonly more: number
  /** How many alerts it speaks of: more than one where it tells what was missed. */
  readonly alerts: number
}

/** Where every alert tells its notices beside the inbox: a notification on the person's screen. */
export const DESKTOP = 'desktop'
export const CHANNELS: readonly string[] = [DESKTOP]

/**
 * Makes one message of the notices of each alert that wait together, about the newest; and one of all that were missed.
 * @param waiting oldest first
 * @param missed what came before this moment, epoch ms, was missed: nobody was there to be told
 * @returns each message with the ids of its notices
 */
export function messagesOf(
  waiting: readonly WaitingNotice[],
  missed: number,
): { message: Message; ids: number[] }[] {
  const groups = Map.groupBy(waiting, ({ alertId, at }) => (at < missed ? 'missed' : alertId))
  return [...groups.values()].flatMap((together) => {
    const newest = together.at(-1)
    if (newest === undefined) return []
    const { id, alertId, alertName, storyId, storyTitle } = newest
    const message: Message = {
      id,
      alert: { id: alertId, name: alertName },
      story: { id: storyId, title: storyTitle },
      more: together.reduce((sum, { hits }) => sum + hits, 0) - 1,
      alerts: new Set(together.map((one) => one.alertId)).size,
    }
    return [{ message, ids: together.map((one) => one.id) }]
  })
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const RETRIES_MS = [SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR]

/**
 * How long to wait after a failed attempt.
 * @param attempt its number, from 1
 * @returns ms; null: it is given up
 */
export const retryAfter = (attempt: number): number | null => RETRIES_MS[attempt - 1] ?? null
