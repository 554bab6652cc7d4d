import { expect, test } from 'vitest'
import type { HitState, HitView } from '../../../api/contract/inbox.ts'
import {
  arrivals,
  joined,
  type ListedGroup,
  type ListedPage,
  patched,
  reversed,
  withArrivals,
} from './hitPages.ts'

/** A group of an event whose hits are of alert 1, on stories 10 × its event and following. */
function group(event: number, hits: number, at: number, unseen = hits): ListedGroup {
  const stories = Array.from({ length: hits }, (_, i) => event * 10 + i)
  return {
    event: { id: event, stories: hits, sources: 1, blocs: [], silent: [] },
    lead: {
      alert: { id: 1, name: 'A' },
      state: 'new',
      until: null,
      starred: false,
      story: { id: event * 10 },
    } as unknown as ListedGroup['lead'],
    hits,
    unseen,
    copies: 0,
    alerts: [{ id: 1, name: 'A' }],
    refs: [{ alert: 1, stories }],
    at,
  }
}
const page = (...groups: ListedGroup[]): ListedPage[] => [{ groups, next: null }]
const standing = (state: HitState) => ({ state, until: null, starred: false })
const change = (stories: number[], was: HitState, is: HitState) => [
  { alert: 1, stories, was: standing(was), is: standing(is) },
]
const shown = (pages: readonly ListedPage[]) =>
  pages.flatMap(({ groups }) =>
    groups.flatMap((one) => (one.hidden === true ? [] : [[one.lead.state, one.unseen]])),
  )

test('what was dismissed leaves every view but its own; what was seen stays where it is; undo shows all again', () => {
  const before = page(group(1, 2, 5), group(2, 1, 4))
  const dismissed = change([10, 11], 'new', 'dismissed')
  const after = patched(before, dismissed, 'new')
  expect(shown(after)).toEqual([['new', 1]])
  expect(shown(patched(after, reversed(dismissed), 'new'))).toEqual(shown(before))
  const seen = change([10, 11], 'new', 'seen')
  expect(shown(patched(before, seen, 'new'))).toEqual([
    ['seen', 0],
    ['new', 1],
  ])
  const stays: [HitView, HitState, boolean][] = [
    ['all', 'snoozed', true],
    ['new', 'snoozed', false],
    ['starred', 'dismissed', true],
    ['dismissed', 'dismissed', true],
    ['dismissed', 'seen', false],
    ['snoozed', 'new', false],
  ]
  for (const [view, is, stay] of stays)
    expect(shown(patched(page(group(2, 1, 4)), change([20], 'new', is), view)).length, `${view} ${is}`).toBe(
      stay ? 1 : 0,
    )
})

test('a part of a group that is dismissed leaves the others', () => {
  const after = patched(page(group(1, 3, 5)), change([11], 'new', 'dismissed'), 'new')
  expect(shown(after)).toEqual([['new', 2]])
})

test('what arrives comes to the top; an event that grew leaves its old place', () => {
  const pages = page(group(1, 1, 5), group(2, 1, 4), group(3, 1, 3))
  const fresh = [group(4, 1, 9), group(2, 3, 8), group(1, 1, 5)]
  expect(arrivals(pages, fresh, true).map(({ event }) => event?.id)).toEqual([4, 2])
  expect(withArrivals(pages, fresh, true)[0]?.groups.map(({ event }) => event?.id)).toEqual([4, 2, 1, 3])
  // Older than what the first page holds: it stands on a page that is not loaded.
  expect(arrivals(pages, [group(9, 1, 1)], true)).toEqual([])
})

test('a selection names each hit once', () => {
  expect(
    joined([
      [{ alert: 1, stories: [1, 2] }],
      [
        { alert: 1, stories: [2, 3] },
        { alert: 2, stories: [1] },
      ],
    ]),
  ).toEqual([
    { alert: 1, stories: [1, 2, 3] },
    { alert: 2, stories: [1] },
  ])
})
