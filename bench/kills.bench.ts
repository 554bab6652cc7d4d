/**
 * Kills an engine at random moments while it refreshes and tells webhooks that fail, hang, break off and answer 500 at random
 * (src/core/delivery/fixtures/kills.ts): no hit may be lost or doubled, no notice lost, every repeat has its id, and the archive is
 * whole each time. `[KILLS] [SEED]`. It ends with 1 where anything was wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killAgainAndAgain } from '../src/core/delivery/fixtures/kills.ts'

const kills = Number(process.argv[3] ?? 300)
const seed = Number(process.argv[4] ?? 1)
const folder = mkdtempSync(join(tmpdir(), 'wirewatch-kills-'))
try {
  const { wrong, stories, hits, notices, calls, repeats } = await killAgainAndAgain(folder, {
    kills,
    seed,
    told(kill) {
      if (kill % 50 === 0) console.log(`${kill} kills`)
    },
  })
  console.log(
    `${kills} kills: ${stories} stories, ${hits} hits, ${notices} notices; the webhooks were called ${calls} times, ${repeats} of them again with the same id`,
  )
  console.log(wrong.length === 0 ? 'Nothing was lost, doubled or damaged.' : wrong.join('\n'))
  process.exitCode = wrong.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
