/** The command line as it is run: docs/command-line.md against the program, and the program against a running engine. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Command } from 'commander'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { acquire } from '../core/lock.ts'
import { openEngine } from '../engine/openEngine.ts'
import { createProgram, run as runCommand } from './commands/program.ts'
import { connect } from './connect.ts'

// Starts of Node on a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

const root = join(import.meta.dirname, '..', '..')
const cli = join(root, 'src', 'cli', 'cli.ts')
const manual = readFileSync(join(root, 'docs', 'command-line.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-line-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Run {
  out: string
  err: string
  code: number | null
}
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env })
    const done: Run = { out: '', err: '', code: null }
    child.stdout.setEncoding('utf8').on('data', (text) => (done.out += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (done.err += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...done, code }))
  })
}
const wirewatch = (...args: string[]): Promise<Run> => run(process.execPath, [cli, ...args])

/** Sections of the manual by the name of their command: "alerts add". */
const sections = new Map(
  manual
    .split(/^## /m)
    .slice(1)
    .map((section) => [/^[a-z ]*[a-z]/.exec(section)?.[0] ?? '', section]),
)
const commands = (program: Command, above = ''): [string, Command][] =>
  program.commands.flatMap((command) =>
    command.commands.length > 0
      ? commands(command, `${above}${command.name()} `)
      : [[above + command.name(), command] as [string, Command]],
  )

test('every command and option is in the manual, and nothing else is', () => {
  const all = commands(createProgram())
  for (const [name, command] of all) {
    const section = sections.get(name)
    expect(section, `docs/command-line.md has no section "${name}"`).toBeDefined()
    for (const { long } of command.options) expect(section, `${name} ${long}`).toContain(long)
    for (const [option] of section?.matchAll(/(?<=^- .*`)--[a-z-]+(?= <|`)/gm) ?? [])
      expect(
        command.options.map(({ long }) => long),
        `${name} has no ${option}`,
      ).toContain(option)
    for (const argument of command.registeredArguments)
      expect(section?.split('\n')[0], name).toContain(argument.name().toUpperCase())
    expect(command.description(), name).not.toBe('')
  }
  const named = [...sections.keys()].filter((name) => /^[a-z]/.test(name))
  expect(named.sort()).toEqual(all.map(([name]) => name).sort())
})

/** Under "$ command": output; "! " standard error, "? " the exit code; "…" at the end of a line stands for any rest. */
interface Example {
  command: string
  out: string[]
  err: string[]
  code: number
}
const examples: Example[] = []
for (const [, block = ''] of manual.matchAll(/```console\n(.*?)```/gs))
  for (const line of block.trimEnd().split('\n')) {
    const last = examples.at(-1) as Example
    if (line.startsWith('$ ')) examples.push({ command: line.slice(2), out: [], err: [], code: 0 })
    else if (line.startsWith('! ')) last.err.push(line.slice(2))
    else if (line.startsWith('? ')) last.code = Number(line.slice(2))
    else last.out.push(line)
  }

/** Each expected line as far as it goes; where the last one says only "…", more may follow. */
function same(text: string, expected: readonly string[]): boolean {
  const lines = text.split('\n').slice(0, -1)
  const open = expected.at(-1)?.endsWith('…') === true
  return (
    (open ? lines.length >= expected.length : lines.length === expected.length) &&
    expected.every((line, n) =>
      line.endsWith('…') ? lines[n]?.startsWith(line.slice(0, -1)) : lines[n] === line,
    )
  )
}

/** Runs an example in this process: a start of Node for each would take longer than all the rest. */
async function inProcess(command: string): Promise<Run> {
  const [program, ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '')
  expect(program, command).toBe('wirewatch')
  const ran: Run = { out: '', err: '', code: null }
  const catching = (stream: NodeJS.WriteStream, into: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text, ...rest) => {
      ran[into] += text
      const done = rest.find((argument) => typeof argument === 'function')
      if (done !== undefined) (done as () => void)()
      return true
    })
  const spies = [catching(process.stdout, 'out'), catching(process.stderr, 'err')]
  try {
    ran.code = await runCommand(args)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return ran
}

// The data folder of the examples is where XDG_DATA_HOME says, on Linux.
test.skipIf(process.platform !== 'linux')('the examples of the manual do what it says', async () => {
  for (const [, name = '', text = ''] of manual.matchAll(/`([a-z]+\.[a-z]+)`:\n\n```\w+\n(.*?)```/gs))
    writeFileSync(join(folder, name), text)
  vi.stubEnv('XDG_DATA_HOME', join(folder, 'home'))
  vi.stubEnv('TZ', 'UTC')
  const from = process.cwd()
  process.chdir(folder)
  onTestFinished(() => {
    process.chdir(from)
    vi.unstubAllEnvs()
  })
  expect(examples.length).toBeGreaterThan(10)
  for (const { command, out, err, code } of examples) {
    const ran = await inProcess(command)
    expect(same(ran.out, out), `${command} printed\n${ran.out}${ran.err}`).toBe(true)
    expect(same(ran.err, err), `${command} said\n${ran.err}`).toBe(true)
    expect(ran.code, command).toBe(code)
  }
})

test('--help is no failure, wrong usage is 2 and says what is wrong on standard error', async () => {
  const [help, none, wrong, limit] = await Promise.all([
    wirewatch('--help'),
    wirewatch(),
    wirewatch('serch', 'x'),
    wirewatch('search', 'x', '--limit', 'many'),
  ])
  expect(help).toMatchObject({ code: 0, err: '' })
  for (const [name] of commands(createProgram())) expect(help.out).toContain(`  ${name.split(' ')[0]}`)
  expect(none).toMatchObject({ code: 2, out: '' })
  expect(wrong).toMatchObject({ code: 2, out: '' })
  expect(wrong.err).toContain('search')
  expect(limit.err).toContain('It takes a number of stories, not "many".')
})

test('a reader that has seen enough ends the command quietly', async () => {
  const lines = Array.from({ length: 40_000 }, (_, id) => JSON.stringify({ id, title: 'port' })).join('\n')
  writeFileSync(join(folder, 'many.jsonl'), lines)
  writeFileSync(join(folder, 'one.jsonl'), '{"id":1,"query":"port"}')
  const child = spawn(process.execPath, [cli, 'match', '--queries', 'one.jsonl', '--stories', 'many.jsonl'], {
    cwd: folder,
  })
  let err = ''
  child.stderr.on('data', (text) => (err += text))
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

test('a damaged archive: each bad line is named, every good one is kept, and a repaired file adds the rest', async () => {
  const dataDir = join(folder, 'damaged')
  const file = join(folder, 'damaged.jsonl.gz')
  const story = (i: number): string =>
    JSON.stringify({
      id: `s${i}`,
      title: `Harbour report ${i}`,
      text: randomBytes(200).toString('hex'),
      date: '2025-05-06',
    })
  const lines = Array.from({ length: 400 }, (_, i) => story(i))
  lines[1] = '{"text": "half a li'
  lines[3] = '{"text":"No day is named."}'
  const whole = gzipSync(`${lines.join('\n')}\n`)
  writeFileSync(file, whole.subarray(0, whole.length / 2))

  const first = await wirewatch('import', file, '--json', '--data-dir', dataDir)
  expect(first.code).toBe(2)
  expect(first.err).toMatch(/damaged\.jsonl\.gz, line 2: This is not JSON/)
  expect(first.err).toMatch(/line 4: The story says neither "published" nor "date"\./)
  const broken =
    /line (\d+): The compressed data breaks off after this place \(.*\); what follows cannot be read\./
  const at = Number(broken.exec(first.err)?.[1])
  const { added } = JSON.parse(first.out)
  // Every line before the break is in, but for the two.
  expect([added, JSON.parse(first.out).refused]).toEqual([at - 3, 3])
  expect(added).toBeGreaterThan(100)

  lines[1] = story(1)
  lines[3] = story(3)
  writeFileSync(file, gzipSync(lines.join('\n')))
  const second = await wirewatch('import', file, '--json', '--data-dir', dataDir)
  expect(second).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(second.out)).toMatchObject({ added: 400 - added, unchanged: added, refused: 0 })
})

test('a list of feeds that is gzip is read, and refused in a sentence where it is damaged', async () => {
  const dataDir = join(folder, 'packed')
  const opml = `<opml><body>${'<outline text="A paper" xmlUrl="http://127.0.0.1:9/feed"/>\n'.repeat(300)}</body></opml>`
  const file = join(folder, 'feeds.opml.gz')
  const whole = gzipSync(opml)
  writeFileSync(file, whole)
  const read = await wirewatch('import', file, '--json', '--data-dir', dataDir)
  expect(JSON.parse(read.out)).toMatchObject({ added: 1, duplicate: 299, refused: 0 })
  writeFileSync(file, whole.subarray(0, whole.length - 12))
  const damaged = await wirewatch('import', file, '--data-dir', dataDir)
  expect(damaged).toMatchObject({ code: 2, out: '' })
  expect(damaged.err).toMatch(/feeds\.opml\.gz is compressed \(gzip\) and damaged\..*Nothing was imported\./)
})

test('a list of addresses or a table of them is read like OPML, packed or not', async () => {
  const dataDir = join(folder, 'addresses')
  const list = join(folder, 'feeds.txt.gz')
  writeFileSync(list, gzipSync('# mine\r\nhttp://127.0.0.1:9/a\r\n127.0.0.1.nip.example/b\r\nnot one\r\n'))
  const read = await wirewatch('import', list, '--json', '--data-dir', dataDir)
  expect(JSON.parse(read.out)).toMatchObject({ added: 2, duplicate: 0, refused: 1 })
  expect(read.err).toMatch(/feeds\.txt\.gz, line 4: “not one” is not a web address\./)
  const table = join(folder, 'feeds.csv')
  writeFileSync(table, 'Name;Adresse\nA;http://127.0.0.1:9/a\nC;http://127.0.0.1:9/c\n')
  const second = await wirewatch('import', table, '--json', '--data-dir', dataDir)
  expect(JSON.parse(second.out)).toMatchObject({ added: 1, duplicate: 1, refused: 0 })
})

test.each([
  ['empty.jsonl', Buffer.alloc(0), /empty\.jsonl, line 1: .*the file is empty\.$/m],
  [
    'wide.jsonl',
    Buffer.from('\ufeff{"text":"a","date":"2025-05-01"}\n', 'utf16le'),
    /wide\.jsonl is UTF-16\. Save it as UTF-8/,
  ],
  ['picture.png', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /picture\.png, line 1: .*no text\.$/m],
])(
  '%s is no list and no archive: one sentence says so, and it is no success',
  async (name, bytes, sentence) => {
    const file = join(folder, name)
    writeFileSync(file, bytes)
    const read = await wirewatch('import', file, '--data-dir', join(folder, 'refused'))
    expect(read.code).not.toBe(0)
    expect(read.err).toMatch(sentence)
  },
)

test('a list of feeds is read in the charset that it declares, also one that Node does not read', async () => {
  const dataDir = join(folder, 'charset')
  const file = join(folder, 'feeds-16.opml')
  const opml =
    '<?xml version="1.0" encoding="iso-8859-16"?><opml><body><outline text="Ziarul \u0219i \u021bara" xmlUrl="http://127.0.0.1:9/feed"/></body></opml>'
  writeFileSync(file, Buffer.from(opml.replace('\u0219', '\xba').replace('\u021b', '\xfe'), 'latin1'))
  const read = await wirewatch('import', file, '--json', '--data-dir', dataDir)
  expect(JSON.parse(read.out)).toMatchObject({ added: 1 })
  const listed = await wirewatch('sources', '--json', '--data-dir', dataDir)
  expect(listed.out).toContain('Ziarul \u0219i \u021bara')
})

test('an address with a password is read from a file, goes with the request, and is shown nowhere', async () => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    response.end(
      '<rss version="2.0"><channel><title>Paper</title><item><title>One</title></item></channel></rss>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const file = join(folder, 'address')
  writeFileSync(file, `http://reader:s3cret@127.0.0.1:${(server.address() as AddressInfo).port}/feed\n`)
  const data = ['--data-dir', join(folder, 'secret')]
  const added = await wirewatch('add', '--url-file', file, ...data)
  expect(added).toEqual({ code: 0, err: '', out: 'Added source 1, “Paper”: 1 story.\n' })
  expect(asked).toEqual([`Basic ${Buffer.from('reader:s3cret').toString('base64')}`])
  for (const wrong of [[], ['--url-file', file, 'https://a.example/'], ['--url-file', `${file}.not`]]) {
    const refused = await wirewatch('add', ...wrong, ...data)
    expect(refused.code).not.toBe(0)
    expect(refused.err).toMatch(/Name one address|cannot be read\./)
  }
})

test('stats says how many of the stories are copies', async () => {
  const dataDir = join(folder, 'copies')
  const file = join(folder, 'copies.jsonl')
  const text =
    'Two dozen monkeys escaped when a truck overturned near Heidelberg, the sheriff of the county said.'
  const lines = ['Harbour Post', 'Strait Review', 'Lantern'].map((source, i) =>
    JSON.stringify({ id: `${i}`, title: 'Monkeys escape', text, source, date: '2025-05-01' }),
  )
  writeFileSync(file, lines.join('\n'))
  expect(await wirewatch('import', file, '--data-dir', dataDir)).toMatchObject({ code: 0 })
  const stats = await wirewatch('stats', '--data-dir', dataDir)
  expect(stats.out).toMatch(/^Stories +3, 2 of them copies, newest 2025-05-01/)
})

test('a data folder without a name is refused, not the folder that one stands in', async () => {
  const stats = await wirewatch('stats', '--data-dir', '')
  expect(stats).toMatchObject({ code: 2, out: '' })
  expect(stats.err).toMatch(/'--data-dir <folder>'.* It names no folder\./)
})

test('a running engine answers the commands; one that cannot be talked to is named', async () => {
  const dataDir = join(folder, 'held')
  const engine = await openEngine({
    dataDir,
    sample: false,
    shell: 'the browser shell',
    page: () => Promise.resolve(false),
    port: 0,
    log: () => undefined,
  })
  try {
    const added = await wirewatch('alerts', 'add', 'Harbour', 'port', '--json', '--data-dir', dataDir)
    expect(added).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(added.out)).toMatchObject({ id: 1, name: 'Harbour', query: 'port', lastHit: null })
    const { client, own, close } = await connect(dataDir)
    expect(own).toBeNull()
    expect((await client.alerts.list({})).map(({ name }) => name)).toEqual(['Harbour'])
    await close()
    // What a forged engine.json says is told in a sentence; one that leads elsewhere is not followed.
    const written = readFileSync(join(dataDir, 'engine.json'), 'utf8')
    for (const [forged, told] of [
      [{ address: 'http://127.0.0.1:1' }, /does not answer at the address that stands in its engine\.json/],
      [{ token: 'x' }, /does not accept the key that stands in its engine\.json/],
    ] as const) {
      writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ ...JSON.parse(written), ...forged }))
      const stats = await wirewatch('stats', '--data-dir', dataDir)
      expect(stats).toMatchObject({ code: 1, out: '' })
      expect(stats.err).toMatch(told)
      expect(stats.err.trim().split('\n')).toHaveLength(1)
    }
    for (const address of [
      'http://evil.example',
      'http://127.0.0.1:1@evil.example',
      'https://127.0.0.1:1',
      'http://127.0.0.1:99999',
      7,
    ]) {
      writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ ...JSON.parse(written), address }))
      await expect(connect(dataDir, { patience: 0 })).rejects.toThrow('is in use by another Wirewatch')
    }
    for (const token of ['a\r\nb: c', '中', '']) {
      writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ ...JSON.parse(written), token }))
      await expect(connect(dataDir, { patience: 0 })).rejects.toThrow('is in use by another Wirewatch')
    }
    const stranger = createServer((_, response) => response.end('<p>A printer'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
    writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ ...JSON.parse(written), address }))
    const strange = await wirewatch('stats', '--data-dir', dataDir)
    stranger.close()
    expect(strange.err).toMatch(/does not answer at the address that stands in its engine\.json/)
    writeFileSync(join(dataDir, 'engine.json'), written)
    writeFileSync(join(folder, 'archive.jsonl'), '{"text":"The port reopened.","date":"2025-05-06"}')
    const refused = await wirewatch('import', 'archive.jsonl', '--data-dir', dataDir)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain(`in use by the browser shell (process ${process.pid})`)
    expect(refused.err).toMatch(/Ctrl-C where it was started.*then import again\. Nothing was imported\./)
  } finally {
    await engine.close()
  }
  const lock = acquire(dataDir, { shell: 'the desktop app' })
  try {
    await expect(connect(dataDir, { patience: 0 })).rejects.toThrow(
      `is in use by the desktop app (process ${process.pid})`,
    )
  } finally {
    lock.release()
  }
  const { client, close } = await connect(dataDir)
  expect((await client.alerts.list({})).length).toBe(1)
  await close()
})
