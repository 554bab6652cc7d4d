/**
 * `node e2e/unpackChromium.ts FOLDER`: unpacks npm's Chromium, which was installed into that folder, and leaves the program
 * FOLDER/chromium that starts it.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = ''] = process.argv.slice(2)
const parts = join(folder, 'parts')
rmSync(parts, { recursive: true, force: true })
mkdirSync(parts, { recursive: true })
// The package unpacks into the folder for temporary files, and its libraries only where it believes to be on AWS.
const unpacking = spawnSync(
  process.execPath,
  [
    '--input-type=module',
    '--eval',
    'import chromium from "@sparticuz/chromium"; await chromium.executablePath()',
  ],
  {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: parts, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  },
)
if (unpacking.status !== 0) process.exit(1)

const fonts = join(parts, 'fonts', 'fonts.conf')
writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/fonts', join(parts, 'fonts')))
const program = join(folder, 'chromium')
writeFileSync(
  program,
  `#!/bin/sh
# With the libraries that the package brings, and its fonts where the system has none.
export LD_LIBRARY_PATH="${join(parts, 'al2023', 'lib')}"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="${join(parts, 'fonts')}"
exec "${join(parts, 'chromium')}" "$@"
`,
)
chmodSync(program, 0o755)
