import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'

let project: string
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(project, file)), { recursive: true })
  writeFileSync(join(project, file), text)
}
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-preflight-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  project = join(folder, 'Ana & Co (press)')
  write('package.json', '{ "type": "module", "devDependencies": { "@a/tool": "1.0.0", "other": "1.0.0" } }')
  mkdirSync(join(project, 'src', 'launch'), { recursive: true })
  for (const file of ['preflight.js', 'engineProcess.json'])
    copyFileSync(join(import.meta.dirname, file), join(project, 'src', 'launch', file))
})

/** What the program prints of its arguments. */
const run = (...args: string[]): { out: string; errors: string; code: number | null } => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(project, 'src', 'launch', 'preflight.js'), ...args],
    { cwd: project, encoding: 'utf8' },
  )
  return { out: stdout.trim(), errors: stderr.trim(), code: status }
}

test('a package’s program is run whatever the project’s path, and gets its arguments as they are', () => {
  write('node_modules/other/package.json', '{ "bin": "cli.js" }')
  write('node_modules/@a/tool/package.json', '{ "bin": { "build-it": "./bin/build.js" } }')
  write('node_modules/@a/tool/bin/build.js', 'console.log(JSON.stringify(process.argv.slice(2)))')
  const args = ['--out', 'C:\\Program Files\\x', 'a "b" c', '%PATH%', '']
  expect(run('build-it', ...args)).toEqual({ out: JSON.stringify(args), errors: '', code: 0 })
})

test('a program that no package has is said in a sentence', () => {
  expect(run('bild-it')).toEqual({
    out: '',
    errors: 'No package of the project has a program "bild-it". Run "npm ci" first.',
    code: 1,
  })
})

test('the engine is started so that it holds little memory; other programs are not', () => {
  const print = 'console.log(JSON.stringify([process.execArgv, process.env.MALLOC_ARENA_MAX ?? null]))'
  write('start.ts', print)
  write('other.ts', print)
  expect(JSON.parse(run('start.ts').out)).toEqual([
    ['--max-semi-space-size=8', '--heap-growing-percent=50'],
    '2',
  ])
  expect(JSON.parse(run('other.ts').out)).toEqual([[], null])
})

test('no shell stands between the project and a program', () => {
  const root = join(import.meta.dirname, '..', '..')
  const files = ['.ci', 'e2e', 'packaging', 'bench', 'src/launch', 'src/main', 'src/cli']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, String(name))),
    )
    .filter((file) => /\.[jt]s$/.test(file) && !/preflight\.test\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(60)
  // What would run a command line: an option, or a function that takes one.
  expect(
    files.filter((file) =>
      /\bshell: (true|windows|process|is)|\bexecSync\(|\bexec\(['"`]/.test(readFileSync(file, 'utf8')),
    ),
  ).toEqual([])
})

test('each of npm’s scripts is a program that the preflight finds', () => {
  const root = join(import.meta.dirname, '..', '..')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const [name, line] of Object.entries(scripts)) {
    const [node, preflight, program = ''] = line.split(' ')
    expect([node, preflight], name).toEqual(['node', 'src/launch/preflight.js'])
    if (/\.[jt]s$/.test(program)) continue
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, String(preflight)), program, '--version'],
      { encoding: 'utf8' },
    )
    expect(`${stdout}${stderr}`, name).toMatch(/\d+\.\d+/)
  }
})
