import { expect } from 'vitest'
import { test, URL_A } from '../fixtures/desk.ts'

test('an edited theme re-tags the archive, and a removed one takes its tags along until it is restored', async ({
  wirewatch,
  feeds,
  idle,
  titles,
  count,
}) => {
  feeds.set(URL_A, [
    { id: '1', title: 'Walrus seen in harbour' },
    { id: '2', title: 'Taiwan president speaks to China' },
  ])
  await wirewatch.sources.add({ url: URL_A })
  // The first look ends after half a second, which on a slow machine is before the end.
  const preview = await wirewatch.themes.preview(
    {
      name: 'Walruses',
      description: '',
      group: 'conflict',
      query: 'walrus*',
      threshold: 0,
      colour: 3,
      enabled: true,
    },
    { thorough: true },
  )
  expect(preview).toMatchObject({ matches: 1, whole: true, examined: 2 })
  const { theme, job } = wirewatch.themes.save({
    name: 'Walruses',
    description: '',
    group: 'conflict',
    query: 'walrus*',
    threshold: 0,
    colour: 3,
    enabled: true,
  })
  await wirewatch.finished(job?.id ?? 0)
  expect(titles(`theme:${theme.id}`)).toEqual(['Walrus seen in harbour'])
  wirewatch.themes.remove(theme.id)
  await idle()
  expect(count(`theme:${theme.id}`)).toBe(0)
  await wirewatch.finished(wirewatch.themes.restore(theme.id).job?.id ?? 0)
  expect(count(`theme:${theme.id}`)).toBe(1)
})
