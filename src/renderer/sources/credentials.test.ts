import { expect, test } from 'vitest'
import { withCredentialsOf } from './credentials.ts'

test('a feed found at an address with a name and password is added with them', () => {
  const with_ = (found: string): string => withCredentialsOf(' https://me:pa%20ss@a.example/news ', found)
  expect(with_('https://a.example/feed')).toBe('https://me:pa%20ss@a.example/feed')
  expect(withCredentialsOf('feed:http://me:x@a.example', 'https://a.example/feed')).toBe(
    'https://me:x@a.example/feed',
  )
})

test('they go to no other server, and not in the open where they were given for https', () => {
  for (const found of ['https://b.example/feed', 'https://a.example:8443/feed', 'http://a.example/feed'])
    expect(withCredentialsOf('https://me:x@a.example/', found)).toBe(found)
  expect(withCredentialsOf('a.example', 'https://a.example/feed')).toBe('https://a.example/feed')
  expect(withCredentialsOf('@me@a.example', 'https://a.example/@me.rss')).toBe('https://a.example/@me.rss')
})
