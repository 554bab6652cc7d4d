import { expect, test } from 'vitest'
import type { Reading } from '../events/clusters/traits.ts'
import type { StoryRecord } from '../store/stories.ts'
import { createReadAhead } from './readAhead.ts'

const story = (id: number, text = `text ${id}`): StoryRecord =>
  ({ id, title: '', summary: '', text, lang: 'en' }) as StoryRecord
const readingOf = (text: string): Reading => ({ language: text, terms: new Uint32Array() })

/** An archive of so many stories, and what was asked of the thread. */
function archive(count: number) {
  const asked: number[] = []
  const waiting = (after: number, limit: number): StoryRecord[] =>
    Array.from({ length: Math.max(0, Math.min(limit, count - after)) }, (_, i) => story(after + i + 1))
  const read = async (texts: readonly { text: string }[]): Promise<readonly Reading[] | null> => {
    asked.push(texts.length)
    return texts.map(({ text }) => readingOf(text))
  }
  return { asked, waiting, read }
}

test('each story is read once, the next while those before have their turn', async () => {
  const { asked, waiting, read } = archive(500)
  const ahead = createReadAhead(waiting, read, () => true)
  for (let after = 0; after < 500; after++) {
    await ahead.ready(after)
    if (after === 0) expect(asked).toEqual([192, 192])
    expect(ahead.of(story(after + 1))).toEqual(readingOf(`text ${after + 1}`))
    expect(ahead.isWaiting(after + 1)).toBe([192, 384, 500].includes(after + 1))
  }
  await ahead.ready(500)
  expect(ahead.of(story(501))).toBeUndefined()
  expect(asked).toEqual([192, 192, 116])
})

test('a story whose text has changed since is read in place', async () => {
  const { waiting, read } = archive(3)
  const ahead = createReadAhead(waiting, read, () => true)
  await ahead.ready(0)
  expect(ahead.of(story(2, 'another'))).toBeUndefined()
  expect(ahead.of({ ...story(2), lang: 'de' })).toBeUndefined()
  expect(ahead.of(story(2))).toEqual(readingOf('text 2'))
})

test('nothing waits for a thread that is not there, fails, or has other work', async () => {
  const { waiting } = archive(3)
  const failing = [async () => null, () => Promise.reject(new Error('no memory'))]
  for (const read of failing) {
    const ahead = createReadAhead(waiting, read, () => true)
    await ahead.ready(0)
    expect([ahead.of(story(1)), ahead.isWaiting(0)]).toEqual([undefined, false])
  }
  let isOn = false
  const { asked, read } = archive(3)
  const ahead = createReadAhead(waiting, read, () => isOn)
  await ahead.ready(0)
  expect([asked, ahead.isWaiting(0)]).toEqual([[], false])
  isOn = true
  await ahead.ready(0)
  expect(asked).toEqual([3])
})
