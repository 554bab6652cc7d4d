import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { test, URL_A } from '../fixtures/desk.ts'
import { themeDraft } from '../fixtures/themeDraft.ts'
import { tagStories } from '../offline/tagStories.ts'

const texts = readFileSync(new URL('../themes/fixtures/examples.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { title: string; text: string })
const piece = fc.nat({ max: texts.length - 1 }).map((at) => texts[at] as { title: string; text: string })
/** Stories of one to four written items: the title of one above the texts of others, as in round-ups. */
const stories = fc.array(
  fc
    .tuple(piece, fc.array(piece, { minLength: 1, maxLength: 4 }))
    .map(([{ title }, others]) => ({ title, text: others.map(({ text }) => text).join('\n') })),
  { minLength: 24, maxLength: 24 },
)

test('a story has the same tags when it comes in, at a re-tag, in a preview and offline', async ({
  wirewatch,
  feeds,
}) => {
  const [drawn] = fc.sample(stories, { numRuns: 1, seed: 5 }) as [{ title: string; text: string }[]]
  feeds.set(
    URL_A,
    drawn.map(({ title, text }, id) => ({ id: `${id}`, title: `${title} ${id}`, text })),
  )
  await wirewatch.sources.add({ url: URL_A })
  const list = () => wirewatch.stories.list({ query: '', limit: 50 }).rows
  const tagsOf = () =>
    new Map(
      list().map(({ id, title }) => [
        title,
        wirewatch.stories
          .get({ id })
          .tags.map(({ theme, score }) => `${theme} ${score.toFixed(4)}`)
          .sort(),
      ]),
    )
  const live = tagsOf()
  expect([...live.values()].flat().length).toBeGreaterThan(20)

  const folder = mkdtempSync(join(tmpdir(), 'wirewatch-verdict-'))
  const file = join(folder, 'stories.jsonl')
  const lines = list().map(({ id }) => {
    const { title, summary, text } = wirewatch.stories.get({ id })
    return JSON.stringify({ id: title, title, summary, text })
  })
  writeFileSync(file, lines.join('\n'))
  for await (const batch of tagStories(file, { now: 0, timeZone: 'UTC' }, (problem) =>
    expect.fail(problem.message),
  ))
    for (const { id, themes } of batch)
      expect(
        themes.map(({ id: theme, score }) => `${theme} ${score.toFixed(4)}`).sort(),
        `${id} offline`,
      ).toEqual(live.get(String(id)))
  rmSync(folder, { recursive: true })

  for (const theme of ['ukraine-war', 'us-china', 'summits']) {
    const draft = themeDraft(wirewatch, theme)
    const preview = await wirewatch.themes.preview(draft, { thorough: true })
    const having = [...live].filter(([, tags]) => tags.some((tag) => tag.startsWith(`${theme} `)))
    expect(preview.newest.map(({ title }) => title).sort(), `${theme} previewed`).toEqual(
      having.map(([title]) => title).sort(),
    )
    expect(preview.newest.map(({ score }) => `${theme} ${score.toFixed(4)}`).sort()).toEqual(
      having.flatMap(([, tags]) => tags.filter((tag) => tag.startsWith(`${theme} `))).sort(),
    )
    for (const query of ['nothing-like-it', draft.query])
      await wirewatch.finished(wirewatch.themes.save({ ...draft, query }).job?.id ?? 0)
  }
  expect(tagsOf()).toEqual(live)
})
