/**
 * `npm run bench -- attack [kind] [input]`: inputs made to stall the engine, a file of bench/attack a kind. Of each: processor
 * time, longest pause of the engine's event loop, peak of resident memory, beside a harmless input of the same size.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = join(import.meta.dirname, 'attack')
const [wanted, input] = process.argv.slice(3)
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.ts')) continue
  const kind = file.replace(/\.ts$/, '')
  if (wanted !== undefined && wanted !== kind) continue
  const { attack } = (await import(pathToFileURL(join(folder, file)).href)) as {
    attack: (only?: string) => Promise<void>
  }
  await attack(input)
}
