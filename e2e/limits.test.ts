import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('in plain Node a thread over its limit ends alone, and the charsets of feeds are all read (electron.spec.ts asks Electron)', async () => {
  const child = fork(join(import.meta.dirname, 'fixtures', 'limits.js'))
  const [report] = await once(child, 'message')
  expect(report).toEqual({
    charsets: ['gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'shift_jis', 'windows-1251', 'koi8-r'],
    ended: 'ERR_WORKER_OUT_OF_MEMORY',
  })
})
