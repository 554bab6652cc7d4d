/** What a request leaves behind when it is done: nothing. */
import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { linkedSignal, untilAborted } from '../signals.ts'
import { createFetch } from './fetch.ts'

const CASES = ['answers', 'refuses', 'breaks off', 'redirects', 'is not there'] as const

test.each(CASES)('a server that %s: no signal of the engine or of a job keeps the request', async (which) => {
  const server = createServer((request, response) => {
    if (which === 'refuses') response.writeHead(500).end('no')
    else if (which === 'breaks off')
      response.writeHead(200, { 'Content-Length': '99' }).write('a', () => response.destroy())
    else if (which === 'redirects' && request.url === '/feed')
      response.writeHead(302, { Location: '/there' }).end()
    else response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end('<rss/>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  if (which === 'is not there') await new Promise((resolve) => server.close(resolve))
  // All signals that exist: those that something derives from others stay with them for ever.
  const derived = vi.spyOn(AbortSignal, 'any')
  const signals: AbortSignal[] = []
  const listen = vi.spyOn(AbortSignal.prototype, 'addEventListener').mockImplementation(function (
    this: AbortSignal,
    ...listener: Parameters<AbortSignal['addEventListener']>
  ) {
    signals.push(this)
    return EventTarget.prototype.addEventListener.apply(this, listener)
  })
  const job = new AbortController()
  const { fetch, close } = createFetch()
  const request = {
    url: `http://127.0.0.1:${port}/feed`,
    etag: '',
    lastModified: '',
    secret: '',
    manual: true,
  }
  try {
    for (let n = 0; n < 5; n++) await fetch(request, job.signal).catch(() => undefined)
    expect(derived).not.toHaveBeenCalled()
    expect(getEventListeners(job.signal, 'abort')).toEqual([])
    // The engine's own signal is the one that every request listened to beside its job's.
    const shared = signals.filter((signal, at) => signals.indexOf(signal) !== at)
    expect(shared.length).toBeGreaterThan(0)
    for (const signal of new Set(
      shared.filter((signal) => signals.filter((one) => one === signal).length >= 5),
    ))
      expect(getEventListeners(signal, 'abort')).toEqual([])
  } finally {
    derived.mockRestore()
    listen.mockRestore()
    await close()
    server.closeAllConnections()
    server.close()
  }
})

test('a linked signal aborts with any of the others, with its reason, and lets go of them when released', () => {
  const engine = new AbortController()
  const job = new AbortController()
  const first = linkedSignal(engine.signal, undefined, job.signal)
  const second = linkedSignal(engine.signal)
  first.release()
  expect(getEventListeners(job.signal, 'abort')).toEqual([])
  job.abort('too late')
  expect(first.signal.aborted).toBe(false)
  engine.abort('closing')
  expect([second.signal.aborted, second.signal.reason]).toEqual([true, 'closing'])
  expect(linkedSignal(job.signal).signal.reason).toBe('too late')
})

test('work is waited for until it is done or the signal aborts, and leaves no listener', async () => {
  const engine = new AbortController()
  for (let n = 0; n < 3; n++) expect(await untilAborted(Promise.resolve(n), engine.signal)).toBe(n)
  await expect(untilAborted(Promise.reject(new Error('no')), engine.signal)).rejects.toThrow('no')
  expect(getEventListeners(engine.signal, 'abort')).toEqual([])
  const never = untilAborted(new Promise(() => undefined), engine.signal)
  engine.abort(new Error('closing'))
  await expect(never).rejects.toThrow('closing')
  await expect(untilAborted(new Promise(() => undefined), engine.signal)).rejects.toThrow('closing')
})
