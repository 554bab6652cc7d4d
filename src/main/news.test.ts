import { expect, test } from 'vitest'
import { newsOf } from './news.ts'

const message = (more: number) => ({
  id: 7,
  alert: { id: 3, name: 'Alert 3' },
  story: { id: 12, title: 'Story 12' },
  more,
})

test('one hit is shown with its story, and leads to it', () => {
  expect(newsOf(message(0))).toEqual({
    tag: 'alert-3',
    title: 'Alert 3',
    body: 'Story 12',
    path: '/stories?story=12',
  })
})

test('many hits of an alert are one piece of news, about the newest', () => {
  expect(newsOf(message(2))).toEqual({
    tag: 'alert-3',
    title: 'Alert 3',
    body: 'Story 12\nand 2 more',
    path: '/alerts',
  })
})
