/**
 * `npm run bench -- NAME [arguments]` runs bench/NAME.bench.ts; without a name it lists them.
 * A benchmark prints figures with a ratio to a baseline measured in the same run. Timing never decides a test.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort()
const name = process.argv[2]
if (name === undefined || !names.includes(name)) {
  console.error(`Which benchmark? ${names.length === 0 ? 'There are none yet.' : names.join(', ')}`)
  process.exitCode = name === undefined ? 0 : 2
} else {
  await import(pathToFileURL(join(import.meta.dirname, `${name}.bench.ts`)).href)
}
