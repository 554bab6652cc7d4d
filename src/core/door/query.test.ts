import { expect } from 'vitest'
import { test, URL_A } from '../fixtures/desk.ts'

test('a check names operators and values that nobody has, each with a repair that is clean', async ({
  wirewatch,
  feeds,
}) => {
  feeds.set(URL_A, [{ id: '1', title: 'Oil', text: '' }])
  await wirewatch.sources.add({ url: URL_A, title: 'The Quay', language: 'en' })
  for (const [text, repair] of [
    ['oil and gas', 'oil AND gas'],
    ['oil w/5 gas', 'oil NEAR/5 gas'],
    ['theme:rusia-china oil', 'theme:russia-china oil'],
    ['source:"the quai"', 'source:"The Quay"'],
    ['lang:english', 'lang:en'],
  ] as const) {
    const { warnings, error } = wirewatch.query.check(text, 'search')
    expect(error).toBeUndefined()
    expect(warnings.map((warning) => warning.repair)).toEqual([repair])
    expect(wirewatch.query.check(repair, 'search').warnings).toEqual([])
  }
  for (const text of ['theme:russia-china', 'source:"the quay"', 'lang:en', 'bloc:EU oil'])
    expect(wirewatch.query.check(text, 'search').error).toBeUndefined()
  const nope = wirewatch.query.check('theme:nope', 'search').warnings[0]
  expect(nope?.message).toMatch(/^There is no theme “nope”\. The nearest is theme:/)
  expect(wirewatch.query.check('oil near/5 gas', 'alert').warnings[0]?.repair).toBe('oil NEAR/5 gas')
  expect(wirewatch.query.check('oil near/5 gas', 'theme').warnings[0]?.repair).toBe('oil NEAR/5 gas')
})
