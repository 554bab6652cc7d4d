import { expect, test } from 'vitest'
import { createChanges } from './changes.ts'

test('a stream that nobody reads any more ends, and holds nothing for ever', async () => {
  const changes = createChanges()
  const stream = changes.stream()
  expect((await stream.next()).value).toEqual({ type: 'hello' })
  for (let n = 0; n < 50_000; n++) changes.emit({ type: 'themes' })
  expect(await stream.next()).toEqual({ done: true, value: undefined })
  // Whoever opens it anew follows again.
  const again = changes.stream()
  await again.next()
  changes.emit({ type: 'searches' })
  expect((await again.next()).value).toEqual({ type: 'searches' })
  changes.close()
})
