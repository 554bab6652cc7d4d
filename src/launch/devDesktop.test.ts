import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'

const posix = process.platform === 'win32' ? test.skip : test

posix(
  'an edit of main starts the app anew and development goes on; Ctrl-C reaches the app once',
  async () => {
    const project = mkdtempSync(join(tmpdir(), 'wirewatch-development-'))
    onTestFinished(() => rmSync(project, { recursive: true, force: true }))
    const write = (name: string, text: string, mode = 0o644): void => {
      mkdirSync(dirname(join(project, name)), { recursive: true })
      writeFileSync(join(project, name), text, { mode })
    }
    write('package.json', '{ "type": "module", "main": "out/main/index.js" }')
    write(
      'electron.vite.config.mjs',
      `export default {
        main: { build: { rollupOptions: { input: { index: 'main.js' } } } },
        renderer: { root: 'page', server: { host: '127.0.0.1', port: 0 }, build: { rollupOptions: { input: 'page/index.html' } } },
      }`,
    )
    write('main.js', 'console.log("one")')
    write('page/index.html', '<title>page</title>')
    // In the place of Electron: notes what it is started with and which signals it gets, and takes a while to close.
    write(
      'app.mjs',
      `import { appendFileSync, readFileSync } from 'node:fs'
      const note = (line) => appendFileSync('log', line + '\\n')
      const bundle = readFileSync('out/main/index.js', 'utf8')
      note('started ' + /"(\\w+)"/.exec(bundle)[1] + ' ' + process.argv.slice(3).join(' ') + ' ' + process.env.ELECTRON_RENDERER_URL)
      for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, () => {
          note(signal)
          setTimeout(() => process.exit(0), 500)
        })
      setInterval(() => undefined, 1000)`,
    )
    write('electron', `#!/bin/sh\nexec "${process.execPath}" app.mjs "$@"\n`, 0o755)
    const log = (): string[] => {
      try {
        return readFileSync(join(project, 'log'), 'utf8').trim().split('\n')
      } catch {
        return []
      }
    }
    const runner = `
      import { runDevelopment } from ${JSON.stringify(new URL('devDesktop.ts', import.meta.url).href)}
      process.exitCode = await runDevelopment(${JSON.stringify(project)}, ${JSON.stringify(join(project, 'electron'))}, ['--data-dir=a b'])`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', runner], {
      stdio: 'ignore',
      detached: true,
    })
    const ended = once(child, 'exit')
    onTestFinished(() => void child.kill('SIGKILL'))
    const started = (which: string) =>
      expect.stringMatching(new RegExp(`^started ${which} --data-dir=a b http://127`))
    await vi.waitFor(() => expect(log()).toEqual([started('one')]), { timeout: 60_000 })
    write('main.js', 'console.log("two")')
    await vi.waitFor(() => expect(log()).toEqual([started('one'), 'SIGTERM', started('two')]), {
      timeout: 60_000,
    })
    expect(child.exitCode).toBeNull()
    // As a terminal does: to all of its group.
    process.kill(-child.pid!, 'SIGINT')
    expect(await ended).toEqual([0, null])
    expect(log().slice(3)).toEqual(['SIGINT'])
  },
  120_000,
)
