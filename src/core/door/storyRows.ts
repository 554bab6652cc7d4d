import type { StoryRow } from '../../api/contract/stories.ts'
import type { Query } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { words as wordsOf } from '../query/words/words.ts'
import { headlineLanguage } from './headlineLanguage.ts'
import type { DoorParts } from './parts.ts'

const EXCERPT = 240

export type RowParts = Pick<DoorParts, 'stories' | 'tags' | 'events' | 'definitions' | 'settings'>

/** Query text of the search bar; empty text asks for everything. @throws QueryError */
export function queryOf(parts: Pick<DoorParts, 'definitions'>, text: string): Query {
  if (text.trim() === '') return EVERYTHING
  const { concepts } = parts.definitions()
  return parseQuery(text, { use: 'search', concepts }).query
}

/** Every story of the archive has a time, and none is older than this. */
const EVERYTHING: Query = { type: 'date', op: 'after', value: '0001-01-01' }

/** The rows of a list, in the order of the ids. */
export function rowsOf(parts: RowParts, ids: readonly number[]): StoryRow[] {
  const labels = new Map(
    parts
      .definitions()
      .conceptRecords.flatMap((c) => (c.type === 'topic' ? [] : [[c.name, c.label] as const])),
  )
  const themes = new Map(parts.definitions().themes.map((theme) => [theme.id, theme]))
  const records = parts.stories.many(ids)
  const sizes = parts.events.sizesOf(records.map(({ docid }) => docid))
  const language = headlineLanguage(parts.settings).toLowerCase().split('-')[0] ?? ''
  const called = new Map<number, { name: string; headline: number | null }>()
  for (const { id, stories } of sizes.values())
    if (stories > 1 && !called.has(id)) {
      const { name, headlines } = parts.events.get(id)
      called.set(id, { name, headline: headlines[language] ?? headlines[''] ?? null })
    }
  const eventOf = (docid: number): StoryRow['event'] => {
    const size = sizes.get(docid)
    return size === undefined ? null : { ...size, ...(called.get(size.id) ?? { name: '', headline: null }) }
  }
  return records.map((story) => ({
    id: story.id,
    title: story.title,
    excerpt: excerpt(story.summary || story.text),
    url: story.url,
    source: {
      id: story.source_id,
      title: story.source_title,
      bloc: story.source_bloc,
      kind: story.source_kind,
      country: story.source_country,
    },
    lang: story.lang,
    published: story.published,
    fetched: story.fetched,
    read: story.read === 1,
    starred: story.starred === 1,
    copy: story.copy_of !== null,
    copies: parts.stories.copiesOf(story.id),
    event: eventOf(story.docid),
    edited: story.edited === 1,
    themes: parts.tags.of(story.id).flatMap(({ theme, score }) => {
      const row = themes.get(theme)
      return row === undefined || row.kind === 'group' ? [] : [{ id: row.key, score }]
    }),
    names: /^(en|$)/.test(story.lang) ? [] : namesIn(parts, story.title || story.summary, labels),
  }))
}

/** The labels of the persons, organisations and places that a title names. */
function namesIn(parts: RowParts, title: string, labels: ReadonlyMap<string, string>): string[] {
  const story = tokenise({ title, summary: '', text: '', published: null })
  return parts
    .definitions()
    .entitiesIn(story, 0)
    .flatMap(({ name }) => labels.get(name) ?? [])
}

/** The first words of a text, cut between words. */
export function excerpt(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  if (flat.length <= EXCERPT) return flat
  const { starts } = wordsOf(flat.slice(0, EXCERPT + 1))
  const last = starts.at(-1) ?? EXCERPT
  return `${flat.slice(0, last > EXCERPT / 2 ? last : EXCERPT).trimEnd()}…`
}
