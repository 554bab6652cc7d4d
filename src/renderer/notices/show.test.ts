import { expect, test } from 'vitest'
import type { Notice } from '../../api/contract/alerts.ts'
import { pathOf, type Screen, showWaiting } from './show.ts'

const notice = (id: number, more = 0): Notice => ({
  id,
  alert: { id: 3, name: 'Ships' },
  story: { id: 12, title: 'A ship' },
  more,
  alerts: 1,
})

/** A window on an engine in which these notices wait, and what became of them. */
function setUp(waiting: Notice[], over: Partial<Screen> = {}) {
  const done: string[] = []
  const source = {
    takeNotices: () => Promise.resolve(waiting.splice(0)),
    acknowledge: ({ ids }: { ids: number[] }) => {
      done.push(`acknowledged ${ids}`)
      return Promise.resolve({})
    },
  }
  const screen: Screen = {
    mayNotify: () => false,
    isVisible: () => true,
    isInbox: () => false,
    notify: ({ id }) => done.push(`notified ${id}`),
    toast: ({ id }) => done.push(`toast ${id}`),
    ...over,
  }
  return { done, waiting, run: () => showWaiting(source, screen) }
}

test('what waits is shown within the page, and acknowledged after', async () => {
  const { done, run } = setUp([notice(7), notice(9)])
  await run()
  await run()
  expect(done).toEqual(['toast 7', 'toast 9', 'acknowledged 7,9'])
})

test('where the person allowed it the browser notifies, also from a window behind', async () => {
  const { done, run } = setUp([notice(7)], { mayNotify: () => true, isVisible: () => false })
  await run()
  expect(done).toEqual(['notified 7', 'acknowledged 7'])
})

test('a window that nobody sees takes nothing', async () => {
  const { done, run, waiting } = setUp([notice(7)], { isVisible: () => false })
  await run()
  expect([done, waiting.length]).toEqual([[], 1])
})

test('where the browser allows notifications but cannot show them, the page does', async () => {
  const { done, run } = setUp([notice(7)], {
    mayNotify: () => true,
    notify() {
      throw new TypeError('Illegal constructor')
    },
  })
  await run()
  expect(done).toEqual(['toast 7', 'acknowledged 7'])
})

test('an open inbox shows the hits by itself, but one behind does not', async () => {
  const seen = setUp([notice(7)], { isInbox: () => true })
  await seen.run()
  expect(seen.done).toEqual(['acknowledged 7'])
  const behind = setUp([notice(7)], { isInbox: () => true, isVisible: () => false, mayNotify: () => true })
  await behind.run()
  expect(behind.done).toEqual(['notified 7', 'acknowledged 7'])
})

test('one hit leads to its story in the inbox, several to their alert’s, those of several alerts to all', () => {
  expect([notice(7), notice(7, 2), { ...notice(7, 2), alerts: 2 }].map(pathOf)).toEqual([
    '/alerts/12?alert=3',
    '/alerts?alert=3',
    '/alerts',
  ])
})
