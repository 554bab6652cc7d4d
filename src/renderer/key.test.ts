import { beforeEach, expect, test } from 'vitest'
import { type KeyPlace, withKey } from './key.ts'

/** The engine of a launch: it takes one key, and notes what it was sent. */
let valid = 'this-launch'
let sent: (string | null)[] = []
const engine = async (request: Request): Promise<Response> => {
  const authorization = request.headers.get('Authorization')
  sent.push(authorization)
  return new Response(null, { status: authorization === `Bearer ${valid}` ? 200 : 401 })
}
const call = (): Request => new Request('http://127.0.0.1:1/rpc/app/info', { method: 'POST', body: '{}' })

/** A window at an address, with the storage that all windows of the origin share. */
function windowAt(address: string, storage: Map<string, string>): KeyPlace & { address: string } {
  const { hash, pathname, search } = new URL(address, 'http://127.0.0.1:1')
  const place = {
    address,
    location: { hash, pathname, search },
    history: {
      state: null,
      replaceState: (_state: unknown, _unused: '', url: string) => {
        place.address = url
      },
    },
    localStorage: {
      getItem: (name: string) => storage.get(name) ?? null,
      setItem: (name: string, value: string) => void storage.set(name, value),
    },
  }
  return place
}

beforeEach(() => {
  valid = 'this-launch'
  sent = []
})

test('the key leaves the address before anything is asked, and a bookmark, a reload and a second window have it', async () => {
  const storage = new Map<string, string>()
  const first = windowAt('/stories?q=china#key=this-launch', storage)
  const send = withKey(first, engine)
  expect(first.address).toBe('/stories?q=china')
  expect((await send(call())).status).toBe(200)
  for (const bookmark of ['/stories/7', '/stories?q=china', '/#elsewhere'])
    expect((await withKey(windowAt(bookmark, storage), engine)(call())).status).toBe(200)
  expect(new Set(sent)).toEqual(new Set(['Bearer this-launch']))
})

test('a window without a key is refused, and is let in once another window has the key of the launch', async () => {
  const storage = new Map<string, string>()
  const early = withKey(windowAt('/', storage), engine)
  expect((await early(call())).status).toBe(401)
  expect(sent).toEqual([null])
  await withKey(windowAt('/#key=this-launch', storage), engine)(call())
  expect((await early(call())).status).toBe(200)
  // The next launch has another key: the old one opens nothing, the new one is taken up by all windows.
  valid = 'next-launch'
  expect((await early(call())).status).toBe(401)
  await withKey(windowAt('/#key=next-launch', storage), engine)(call())
  expect((await early(call())).status).toBe(200)
})

test('a key that somebody made up does not take the place of the one that works', async () => {
  const storage = new Map<string, string>()
  await withKey(windowAt('/#key=this-launch', storage), engine)(call())
  const lured = windowAt('/#key=made-up', storage)
  const send = withKey(lured, engine)
  expect(lured.address).toBe('/')
  const answers = await Promise.all([send(call()), send(call())])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await withKey(windowAt('/', storage), engine)(call())).status).toBe(200)
})

test('a browser that keeps nothing has the key for as long as the window lives', async () => {
  const refusing = (): never => {
    throw new Error('The storage is closed.')
  }
  const place = {
    ...windowAt('/#key=this-launch', new Map()),
    localStorage: { getItem: refusing, setItem: refusing },
  }
  const send = withKey(place, engine)
  expect((await send(call())).status).toBe(200)
  expect((await send(call())).status).toBe(200)
})
