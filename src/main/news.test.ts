import { expect, test } from 'vitest'
import { newsOf } from './news.ts'

const hit = (alert: number, story: number) => ({
  alert: { id: alert, name: `Alert ${alert}` },
  story: { id: story, title: `Story ${story}` },
})

test('one hit is told with its story, and leads to it', () => {
  expect(newsOf([hit(3, 12)])).toEqual([
    { tag: 'alert-3', title: 'Alert 3', body: 'Story 12', path: '/stories?story=12' },
  ])
})

test('many hits of an alert are one piece of news, about the newest; each alert has its own', () => {
  expect(newsOf([hit(3, 14), hit(4, 14), hit(3, 13), hit(3, 12)])).toEqual([
    { tag: 'alert-3', title: 'Alert 3', body: 'Story 14\nand 2 more', path: '/alerts' },
    { tag: 'alert-4', title: 'Alert 4', body: 'Story 14', path: '/stories?story=14' },
  ])
  expect(newsOf([])).toEqual([])
})
