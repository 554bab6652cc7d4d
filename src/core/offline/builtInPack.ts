import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Pack } from '../themes/pack.ts'

const PACK = fileURLToPath(new URL('../../../resources/themes/great-powers-and-europe.json', import.meta.url))

/** The pack that comes with Wirewatch, taken as it is: a test holds that `readPack` accepts it. */
export const builtInPack = (): Pack => JSON.parse(readFileSync(PACK, 'utf8')) as Pack
