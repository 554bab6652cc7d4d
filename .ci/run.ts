/**
 * Runs the project's checks and closes with one line: "N passed, N failed, N skipped" over unit and end-to-end tests.
 *
 *   check  types, lint, unused code, unit (layers are a unit test)
 *   test   check, build and 20 kills of an engine that delivers, end-to-end
 *   e2e    build, end-to-end
 *
 * What follows the name of the plan goes to its last step: npm run check -- src/core/lock.test.ts
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Step {
  readonly name: string
  readonly command: readonly [program: string, ...args: string[]]
  /** The test runner whose JSON report is counted. */
  readonly report?: 'vitest' | 'playwright'
  readonly needsBrowser?: true
}
/** Steps that run side by side. The next stage starts only where all of them passed. */
type Stage = readonly Step[]

const types: Step = { name: 'types', command: ['tsc', '-b'] }
const lint: Step = { name: 'lint', command: ['biome', 'check', '.'] }
const unused: Step = { name: 'unused code', command: ['knip', '--no-progress'] }
const unit: Step = {
  name: 'unit',
  command: ['vitest', 'run', '--config', 'src/vitest.config.ts', '--reporter=default', '--reporter=json'],
  report: 'vitest',
}
const build: Step = { name: 'build', command: ['electron-vite', 'build'] }
/** An engine that is killed while it tells webhooks: 300 times by `npm run bench -- kills`. */
const kills: Step = { name: '20 kills', command: ['bench/run.ts', 'kills', '20'] }
const endToEnd: Step = {
  name: 'end-to-end',
  command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts'],
  report: 'playwright',
  needsBrowser: true,
}
const plans: Record<string, readonly Stage[]> = {
  check: [[types, lint, unused, unit]],
  test: [[types, lint, unused, unit], [build, kills], [endToEnd]],
  e2e: [[build], [endToEnd]],
}

const [name = 'check', ...extra] = process.argv.slice(2)
const plan = plans[name]
if (plan === undefined) {
  console.error(`Unknown plan "${name}": use ${Object.keys(plans).join(', ')}.`)
  process.exit(2)
}
/** Finds a package's program on every system, whatever its path. */
const preflight = join(import.meta.dirname, '..', 'src', 'launch', 'preflight.js')
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-check-'))
const total = { passed: 0, failed: 0, skipped: 0 }
/** How many end-to-end tests were skipped for a reason. */
const reasons = new Map<string, number>()
/** End-to-end tests that passed only at their second try. */
const unsteady: string[] = []
const last = plan.at(-1)?.at(-1)
let well = true
for (const stage of plan) {
  const passed = await Promise.all(stage.map((step) => run(step, step === stage.at(-1))))
  well = passed.every(Boolean)
  if (!well) break
}
rmSync(folder, { recursive: true, force: true })
for (const [reason, tests] of reasons) console.log(`${tests} skipped: ${reason}`)
for (const title of unsteady) console.log(`Passed only at its second try: ${title}`)
if (!well && total.failed === 0) total.failed = 1
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = well ? 0 : 1

/**
 * Runs a step. @param live its output is shown as it comes; that of the others once they ended, so that no two are mixed
 * @returns whether it passed
 */
async function run(step: Step, live: boolean): Promise<boolean> {
  const started = Date.now()
  const file = join(folder, `${step.name}.json`)
  const [program, ...args] = step.command
  if (step.report === 'vitest') args.push(`--outputFile.json=${file}`)
  if (step === last) args.push(...extra)
  const env = {
    ...process.env,
    ...(step.report === 'playwright' ? { WIREWATCH_E2E_REPORT: file } : {}),
    ...(step.needsBrowser ? await browser() : {}),
  }
  const output: Buffer[] = []
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [preflight, program, ...args], {
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env,
    })
    child.stdout?.on('data', (piece: Buffer) => output.push(piece))
    child.stderr?.on('data', (piece: Buffer) => output.push(piece))
    child.on('error', (error) => {
      output.push(Buffer.from(`${program} cannot be run: ${error.message}\n`))
      resolve(null)
    })
    child.on('close', resolve)
  })
  process.stdout.write(Buffer.concat(output))
  if (step.report !== undefined) count(step.report, file)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${step.name}  ${seconds} s`)
  return code === 0
}

/** A Chromium for the end-to-end tests, or why there is none, as their configuration reads it. */
async function browser(): Promise<NodeJS.ProcessEnv> {
  const { bringChromium } = await import('../e2e/chromium.ts')
  const brought = await bringChromium()
  return 'path' in brought ? { CHROMIUM_PATH: brought.path } : { WIREWATCH_NO_CHROMIUM: brought.missing }
}

/** Adds what a test runner's report counts. A report that was never written counts nothing. */
function count(runner: 'vitest' | 'playwright', file: string): void {
  if (!existsSync(file)) return
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (runner === 'vitest') {
    const r = report as {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
      numTodoTests: number
    }
    total.passed += r.numPassedTests
    total.failed += r.numFailedTests
    total.skipped += r.numPendingTests + r.numTodoTests
  } else {
    const { stats, suites } = report as {
      stats: { expected: number; unexpected: number; skipped: number; flaky: number }
      suites: Suite[]
    }
    total.passed += stats.expected + stats.flaky
    total.failed += stats.unexpected
    total.skipped += stats.skipped
    readTests(suites)
  }
}

/** Of Playwright's report what tells why a test was skipped, and which needed a second try. */
interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs?: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly status: string
      readonly annotations: readonly { readonly type: string; readonly description?: string }[]
    }[]
  }[]
}

function readTests(suites: readonly Suite[]): void {
  for (const { suites: inner = [], specs = [] } of suites) {
    readTests(inner)
    for (const { title, tests } of specs)
      for (const { status, annotations } of tests) {
        if (status === 'flaky') unsteady.push(title)
        for (const { type, description } of annotations)
          if (type === 'skip' && description !== undefined)
            reasons.set(description, (reasons.get(description) ?? 0) + 1)
      }
  }
}
