/** Alerts that tell channels from the command line alone, against a real server. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isSigned } from '../core/delivery/fixtures/receiver.ts'
import { run } from './commands/program.ts'

// Starts of Node on a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

let folder: string
let server: Server
let items: string[]
let status: number
let came: { path: string; headers: IncomingHttpHeaders; body: string }[]
let printed: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirewatch-alert-line-'))
  items = ['A pipeline opens']
  status = 204
  came = []
  printed = ''
  server = createServer((request, response) => {
    if (request.url === '/feed') {
      const all = items.map((title, i) => `<item><guid>${i}</guid><title>${title}</title></item>`).join('')
      response.setHeader('content-type', 'application/rss+xml')
      response.end(`<rss><channel><title>Harbour Post</title>${all}</channel></rss>`)
      return
    }
    let body = ''
    request.setEncoding('utf8').on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      came.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const file = (name: string): string => join(folder, name)
const url = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
/** Runs a command in this process: a start of Node for each would take longer than all the rest. */
async function wirewatch(...args: string[]): Promise<{ out: string; err: string; code: number }> {
  const ran = { out: '', err: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text, ...rest) => {
      ran[stream === 'stdout' ? 'out' : 'err'] += text
      const done = rest.find((argument) => typeof argument === 'function')
      if (done !== undefined) (done as () => void)()
      return true
    }),
  )
  try {
    const code = await run([...args, '--data-dir', join(folder, 'data')])
    printed += ran.out + ran.err
    return { ...ran, code }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('a refresh tells what came; what is not taken is left, with its id, for the next', async () => {
  writeFileSync(file('hook.txt'), `${url('/hook?key=s3cret')}\n`)
  const added = await wirewatch(
    'alerts',
    'add',
    'Pipes',
    'pipeline',
    '--webhook-file',
    file('hook.txt'),
    '--atom',
    folder,
    // Each story is told, whatever happening it is of.
    '--collapse',
    'none',
    '--json',
  )
  expect(added).toMatchObject({ code: 0, err: '' })
  const { channels } = JSON.parse(added.out)
  expect(channels).toEqual([
    { channel: 'webhook', place: new URL(url('/')).host, secret: expect.stringMatching(/^whsec_/) },
    { channel: 'atom', place: folder },
  ])

  expect(await wirewatch('add', url('/feed'))).toMatchObject({ code: 0, err: '' })
  expect(came).toHaveLength(1)
  const [first] = came as [(typeof came)[0]]
  expect(first.path).toBe('/hook?key=s3cret')
  expect(await isSigned(channels[0].secret, first.headers, first.body)).toBe(true)
  expect(JSON.parse(first.body)).toMatchObject({
    type: 'alert.notice',
    data: {
      alert: 'Pipes',
      hits: [
        {
          title: 'A pipeline opens',
          source: 'Harbour Post',
          evidence: [{ field: 'title', start: 2, end: 10 }],
        },
      ],
      more: 0,
    },
  })
  expect(readFileSync(join(folder, 'wirewatch-alert-1.atom'), 'utf8')).toContain(
    'A pipeline opens — Harbour Post',
  )

  status = 500
  items.push('A second pipeline')
  const failing = await wirewatch('refresh')
  expect(failing).toMatchObject({ code: 0, err: expect.stringMatching(/^1 message of alerts could not/m) })
  status = 204
  // It is due again a second later.
  await vi.waitFor(async () => expect(await wirewatch('refresh')).toMatchObject({ err: '' }), {
    timeout: 60_000,
    interval: 200,
  })
  const ids = came.map(({ headers }) => headers['webhook-id'])
  expect(ids.slice(1).every((id) => id === ids[1] && id !== ids[0])).toBe(true)

  const list = JSON.parse((await wirewatch('alerts', 'deliveries', '--json')).out)
  const told = list.filter(({ channel }: { channel: string }) => channel === 'webhook')
  expect(told.map(({ status: how, http, attempt }: Record<string, unknown>) => [how, http, attempt])).toEqual(
    [
      ['delivered', 204, 1],
      ...told.slice(1, -1).map((_: unknown, i: number) => ['failed', 500, i + 1]),
      ['delivered', 204, told.length - 1],
    ],
  )
  expect(told.length).toBeGreaterThan(2)
  expect(Object.keys(told[0])).toEqual(['id', 'alert', 'event', 'channel', 'at', 'status', 'http', 'attempt'])
  expect(told[0]).toMatchObject({ id: ids[0], alert: 'Pipes', event: expect.any(Number) })
  expect(list.map(({ at }: { at: string }) => at)).toEqual(list.map(({ at }: { at: string }) => at).sort())

  const tested = await wirewatch('alerts', 'test', 'Pipes')
  expect(tested).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^webhook 127\.0\.0\.1:\d+: 127\.0\.0\.1:\d+ took it \(204\)\.$/m),
  })
  expect(JSON.parse(came.at(-1)?.body ?? '').type).toBe('alert.test')
  status = 404
  expect(await wirewatch('alerts', 'test', 'Pipes', '--json')).toMatchObject({ code: 1 })
  expect(await wirewatch('alerts', 'test', 'Nobody')).toMatchObject({ code: 1, out: '' })

  expect(printed).not.toContain('s3cret')
  const secrets = join(folder, 'data', 'channel-secrets.json')
  if (process.platform !== 'win32') expect(statSync(secrets).mode & 0o777).toBe(0o600)
  for (const name of readdirSync(join(folder, 'data')))
    if (name !== 'channel-secrets.json')
      expect(readFileSync(join(folder, 'data', name)).includes('s3cret'), name).toBe(false)
})

test('an alert whose channel is refused is not added at all, and the address is not repeated', async () => {
  writeFileSync(file('hook.txt'), 'hooks.example/s3cret')
  const refused = await wirewatch(
    'alerts',
    'add',
    'Pipes',
    'pipeline',
    '--ntfy',
    'https://ntfy.example/t',
    '--slack',
    file('hook.txt'),
  )
  expect(refused).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^This is no address of the web/),
  })
  const missing = await wirewatch('alerts', 'add', 'Pipes', 'pipeline', '--slack', file('nowhere.txt'))
  expect(missing).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^The file .*nowhere\.txt cannot be read\.$/m),
  })
  expect((await wirewatch('alerts', 'list', '--json')).out).toBe('[]\n')
  expect(printed).not.toContain('s3cret')
  expect(
    existsSync(join(folder, 'data', 'channel-secrets.json'))
      ? readFileSync(join(folder, 'data', 'channel-secrets.json'), 'utf8')
      : '',
  ).not.toContain('ntfy.example')
})

test('an alert is edited with the flags of add: a channel takes the place of its kind, or goes', async () => {
  writeFileSync(file('one.txt'), url('/one?key=s3cret'))
  writeFileSync(file('two.txt'), url('/two?key=s3cret'))
  const json = async (...args: string[]) => {
    const { out, err, code } = await wirewatch(...args, '--json')
    expect({ err, code }).toEqual({ err: '', code: 0 })
    return JSON.parse(out)
  }
  await json('alerts', 'add', 'Pipes', 'pipeline', '--webhook-file', file('one.txt'), '--atom', folder)
  const edited = await json(
    ...[
      'alerts',
      'edit',
      'Pipes',
      '--name',
      'Tubes',
      '--webhook-file',
      file('two.txt'),
      '--remove-channel',
      'atom',
    ],
    ...['--count', '3', '--window', '1h', '--cap', '2', '--growth'],
  )
  expect(edited.channels).toEqual([
    { channel: 'webhook', place: new URL(url('/')).host, secret: expect.stringMatching(/^whsec_/) },
  ])
  const rule = { by: 'count', count: 3, of: 'events', windowMs: 3_600_000 }
  expect(edited).toMatchObject({
    name: 'Tubes',
    settings: { trigger: { rule }, capPerHour: 2, growth: true },
  })
  // A part of a trigger alone; what is left out stays.
  expect(
    (await json('alerts', 'edit', 'Tubes', '--window', '2h', '--cap', 'none', '--no-growth')).settings,
  ).toMatchObject({ trigger: { rule: { ...rule, windowMs: 7_200_000 } }, capPerHour: null, growth: false })
  await wirewatch('alerts', 'test', 'Tubes')
  expect(came.map(({ path }) => path)).toEqual(['/two?key=s3cret'])

  // What fails leaves all as it was.
  for (const [args, code, message] of [
    [['edit', 'Tubes', '--query', 'oil AND', '--webhook-file', file('one.txt')], 2, /At character/],
    [['edit', 'Tubes', '--remove-channel', 'slack'], 2, /^--remove-channel: the alert has no channel slack/],
    [['edit', 'Tubes', '--at', '07:00', '--count', '2'], 2, /^--count says nothing of the trigger digest/],
    [['edit', 'Nobody', '--cap', '1'], 1, /^There is no alert “Nobody”/],
  ] as const) {
    const ran = await wirewatch('alerts', ...args)
    expect(ran, args.join(' ')).toMatchObject({ code, out: '', err: expect.stringMatching(message) })
  }
  await wirewatch('alerts', 'test', 'Tubes')
  expect(came.map(({ path }) => path)).toEqual(['/two?key=s3cret', '/two?key=s3cret'])
  expect(printed).not.toContain('s3cret')
})

test('back-test, why, export and import: the shapes of their JSON and their exit codes', async () => {
  const lines = ['A pipeline opens', 'The second pipeline', 'Weather'].map((title, n) =>
    JSON.stringify({
      id: `${n}`,
      source: 'Post',
      title,
      text: 'No more.',
      published: `2025-05-0${3 - n}T12:00:00Z`,
    }),
  )
  writeFileSync(file('stories.jsonl'), `${lines.join('\n')}\n`)
  expect(await wirewatch('import', file('stories.jsonl'))).toMatchObject({ code: 0 })
  const all = await wirewatch('alerts', 'backtest', 'pipeline', '--collapse', 'none', '--json')
  const evidence = [{ field: 'title', start: 11, end: 19 }]
  expect(JSON.parse(all.out)).toEqual({
    hits: 2,
    notices: 2,
    days: [
      { day: '2025-05-02', hits: 1, notices: 1 },
      { day: '2025-05-03', hits: 1, notices: 1 },
    ],
    newest: [
      {
        id: 3,
        title: 'A pipeline opens',
        published: '2025-05-03T12:00:00.000Z',
        evidence: [{ field: 'title', start: 2, end: 10 }],
      },
      { id: 2, title: 'The second pipeline', published: '2025-05-02T12:00:00.000Z', evidence },
    ],
  })
  const one = await wirewatch('alerts', 'backtest', 'pipeline', '--range', '2025-05-02', '--json')
  expect(JSON.parse(one.out)).toMatchObject({ hits: 1, days: [{ day: '2025-05-02' }] })

  await wirewatch('alerts', 'add', 'Pipes', 'pipeline')
  const why = async (...args: string[]) => await wirewatch('alerts', 'why', ...args, '--json')
  const steps = ['query', 'horizon', 'collapse', 'cooldown', 'quiet', 'cap', 'channel']
  const told = await why('Pipes', '2')
  expect(told.code).toBe(0)
  expect(JSON.parse(told.out)).toEqual({
    alert: 'Pipes',
    story: 2,
    fired: false,
    steps: steps.map((step, i) => ({ step, passed: i === 0 ? false : null, words: expect.any(String) })),
    evidence,
  })
  for (const [args, code] of [
    [['why', 'Nobody', '2'], 1],
    [['why', 'Pipes', '99'], 1],
    [['why', 'Pipes', '99999999999'], 1],
    [['why', 'Pipes', 'two'], 2],
    [['backtest', 'oil AND'], 2],
    [['backtest'], 2],
    [['backtest', 'oil', '--alert', 'Pipes'], 2],
    [['backtest', '--alert', 'Nobody'], 1],
    [['backtest', 'oil', '--range', 'soon'], 2],
    [['export', '--alert', 'Nobody'], 1],
    [['import', file('nowhere.json')], 2],
  ] as const)
    expect({ args, code: (await wirewatch('alerts', ...args)).code }).toEqual({ args, code })

  const exported = await wirewatch('alerts', 'export')
  writeFileSync(file('alerts.json'), exported.out)
  expect(JSON.parse((await wirewatch('alerts', 'import', file('alerts.json'), '--json')).out)).toEqual([
    { id: 2, name: 'Pipes (2)', channels: 0 },
  ])
  for (const [text, message] of [
    [
      '{"wirewatch":"alerts",\n"version":1,\n"alerts":[}',
      /^This is no JSON: Unexpected token '\}'.*Nothing was imported/s,
    ],
    [exported.out.replace('"growth": false', '"growth": 3'), /^alerts\.0\.settings\.growth: /],
    [exported.out.replace('"query": "pipeline"', '"query": "oil AND"'), /^alerts\.0\.query, of “Pipes”: /],
    [exported.out.replace('"note"', '"hits"'), /^alerts\.0: .*hits/],
  ] as const) {
    writeFileSync(file('alerts.json'), text)
    const refused = await wirewatch('alerts', 'import', file('alerts.json'))
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) })
  }
  expect(JSON.parse((await wirewatch('alerts', 'list', '--json')).out)).toHaveLength(2)
})
