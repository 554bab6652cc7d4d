import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Pack, readPack } from '../themes/pack.ts'

const PACK = fileURLToPath(new URL('../../../resources/themes/great-powers-and-europe.json', import.meta.url))

/** The pack that comes with Wirewatch. */
export const builtInPack = (): Pack => readPack(readFileSync(PACK, 'utf8'))
