import { createRouterClient, isDefinedError, safe } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWirewatch, type Wirewatch } from '../../core/wirewatch.ts'
import { contract } from '../contract/index.ts'
import { createRouter } from './index.ts'

let wirewatch: Wirewatch
beforeEach(() => {
  wirewatch = openWirewatch({ dataDir: ':memory:', fetch: () => Promise.reject(new Error('no network')) })
})
afterEach(() => wirewatch.close())
const client = () => createRouterClient(createRouter(wirewatch))

test('every procedure of the contract is answered', () => {
  const paths = (part: object, path = ''): string[] =>
    Object.entries(part).flatMap(([name, value]) =>
      '~orpc' in value ? [`${path}${name}`] : paths(value, `${path}${name}.`),
    )
  expect(paths(createRouter(wirewatch)).sort()).toEqual(paths(contract).sort())
  expect(paths(contract).length).toBeGreaterThan(40)
})

test('a query that cannot be read is a typed error with its place and repair', async () => {
  const { error } = await safe(client().stories.list({ query: 'oil AND (gas', limit: 10 }))
  expect(isDefinedError(error) && error.code === 'QUERY' && error).toMatchObject({
    message: 'This bracket is never closed.',
    data: { at: { start: 8, end: 9 }, repair: 'oil AND (gas)' },
  })
})

test('what is not there, is taken or cannot be fetched has its own code and sentence', async () => {
  const missing = await safe(client().stories.get({ id: 99 }))
  expect(isDefinedError(missing.error) && missing.error.code).toBe('NOT_FOUND')
  await client().alerts.save({ name: 'Oil', query: 'oil', enabled: true })
  const taken = await safe(client().alerts.save({ name: 'oil', query: 'gas', enabled: true }))
  expect(isDefinedError(taken.error) && taken.error).toMatchObject({
    code: 'CONFLICT',
    message: 'There is an alert “Oil” already: choose another name.',
  })
  const unread = await safe(client().sources.add({ url: 'https://a.example/feed' }))
  expect(isDefinedError(unread.error) && unread.error.code).toBe('FETCH')
})

test('answers hold to the contract on an empty archive', async () => {
  const all = client()
  await all.app.info({})
  for (const range of [{ kind: 'visit' }, { kind: 'last', hours: 24 * 366 }] as const) {
    await all.navigation.counts({ range })
    for (const panel of Object.keys(contract.dashboard) as (keyof typeof contract.dashboard)[])
      await all.dashboard[panel]({ range })
  }
  await all.themes.list({})
  await all.themes.concepts({})
  await all.sources.starter({})
  await all.query.check({ query: 'a OR', use: 'search' })
  await all.query.complete({ query: '@ru', caret: 3 })
  await all.stories.histogram({ query: '' })
  expect(await all.stories.list({ query: '', limit: 10 })).toEqual({ rows: [], next: null })
})

test('the event stream opens with hello and ends with its signal', async () => {
  const stop = new AbortController()
  const seen: string[] = []
  for await (const change of await client().changes({}, { signal: stop.signal })) {
    seen.push(change.type)
    if (change.type === 'hello') await client().app.markVisit({})
    else stop.abort()
  }
  expect(seen).toEqual(['hello', 'settings'])
})
