import { expect, test } from 'vitest'
import { createRoom } from './room.ts'

const { signal } = new AbortController()
/** The names of those who are let in, in their order. */
function visitors(size: number) {
  const room = createRoom(size)
  const inside: string[] = []
  return {
    inside,
    enter: async (name: string, bytes: number, by = signal) => {
      const leave = await room.enter(bytes, by)
      inside.push(name)
      return leave
    },
  }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('who fits goes in, who does not waits, and those who come later wait behind', async () => {
  const { inside, enter } = visitors(10)
  const leave = await enter('a', 6)
  void enter('b', 5)
  void enter('c', 1)
  await turn()
  expect(inside).toEqual(['a'])
  leave()
  await turn()
  expect(inside).toEqual(['a', 'b', 'c'])
})

test('who is larger than the room waits until all of it is free', async () => {
  const { inside, enter } = visitors(10)
  const leave = await enter('a', 1)
  void enter('large', 50)
  await turn()
  expect(inside).toEqual(['a'])
  leave()
  await turn()
  expect(inside).toEqual(['a', 'large'])
})

test('who leaves twice gives back once; who gives up waiting lets the next in', async () => {
  const { inside, enter } = visitors(10)
  const leave = await enter('a', 6)
  const giving = new AbortController()
  const gone = enter('large', 10, giving.signal).catch((reason: unknown) => reason)
  void enter('b', 4)
  await turn()
  expect(inside).toEqual(['a'])
  giving.abort('enough')
  expect(await gone).toBe('enough')
  await turn()
  expect(inside).toEqual(['a', 'b'])
  leave()
  leave()
  void enter('c', 6)
  void enter('d', 1)
  await turn()
  expect(inside).toEqual(['a', 'b', 'c'])
})
