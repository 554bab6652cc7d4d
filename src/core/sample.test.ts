import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSample } from './sample.ts'

test('a sample whose set-up failed halfway is completed by the next launch, and then left as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-sample-'))
  const resources = join(folder, 'resources')
  cpSync(join(import.meta.dirname, '..', '..', 'resources'), resources, { recursive: true })
  const launch = (dataDir: string) => openSample({ dataDir, resources, timeZone: 'UTC' })
  const file = join(resources, 'sample', 'le-quai.earlier.atom')
  try {
    renameSync(file, `${file}.away`)
    await expect(launch(join(folder, 'broken'))).rejects.toThrow()
    renameSync(`${file}.away`, file)
    const held = []
    for (const dataDir of ['broken', 'whole', 'broken']) {
      const sample = await launch(join(folder, dataDir))
      held.push({
        sources: sample.sources.list().map(({ url, stories }) => ({ url, stories })),
        alerts: sample.alerts.list().map(({ name }) => name),
        sinceVisit: sample.navigation.counts({ kind: 'visit' }).stories.stories,
      })
      await sample.close()
    }
    expect(held[0]).toEqual(held[1])
    expect(held[2]).toEqual(held[1])
    const removing = await launch(join(folder, 'whole'))
    await removing.sources.remove(removing.sources.list()[0]?.id ?? 0)
    await removing.close()
    const after = await launch(join(folder, 'whole'))
    expect(after.sources.list()).toHaveLength((held[1]?.sources.length ?? 0) - 1)
    await after.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
