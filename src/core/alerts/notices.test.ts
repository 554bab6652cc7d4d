import { expect, test } from 'vitest'
import type { WaitingNotice } from '../store/notices.ts'
import { messagesOf, retryAfter } from './notices.ts'

const notice = (id: number, alert: number, story: number, hits: number): WaitingNotice => ({
  id,
  alertId: alert,
  alertName: `Alert ${alert}`,
  storyId: story,
  storyTitle: `Story ${story}`,
  hits,
  at: 100,
  seen: 0,
  attempts: 0,
})

test('one notice is told with its story', () => {
  expect(messagesOf([notice(7, 3, 12, 1)], 100)).toEqual([
    {
      message: {
        id: 7,
        alert: { id: 3, name: 'Alert 3' },
        story: { id: 12, title: 'Story 12' },
        more: 0,
        alerts: 1,
      },
      ids: [7],
    },
  ])
})

test('notices of an alert that wait together are told as one, about the newest; each alert has its own', () => {
  const messages = messagesOf(
    [notice(7, 3, 12, 1), notice(8, 4, 14, 1), notice(9, 3, 14, 2), notice(10, 4, 13, 1)],
    100,
  )
  expect(messages.map(({ message, ids }) => [message.id, message.story.id, message.more, ids])).toEqual([
    [9, 14, 2, [7, 9]],
    [10, 13, 1, [8, 10]],
  ])
  expect(messagesOf([], 100)).toEqual([])
})

test('what was missed of all alerts is told as one, beside what is new', () => {
  const old = [notice(7, 3, 12, 1), notice(8, 4, 14, 5)].map((one) => ({ ...one, at: 99 }))
  expect(
    messagesOf([...old, notice(9, 3, 15, 1)], 100).map(({ message, ids }) => [
      message.alerts,
      message.more,
      ids,
    ]),
  ).toEqual([
    [2, 5, [7, 8]],
    [1, 0, [9]],
  ])
})

test('failed attempts wait longer and longer, and end', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(retryAfter)
  expect(waits.slice(0, 7)).toEqual([1000, 10_000, 60_000, 600_000, 3_600_000, 21_600_000, 86_400_000])
  expect(waits[7]).toBeNull()
})
