import { expect, test } from 'vitest'
import { newsOf } from './news.ts'

const message = (more: number, alerts = 1) => ({
  id: 7,
  alert: { id: 3, name: 'Alert 3' },
  story: { id: 12, title: 'Story 12' },
  more,
  alerts,
})

test('one hit is shown with its story, and leads to it', () => {
  expect(newsOf(message(0))).toEqual({
    tag: 'alert-3',
    title: 'Alert 3',
    body: 'Story 12',
    path: '/alerts/12?alert=3',
    alert: 3,
    story: 12,
  })
})

test('many hits of an alert are one piece of news, about the newest', () => {
  expect(newsOf(message(2))).toEqual({
    tag: 'alert-3',
    title: 'Alert 3',
    body: 'Story 12\nand 2 more',
    path: '/alerts?alert=3',
    alert: 3,
    story: null,
  })
})

test('what was missed of several alerts is one piece of news', () => {
  expect(newsOf(message(11, 3))).toEqual({
    tag: 'missed',
    title: '3 alerts',
    body: '12 hits while you were away',
    path: '/alerts',
    alert: null,
    story: null,
  })
})
