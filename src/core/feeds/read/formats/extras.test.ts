import { expect, test } from 'vitest'
import type { FeedItem } from '../../feed.ts'
import { readFeed } from '../parse.ts'

const NAMESPACES =
  'xmlns:m="http://search.yahoo.com/mrss/" xmlns:a="http://www.w3.org/2005/Atom" xmlns:g="http://www.georss.org/georss" ' +
  'xmlns:gml="http://www.opengis.net/gml" xmlns:w="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:t="http://purl.org/syndication/thread/1.0"'

function only(text: string): FeedItem {
  return readFeed(Buffer.from(text), { contentType: '', base: 'https://feed.example/rss/all' }).items[0]!
}
const item = (inner: string): FeedItem =>
  only(`<rss ${NAMESPACES}><channel><item>${inner}</item></channel></rss>`)

test('files that go with an item, each once, by absolute address', () => {
  const { attachments } = item(
    '<enclosure url="/a.mp3" type="Audio/MPEG" length="1200"/>' +
      '<m:group><m:content url="https://cdn.example/b.mp4" medium="video" fileSize="5"/><m:thumbnail url="https://cdn.example/b.jpg"/></m:group>' +
      '<m:content url="https://feed.example/a.mp3"><m:thumbnail url="//cdn.example/a.jpg"/></m:content>' +
      '<a:link rel="enclosure" href="c.pdf" type="application/pdf"/><enclosure url="javascript:x"/><enclosure/>',
  )
  expect(attachments).toEqual([
    { url: 'https://feed.example/a.mp3', type: 'audio/mpeg', bytes: 1200 },
    { url: 'https://cdn.example/b.mp4', type: 'video', bytes: 5 },
    { url: 'https://cdn.example/b.jpg', type: 'image', bytes: null },
    { url: 'https://cdn.example/a.jpg', type: 'image', bytes: null },
    { url: 'https://feed.example/rss/c.pdf', type: 'application/pdf', bytes: null },
  ])
})

test('in Atom and JSON Feed too', () => {
  const atom = only(
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="enclosure" href="https://a.example/x.mp3" length="no"/></entry></feed>',
  )
  expect(atom.attachments).toEqual([{ url: 'https://a.example/x.mp3', type: '', bytes: null }])
  const json = only(
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","image":"/i.png","attachments":[{"url":"https://a.example/p.mp3","mime_type":"audio/mpeg","size_in_bytes":9},{},7]}]}',
  )
  expect(json.attachments).toEqual([
    { url: 'https://a.example/p.mp3', type: 'audio/mpeg', bytes: 9 },
    { url: 'https://feed.example/i.png', type: 'image', bytes: null },
  ])
})

test.each([
  ['<g:point>45.256 -71.92</g:point>', 45.256, -71.92],
  ['<g:point>45.256, -71.92</g:point>', 45.256, -71.92],
  ['<g:where><gml:Point><gml:pos> 1 2 </gml:pos></gml:Point></g:where>', 1, 2],
  ['<w:Point><w:lat>-3.5</w:lat><w:long>4</w:long></w:Point>', -3.5, 4],
  ['<w:long>4</w:long><w:lat>-3.5</w:lat>', -3.5, 4],
])('a place: %s', (inner, latitude, longitude) => {
  expect(item(inner).place).toEqual({ latitude, longitude })
})

test.each([
  '<g:point>north</g:point>',
  '<g:point>91 0</g:point>',
  '<g:point>1 2 3</g:point>',
  '<w:lat>1</w:lat>',
])('no place: %s', (inner) => expect(item(inner)).not.toHaveProperty('place'))

test('what an item answers', () => {
  expect(item('<t:in-reply-to ref="tag:a,2025:1" href="/story/1"/>').inReplyTo).toBe(
    'https://feed.example/story/1',
  )
  expect(item('<t:in-reply-to ref="tag:a,2025:1"/>').inReplyTo).toBe('tag:a,2025:1')
})

test('an item without any of these has none of the members', () => {
  const members = new Set(Object.keys(item('<title>t</title>')))
  expect(['attachments', 'place', 'inReplyTo'].filter((name) => members.has(name))).toEqual([])
})
