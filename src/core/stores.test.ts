import { expect } from 'vitest'
import { test, URL_A } from './fixtures/desk.ts'
import { countedIn, recountedIn } from './store/fixtures/recount.ts'

test('an archive that is opened in another time zone counts by the days of that zone', async ({
  desk,
  wirewatch,
  feeds,
}) => {
  // One minute after midnight in Berlin, and still the day before in UTC.
  feeds.set(URL_A, [{ id: '1', title: 'Gas deal', published: 'Thu, 08 May 2025 22:01:00 GMT' }])
  await wirewatch.sources.add({ url: URL_A })
  expect(countedIn(desk.folder)).toEqual(recountedIn(desk.folder, 7200))
  expect(countedIn(desk.folder)).not.toEqual(recountedIn(desk.folder))
  await desk.reopen({ timeZone: 'UTC' })
  expect(countedIn(desk.folder)).toEqual(recountedIn(desk.folder))
})
