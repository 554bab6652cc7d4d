import { afterEach, expect, test, vi } from 'vitest'
import { fromHere } from './fromHere.ts'

afterEach(() => vi.unstubAllGlobals())

test('what is done goes on from the page that it began on, and from no other', () => {
  const location = { href: 'http://a.example/alerts/new' }
  vi.stubGlobal('window', { location })
  const went: string[] = []
  const goOn = fromHere((to) => went.push(to))
  location.href = 'http://a.example/sources'
  expect(goOn('/alerts/1')).toBe(false)
  expect(went).toEqual([])
  location.href = 'http://a.example/alerts/new'
  expect(goOn('/alerts/1')).toBe(true)
  expect(went).toEqual(['/alerts/1'])
})
