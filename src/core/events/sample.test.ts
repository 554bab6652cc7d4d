/** The sample's wire copies, and nothing else in it, are found. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { normalise } from '../feeds/read/normalise.ts'
import { readFeed } from '../feeds/read/parse.ts'
import { copiesArchive } from '../fixtures/copies.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { signature } from './copies.ts'

const folder = join(import.meta.dirname, '../../../resources/sample')
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
  clock: string
  sources: { url: string; title: string; file: string; contentType: string; language: string }[]
}
const stories = manifest.sources
  .flatMap((source, number) =>
    normalise(
      readFeed(readFileSync(join(folder, source.file)), {
        contentType: source.contentType,
        base: source.url,
      }),
      { now: Date.parse(manifest.clock), feedUrl: source.url, language: source.language },
    ).stories.map((story) => ({ ...story, source: number, outlet: source.title })),
  )
  .sort((a, b) => a.published - b.published)

test('in the sample, what outlets took from the wire is found and nothing else', () => {
  const archive = copiesArchive(manifest.sources.length)
  const copies: string[] = []
  const taken: typeof stories = []
  for (const story of stories) {
    const signed = signature(tokenise({ ...story, source: undefined }))
    if (signed === null) continue
    const original = archive.take({ ...story, signature: signed })
    taken.push(story)
    if (original !== null) copies.push(`${story.outlet}: ${story.title} < ${taken[original - 1]?.outlet}`)
  }
  archive.close()
  expect(copies.sort()).toEqual([
    "Dnipro Line: Britain sanctions 100 tankers of Russia's shadow fleet < Meridian Wire",
    'Dnipro Line: Brussels sets out end of Russian gas imports by 2027 < Meridian Wire',
    'Harbour Post: Xi and two dozen leaders watch Victory Day parade on Red Square < Meridian Wire',
    "Potomac Sheet: Britain sanctions 100 tankers of Russia's shadow fleet < Meridian Wire",
    'Potomac Sheet: Tariff truce in sight? Washington and Beijing to meet in Geneva < Meridian Wire',
    'Strait Review: Putin and Xi sign statement on deeper partnership < Meridian Wire',
  ])
})
