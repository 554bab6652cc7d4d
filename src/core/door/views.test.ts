import { expect } from 'vitest'
import type { ViewDraft } from '../../api/contract/views.ts'
import { test } from '../fixtures/desk.ts'

const draft: ViewDraft = {
  name: 'Morning, EU desk',
  range: { kind: 'last', hours: 24 },
  filter: 'bloc:EU -kind:wire',
  unit: 'events',
  panels: { order: ['above'], hidden: ['hits'] },
  pinned: true,
}

test('a view is kept with all that it shows, stands last, and is changed in its place', ({ wirewatch }) => {
  const { views } = wirewatch
  const first = views.save(draft)
  const second = views.save({ ...draft, name: 'Moscow', filter: '' })
  expect(views.list()).toEqual([
    { ...draft, id: first.id, fault: null },
    { ...draft, id: second.id, name: 'Moscow', filter: '', fault: null },
  ])
  views.save({ ...draft, id: first.id, name: '  Evening ', range: { kind: 'visit' }, unit: 'stories' })
  expect(views.list().map(({ name, unit }) => [name, unit])).toEqual([
    ['Evening', 'stories'],
    ['Moscow', 'events'],
  ])
  views.order([second.id])
  expect(views.list().map(({ name }) => name)).toEqual(['Moscow', 'Evening'])
})

test('no name, a name that is taken and a filter that cannot be read are refused with a sentence', ({
  wirewatch,
}) => {
  const { views } = wirewatch
  const { id } = views.save(draft)
  expect(() => views.save({ ...draft, name: ' ' })).toThrow('A view needs a name.')
  expect(() => views.save({ ...draft, name: 'morning, eu desk' })).toThrow(
    'There is a view “Morning, EU desk” already: choose another name.',
  )
  expect(() => views.save({ ...draft, name: 'Gas', filter: 'oil AND (gas' })).toThrow(
    'This bracket is never closed.',
  )
  expect(() => views.save({ ...draft, id: 99, name: 'Gone' })).toThrow('This view is no longer there.')
  expect(views.save({ ...draft, id }).id).toBe(id)
  expect(views.list()).toHaveLength(1)
})

test('a view whose filter can no longer be read says why, and can still be renamed', ({ wirewatch }) => {
  const { views, themes } = wirewatch
  themes.saveConcept({ label: 'Quay', type: 'place', forms: ['quay'], except: [], asOf: '', notes: '' })
  const view = views.save({ ...draft, filter: '@quay' })
  expect(view.fault).toBeNull()
  themes.removeConcept('quay')
  expect(views.list()[0]?.fault).toMatch(/quay/)
  expect(views.save({ ...view, name: 'Quay' })).toMatchObject({ name: 'Quay', fault: expect.any(String) })
})

test('what was removed comes back with its id and its place, unless its name was taken', ({ wirewatch }) => {
  const { views } = wirewatch
  const { id } = views.save(draft)
  views.save({ ...draft, name: 'Moscow' })
  views.remove(id)
  expect(views.list().map(({ name }) => name)).toEqual(['Moscow'])
  expect(views.restore(id)).toMatchObject({ ...draft, id })
  expect(views.list().map(({ name }) => name)).toEqual(['Morning, EU desk', 'Moscow'])
  expect(() => views.restore(id)).toThrow('This view can no longer be brought back.')
  views.remove(id)
  views.save(draft)
  expect(() => views.restore(id)).toThrow('already')
})

test('what is noted at days is kept by day, and is there when the archive is opened again', async ({
  desk,
}) => {
  const { wirewatch } = desk
  expect(wirewatch.views.annotations()).toEqual([])
  const kept = wirewatch.views.annotate([
    { day: '2025-05-09', text: 'Victory Day' },
    { day: '2025-04-02', text: 'Tariffs' },
  ])
  expect(kept.map(({ day }) => day)).toEqual(['2025-04-02', '2025-05-09'])
  const again = await desk.reopen()
  expect(again.views.annotations()).toEqual(kept)
  expect(again.views.annotate([])).toEqual([])
})
