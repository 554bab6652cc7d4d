import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { isSigned } from './fixtures/receiver.ts'
import { services } from './services/index.ts'
import { newSigningSecret, readSigningSecret, signedHeaders } from './signing.ts'

test('a signature is that of the reference libraries', () => {
  // Their own tests have this one.
  expect(
    signedHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330_999,
      '{"test": 2432232314}',
    ),
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('a receiver accepts whatever is signed, and not what was changed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array({ minLength: 24, maxLength: 64 }),
      async (title, key) => {
        const secret = readSigningSecret(Buffer.from(key).toString('base64'))
        const hit = { story: 1, title, link: '', source: '', published: null, evidence: [] }
        const notice = { alert: title, trigger: 'each', priority: 3, event: null, hits: [hit], more: 0 }
        const { body, headers } = services.webhook.call(
          { address: 'https://a.example/', secret },
          { id: 'msg_a1', at: 0, now: 5000, words: '', notice, content: 'link', isTest: false },
        )
        expect(JSON.parse(body)).toEqual({
          type: 'alert.notice',
          timestamp: '1970-01-01T00:00:00.000Z',
          data: JSON.parse(JSON.stringify(notice)),
        })
        expect(await isSigned(secret, headers, body)).toBe(true)
        expect(await isSigned(secret, headers, `${body} `)).toBe(false)
        expect(await isSigned(secret, { ...headers, 'webhook-timestamp': '6' }, body)).toBe(false)
        expect(await isSigned(newSigningSecret(), headers, body)).toBe(false)
      },
    ),
  )
})

test('a new secret can be read, and no two are the same', () => {
  const secret = newSigningSecret()
  expect(readSigningSecret(` ${secret}\n`)).toBe(secret)
  expect(newSigningSecret()).not.toBe(secret)
})

test.each([
  '',
  'whsec_',
  'whsec_c2hvcnQ=',
  'whsec_not base64 at all, but long enough',
  `whsec_${'QUJD'.repeat(22)}`,
])('no secret: %s', (typed) => {
  expect(() => readSigningSecret(typed)).toThrow(Problem)
})
