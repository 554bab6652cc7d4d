import { expect, test } from 'vitest'
import { free } from './free.ts'

test('what is freed is empty, and takes nothing with it that stands in the same buffer', () => {
  const whole = new Uint8Array(1000)
  free(whole)
  expect(whole).toHaveLength(0)
  expect(whole.buffer.detached).toBe(true)
  free(whole)
  const beside = new Uint8Array(1000).fill(7)
  free(beside.subarray(0, 500))
  expect(beside).toHaveLength(1000)
  free(new Uint8Array(new SharedArrayBuffer(8)))
})
