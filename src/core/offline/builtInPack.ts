import { fileURLToPath } from 'node:url'
import type { Pack } from '../themes/pack.ts'
import { openPackFolder } from '../themes/packFolder.ts'

const FOLDER = fileURLToPath(new URL('../../../resources/themes/great-powers-and-europe', import.meta.url))

/** The pack that comes with Wirewatch, taken as it is: a test holds that `readPack` accepts it. */
export const builtInPack = (): Pack => openPackFolder(FOLDER).pack()
