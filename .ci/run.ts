/**
 * Runs the project's checks in order, stops at the first that fails, and closes with one line:
 * "N passed, N failed, N skipped" over unit and end-to-end tests.
 *
 *   check  types, lint, unit (layers are a unit test)
 *   test   check, build, end-to-end
 *   e2e    build, end-to-end
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Step {
  name: string
  command: string[]
  /** Where the step's test runner writes its JSON report. */
  report?: 'vitest' | 'playwright'
}

const types: Step = { name: 'types', command: ['tsc', '-b'] }
const lint: Step = { name: 'lint', command: ['biome', 'check', '.'] }
const unit: Step = {
  name: 'unit',
  command: ['vitest', 'run', '--config', 'src/vitest.config.ts', '--reporter=default', '--reporter=json'],
  report: 'vitest',
}
const build: Step = { name: 'build', command: ['electron-vite', 'build'] }
const endToEnd: Step = {
  name: 'end-to-end',
  command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts'],
  report: 'playwright',
}
const pageExists = existsSync(join(import.meta.dirname, '..', 'src', 'renderer', 'index.html'))
const plans: Record<string, Step[]> = {
  check: [types, lint, unit],
  test: [types, lint, unit, ...(pageExists ? [build, endToEnd] : [])],
  e2e: [build, endToEnd],
}

const plan = plans[process.argv[2] ?? 'check']
if (plan === undefined) {
  console.error(`Unknown plan "${process.argv[2]}": use ${Object.keys(plans).join(', ')}.`)
  process.exit(2)
}
const extra = process.argv.slice(3)
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-check-'))
const total = { passed: 0, failed: 0, skipped: 0 }
let failed: string | undefined
for (const step of plan) {
  const started = Date.now()
  const file = join(folder, `${step.name}.json`)
  const [program, ...args] = step.command
  if (program === undefined) continue
  if (step.report === 'vitest') args.push(`--outputFile.json=${file}`)
  if (step === plan.at(-1)) args.push(...extra)
  const run = spawnSync(program, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...(step.report === 'playwright' ? { WIREWATCH_E2E_REPORT: file } : {}) },
  })
  if (step.report !== undefined) count(step.report, file)
  console.log(
    `${run.status === 0 ? 'ok' : 'FAILED'}  ${step.name}  ${((Date.now() - started) / 1000).toFixed(1)} s`,
  )
  if (run.status !== 0) {
    failed = step.name
    break
  }
}
rmSync(folder, { recursive: true, force: true })
if (failed !== undefined && total.failed === 0) total.failed = 1
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = failed === undefined ? 0 : 1

function count(runner: 'vitest' | 'playwright', file: string): void {
  let report: unknown
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return
  }
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
    const { stats } = report as {
      stats: { expected: number; unexpected: number; skipped: number; flaky: number }
    }
    total.passed += stats.expected + stats.flaky
    total.failed += stats.unexpected
    total.skipped += stats.skipped
  }
}
