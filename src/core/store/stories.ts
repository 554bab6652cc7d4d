import type { StoryVersion } from '../../api/contract/stories.ts'
import { BANDS, bands, fromBytes, type Signature, toBytes } from '../events/copies.ts'
import type { IndexEntry } from '../query/fulltext/indexEntry.ts'
import type { StoryDraft } from '../story.ts'
import type { WritableDb } from './connection.ts'
import { docidAt, docidFrom, PER_SECOND, publishedOf } from './docid.ts'
import type { SourceKind } from './sources.ts'

/** What intake needs to know of a story that the archive has. */
export interface KnownStory {
  readonly id: number
  readonly docid: number
  readonly source_id: number
  readonly identity: string
  readonly content_hash: string
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly url: string
  readonly published: number
  readonly published_stated: number | null
  readonly fetched: number
  readonly copy_of: number | null
}

/** A story with its source, as lists and the matcher need it. */
export interface StoryRecord {
  readonly id: number
  readonly docid: number
  readonly source_id: number
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly url: string
  readonly author: string
  readonly lang: string
  readonly published: number
  readonly published_stated: number | null
  readonly fetched: number
  readonly copy_of: number | null
  readonly edited: 0 | 1
  readonly read: 0 | 1
  readonly starred: 0 | 1
  readonly note: string
  readonly source_title: string
  readonly source_language: string
  readonly source_country: string
  readonly source_bloc: string
  readonly source_kind: SourceKind
}

/** What insert decides beside the draft. */
export interface Placement {
  readonly sourceId: number
  readonly fetched: number
  readonly copyOf: number | null
  readonly signature: Signature | null
}

/** The words of a story, and whether they take the place of others. */
export interface Indexed {
  readonly words: IndexEntry
  readonly again: boolean
}

/** A story that may have the same text. */
export interface Candidate {
  readonly id: number
  readonly docid: number
  readonly sourceId: number
  readonly copyOf: number | null
  readonly signature: Uint8Array
}

/** A story that may be an item of its source: as much of it as tells whether it is worth reading. */
export type Lead = Pick<KnownStory, 'id' | 'docid' | 'identity' | 'content_hash'>

/** Whether the identities of a source stay with their stories, go over to others, or are new at every fetch. */
export type Names = 'lasting' | 'moving' | 'renewed'

export interface StoryStore {
  known(sourceId: number, identity: string): KnownStory | undefined
  knownById(id: number): KnownStory | undefined
  /** The content hashes of those of a source's stories that have one of these identities. */
  knownHashes(sourceId: number, identities: readonly string[]): Map<string, string>
  /** Some stories of a source with this trace, newest arrival first. */
  traced(sourceId: number, trace: number): KnownStory[]
  /** Some stories of a source, in order, from a docid on and below another. */
  between(sourceId: number, from: number, below: number, limit: number): Lead[]
  /** Stories of a source that were published in the second that holds `published` (ms): two of them if there are more. */
  atSecond(sourceId: number, published: number): KnownStory[]
  /** A source's newest stories, newest first. */
  recent(sourceId: number, limit: number): (Lead & Pick<KnownStory, 'title'>)[]
  /** A known story has another identity from now on. */
  rename(known: Pick<KnownStory, 'id' | 'source_id'>, identity: string): void
  /** The story that has this identity, if any, is left with one that no item has. */
  free(sourceId: number, identity: string): void
  /** Whether a source has any stories, whether retention removed any, and whether any lost its identity to another (`free`). */
  any(sourceId: number): { stories: boolean; forgotten: boolean; renamed: boolean }
  /**
   * Retention removed it: it does not come back, under whatever identity.
   * @param names where the source's identities do not stay with their stories, an item without a date is known by its text alone
   */
  forgotten(sourceId: number, draft: StoryDraft, fetched: number, names: Names): boolean
  /** A free docid in the second that holds `published` (ms). */
  docidFor(published: number): number
  /** Its words are the caller's to `index`, within the same transaction. */
  insert(draft: StoryDraft, docid: number, placement: Placement): number
  /** Keeps what the story was as a version and takes over the draft. Its words are the caller's to `index`. */
  update(known: KnownStory, draft: StoryDraft, at: number): void
  /** A story has another signature from now on: how its text is read has changed. */
  sign(id: number, signature: Signature | null): void
  /** Writes the words of stories, by docid, to the full-text index: in ascending order, for at each step back it writes a segment. */
  index(stories: ReadonlyMap<number, Indexed>): void
  get(id: number): StoryRecord | undefined
  /** In the given order; ids that are gone are left out. */
  many(ids: readonly number[]): StoryRecord[]
  /** Those with these docids, newest first; docids that are gone are left out. */
  at(docids: readonly number[]): StoryRecord[]
  /** The id of the story with this docid. */
  idAt(docid: number): number | undefined
  versions(id: number): StoryVersion[]
  html(id: number): string
  /** Stories with a signature band in common, published within `windowMs` of `published`, oldest first. */
  candidates(bands: readonly number[], published: number, windowMs: number): Candidate[]
  copiesOf(id: number): number
  /** The story and all whose text nearly repeats it, first published first, without `id` itself. */
  sameText(id: number): { id: number; title: string; source: string; bloc: string; published: number }[]
  setRead(ids: readonly number[], read: boolean): void
  setStarred(id: number, starred: boolean): void
  setNote(id: number, note: string): void
  /** Ids of some stories of a source. */
  ofSource(sourceId: number, limit: number): number[]
  /** Ids of a source's stories with a docid below `before`, newest first. */
  ofSourceBefore(sourceId: number, before: number, limit: number): number[]
  /** Stories with a docid below `docid`, newest first. */
  before(docid: number, limit: number): StoryRecord[]
  /** Ids, oldest first, of stories published before `before` (ms) that nobody starred or noted and no alert hit. */
  dispensable(before: number, sourceId: number | null, limit: number): number[]
  /** Deletes a story. `remember`: `forgotten` recognises it from now on. Its tags and counts are the caller's to change. */
  remove(id: number, docid: number, remember: boolean): void
  count(): number
  newest(): number | null
  oldest(): number | null
  /** When the first story arrived (ms). */
  firstFetched(): number | null
}

const RECORD = `
  SELECT story.id, story.docid, story.source_id, story.title, story.summary, story.text, story.url, story.author,
    story.lang, story.published, story.published_stated, story.fetched, story.copy_of, story.edited,
    ifnull(story_state.read, 0) AS read, ifnull(story_state.starred, 0) AS starred, ifnull(story_state.note, '') AS note,
    CASE WHEN source.custom_title != '' THEN source.custom_title WHEN source.feed_title != '' THEN source.feed_title
      ELSE source.url END AS source_title,
    source.language AS source_language, source.country AS source_country, source.bloc AS source_bloc,
    source.kind AS source_kind
  FROM story JOIN source ON source.id = story.source_id LEFT JOIN story_state ON story_state.story_id = story.id`

const KNOWN = `SELECT id, docid, source_id, identity, content_hash, title, summary, text, url, published, published_stated, fetched,
    copy_of
  FROM story`

/** So many stories with one link are enough to know that the link names none of them. */
const TRACED = 20

/** A band that so many stories of a week share is a turn of phrase, not a copied text. */
const COMMON_BAND = 12

export function storyStore(db: WritableDb): StoryStore {
  const known = db.prepare(`${KNOWN} WHERE source_id = ? AND identity = ?`)
  const knownHashes = db
    .prepare(
      `SELECT identity, content_hash FROM json_each(@identities) AS wanted
       CROSS JOIN story ON source_id = @source AND identity = wanted.value`,
    )
    .raw()
  const any = db.prepare(
    `SELECT EXISTS (SELECT 1 FROM story WHERE source_id = @source) AS stories,
       EXISTS (SELECT 1 FROM forgotten WHERE source_id = @source) AS forgotten,
       EXISTS (SELECT 1 FROM story WHERE source_id = @source AND identity >= 'past:' AND identity < 'past;') OR
         EXISTS (SELECT 1 FROM forgotten WHERE source_id = @source AND identity >= 'past:' AND identity < 'past;') AS renamed`,
  )
  // Nearly always there are none; walking the index backwards costs ten times as much to learn that.
  const anyTraced = db.prepare('SELECT 1 FROM story WHERE source_id = ? AND trace = ? LIMIT 1').pluck()
  const traced = db.prepare(`${KNOWN} WHERE source_id = ? AND trace = ? ORDER BY id DESC LIMIT ${TRACED}`)
  const knownById = db.prepare(`${KNOWN} WHERE id = ?`)
  const within = 'source_id = ? AND docid >= ? AND docid < ?'
  const between = db.prepare(
    `SELECT id, docid, identity, content_hash FROM story WHERE ${within} ORDER BY docid LIMIT +?`,
  )
  const atSecond = db.prepare(`${KNOWN} WHERE ${within} LIMIT 2`)
  const recent = db.prepare(
    'SELECT id, docid, identity, content_hash, title FROM story WHERE source_id = ? ORDER BY docid DESC LIMIT ?',
  )
  const free = db.prepare("UPDATE story SET identity = 'past:' || id WHERE source_id = ? AND identity = ?")
  const rename = db.prepare('UPDATE story SET identity = ? WHERE id = ?')
  const forgotten = db.prepare('SELECT 1 FROM forgotten WHERE source_id = ? AND identity = ?').pluck()
  const lastIn = db.prepare('SELECT max(docid) FROM story WHERE docid >= ? AND docid < ?').pluck()
  const insert = db.prepare(
    `INSERT INTO story (docid, source_id, identity, content_hash, trace, title, summary, text, url, author, lang,
       published, published_stated, fetched, copy_of, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertHtml = db.prepare('INSERT INTO story_html (story_id, html) VALUES (?, ?)')
  const replaceHtml = db.prepare('INSERT OR REPLACE INTO story_html (story_id, html) VALUES (?, ?)')
  // One statement for all bands of a story: a call costs as much as a row.
  const insertBands = db.prepare(
    'INSERT OR IGNORE INTO copy_band (band, docid, story_id) SELECT value, ?, ? FROM json_each(?)',
  )
  const sign = db.prepare('UPDATE story SET signature = ? WHERE id = ?')
  const forgetBand = db.prepare('DELETE FROM copy_band WHERE band = ? AND docid = ?')
  const insertWords = db.prepare(
    'INSERT INTO story_words (rowid, title, summary, text, facets, spelling) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const deleteWords = db.prepare('DELETE FROM story_words WHERE rowid = ?')
  const insertVersion = db.prepare(
    'INSERT INTO story_version (story_id, at, title, summary, text) VALUES (?, ?, ?, ?, ?)',
  )
  const update = db.prepare(
    `UPDATE story SET content_hash = @contentHash, trace = @trace, title = @title, summary = @summary, text = @text, url = @url,
       author = @author, lang = @lang, edited = 1 WHERE id = @id`,
  )
  const get = db.prepare(`${RECORD} WHERE story.id = ?`)
  const many = db.prepare(`${RECORD} WHERE story.id IN (SELECT value FROM json_each(?))`)
  const at = db.prepare(
    `${RECORD} WHERE story.docid IN (SELECT value FROM json_each(?)) ORDER BY story.docid DESC`,
  )
  const idAt = db.prepare('SELECT id FROM story WHERE docid = ?').pluck()
  const versions = db.prepare(
    'SELECT at, title, summary, text FROM story_version WHERE story_id = ? ORDER BY id',
  )
  const html = db.prepare('SELECT html FROM story_html WHERE story_id = ?').pluck()
  // One statement for all bands of a story, by their number: a call costs more than the lookup, which nearly always finds nothing.
  const inBands = Array.from({ length: BANDS + 1 }, (_, count) =>
    db
      .prepare(
        Array.from(
          { length: Math.max(count, 1) },
          (_, band) =>
            `SELECT ${band}, story_id FROM (SELECT story_id FROM copy_band WHERE band = ? AND docid BETWEEN ? AND ? LIMIT ${COMMON_BAND})`,
        ).join(' UNION ALL '),
      )
      .raw(),
  )
  const marked = db.prepare(
    'SELECT id, docid, source_id AS sourceId, copy_of AS copyOf, signature FROM story WHERE id = ?',
  )
  const copiesOf = db.prepare('SELECT count(*) FROM story WHERE copy_of = ?').pluck()
  const sameText = db.prepare(
    `${RECORD} WHERE story.id = @id OR (story.copy_of IS NOT NULL AND story.copy_of = @id) ORDER BY story.docid`,
  )
  const setRead = db.prepare(
    'INSERT INTO story_state (story_id, read) VALUES (?, ?) ON CONFLICT (story_id) DO UPDATE SET read = excluded.read',
  )
  const setStarred = db.prepare(
    'INSERT INTO story_state (story_id, starred) VALUES (?, ?) ON CONFLICT (story_id) DO UPDATE SET starred = excluded.starred',
  )
  const setNote = db.prepare(
    'INSERT INTO story_state (story_id, note) VALUES (?, ?) ON CONFLICT (story_id) DO UPDATE SET note = excluded.note',
  )
  const count = db.prepare('SELECT ifnull(sum(stories), 0) FROM total WHERE theme_id = 0').pluck()
  const newest = db.prepare('SELECT max(docid) FROM story').pluck()
  const oldest = db.prepare('SELECT min(docid) FROM story').pluck()
  const firstFetched = db.prepare('SELECT min(fetched) FROM story').pluck()
  const ofSource = db.prepare('SELECT id FROM story WHERE source_id = ? LIMIT ?').pluck()
  const ofSourceBefore = db
    .prepare('SELECT id FROM story WHERE source_id = ? AND docid < ? ORDER BY docid DESC LIMIT ?')
    .pluck()
  const before = db.prepare(`${RECORD} WHERE story.docid < ? ORDER BY story.docid DESC LIMIT ?`)
  const spared = `NOT EXISTS (SELECT 1 FROM hit WHERE hit.story_id = story.id) AND NOT EXISTS
    (SELECT 1 FROM story_state WHERE story_state.story_id = story.id AND (starred = 1 OR note != ''))`
  const dispensable = db
    .prepare(`SELECT id FROM story WHERE docid < ? AND ${spared} ORDER BY docid LIMIT ?`)
    .pluck()
  const dispensableOf = db
    .prepare(`SELECT id FROM story WHERE source_id = ? AND docid < ? AND ${spared} ORDER BY docid LIMIT ?`)
    .pluck()
  const remember = db.prepare(
    `INSERT OR IGNORE INTO forgotten (source_id, identity)
     SELECT source_id, identity FROM story WHERE id = @id UNION ALL
     SELECT source_id, 'again:' || trace || ' ' || content_hash || ' ' || iif(published = fetched, '', published)
     FROM story WHERE id = @id AND url != '' UNION ALL
     SELECT source_id, 'text:' || content_hash || iif(published = fetched, '', ' ' || published)
     FROM story WHERE id = @id`,
  )
  const firstCopy = db.prepare('SELECT id FROM story WHERE copy_of = ? ORDER BY docid LIMIT 1').pluck()
  const recopy = db.prepare('UPDATE story SET copy_of = @heir WHERE copy_of = @id AND id != @heir')
  const remove = db.prepare('DELETE FROM story WHERE id = ?')

  const store: StoryStore = {
    known: (sourceId, identity) => known.get(sourceId, identity) as KnownStory | undefined,
    knownHashes: (source, identities) =>
      new Map(knownHashes.all({ source, identities: JSON.stringify(identities) }) as [string, string][]),
    any(source) {
      const row = any.get({ source }) as Record<'stories' | 'forgotten' | 'renamed', number>
      return { stories: row.stories === 1, forgotten: row.forgotten === 1, renamed: row.renamed === 1 }
    },
    traced: (sourceId, trace) =>
      anyTraced.get(sourceId, trace) === undefined ? [] : (traced.all(sourceId, trace) as KnownStory[]),
    knownById: (id) => knownById.get(id) as KnownStory | undefined,
    between: (sourceId, from, below, limit) => between.all(sourceId, from, below, limit) as Lead[],
    atSecond(sourceId, published) {
      const first = docidAt(published)
      return atSecond.all(sourceId, first, first + PER_SECOND) as KnownStory[]
    },
    recent: (sourceId, limit) => recent.all(sourceId, limit) as KnownStory[],
    rename(known, identity) {
      store.free(known.source_id, identity)
      rename.run(identity, known.id)
    },
    free(sourceId, identity) {
      free.run(sourceId, identity)
    },
    forgotten(sourceId, { identity, trace, contentHash, url, published }, fetched, names) {
      const isForgotten = (name: string): boolean => forgotten.get(sourceId, name) !== undefined
      if (names !== 'moving' && isForgotten(identity)) return true
      const dated = published !== fetched
      if (dated && isForgotten(`text:${contentHash} ${published}`)) return true
      // Until dates were part of it, an item without id and link had this identity.
      if ((names !== 'lasting' || identity.startsWith('text:')) && isForgotten(`text:${contentHash}`))
        return true
      if (url === '') return false
      const again = `again:${trace} ${contentHash} ${published === fetched ? '' : published}`
      return forgotten.get(sourceId, again) !== undefined
    },
    docidFor(published) {
      const first = docidAt(published)
      const last = lastIn.get(first, first + PER_SECOND) as number | null
      return last === null ? first : last + 1
    },
    insert(draft, docid, { sourceId, fetched, copyOf, signature }) {
      const { lastInsertRowid } = insert.run(
        docid,
        sourceId,
        draft.identity,
        draft.contentHash,
        draft.trace,
        draft.title,
        draft.summary,
        draft.text,
        draft.url,
        draft.author,
        draft.lang,
        draft.published,
        draft.publishedStated,
        fetched,
        copyOf,
        signature === null ? null : toBytes(signature),
      )
      const id = Number(lastInsertRowid)
      if (draft.html !== '') insertHtml.run(id, draft.html)
      // A copy is found by the first story with its text, so only that one has bands.
      if (signature !== null && copyOf === null) insertBands.run(docid, id, JSON.stringify(bands(signature)))
      return id
    },
    update(before, draft, at) {
      insertVersion.run(before.id, at, before.title, before.summary, before.text)
      const { title, summary, text, url, author, lang, contentHash, trace } = draft
      update.run({ id: before.id, title, summary, text, url, author, lang, contentHash, trace })
      replaceHtml.run(before.id, draft.html)
    },
    sign(id, signature) {
      const { docid, copyOf, signature: before } = marked.get(id) as Candidate
      const bytes = signature === null ? null : Buffer.from(toBytes(signature))
      if (bytes === null ? !before : before && bytes.equals(before)) return
      if (before) for (const band of bands(fromBytes(before))) forgetBand.run(band, docid)
      sign.run(bytes, id)
      if (signature !== null && copyOf === null) insertBands.run(docid, id, JSON.stringify(bands(signature)))
    },
    index(list) {
      for (const docid of [...list.keys()].sort((a, b) => a - b)) {
        const { words, again } = list.get(docid) as Indexed
        if (again) deleteWords.run(docid)
        insertWords.run(docid, words.title, words.summary, words.text, words.keywords, words.spelling)
      }
    },
    get: (id) => get.get(id) as StoryRecord | undefined,
    many(ids) {
      const rows = new Map((many.all(JSON.stringify(ids)) as StoryRecord[]).map((row) => [row.id, row]))
      return ids.flatMap((id) => rows.get(id) ?? [])
    },
    at: (docids) => at.all(JSON.stringify(docids)) as StoryRecord[],
    idAt: (docid) => idAt.get(docid) as number | undefined,
    versions: (id) => versions.all(id) as StoryVersion[],
    html: (id) => (html.get(id) as string | undefined) ?? '',
    candidates(keys, published, windowMs) {
      const from = docidAt(published - windowMs)
      const to = docidAt(published + windowMs)
      if (keys.length === 0) return []
      const rows = inBands[keys.length]?.all(keys.flatMap((band) => [band, from, to])) as [number, number][]
      if (rows.length === 0) return []
      const sharing = new Map<number, number>()
      for (const [band] of rows) sharing.set(band, (sharing.get(band) ?? 0) + 1)
      const ids = new Set<number>()
      for (const [band, id] of rows) if ((sharing.get(band) as number) < COMMON_BAND) ids.add(id)
      return [...ids].map((id) => marked.get(id) as Candidate).sort((a, b) => a.docid - b.docid)
    },
    copiesOf: (id) => copiesOf.get(id) as number,
    sameText(id) {
      const story = store.get(id)
      if (story === undefined) return []
      return (sameText.all({ id: story.copy_of ?? id }) as StoryRecord[])
        .filter((row) => row.id !== id)
        .map((row) => ({
          id: row.id,
          title: row.title,
          source: row.source_title,
          bloc: row.source_bloc,
          published: row.published,
        }))
    },
    setRead: (ids, read) =>
      db.transact(() => {
        for (const id of ids) setRead.run(id, read ? 1 : 0)
      }),
    setStarred: (id, starred) => {
      setStarred.run(id, starred ? 1 : 0)
    },
    setNote: (id, note) => {
      setNote.run(id, note)
    },
    ofSource: (sourceId, limit) => ofSource.all(sourceId, limit) as number[],
    ofSourceBefore: (sourceId, before, limit) => ofSourceBefore.all(sourceId, before, limit) as number[],
    before: (docid, limit) => before.all(docid, limit) as StoryRecord[],
    dispensable: (before, sourceId, limit) =>
      (sourceId === null
        ? dispensable.all(docidFrom(before), limit)
        : dispensableOf.all(sourceId, docidFrom(before), limit)) as number[],
    remove(id, docid, keepIdentity) {
      if (keepIdentity) remember.run({ id })
      const signature = (marked.get(id) as Candidate | undefined)?.signature
      if (signature) for (const band of bands(fromBytes(signature))) forgetBand.run(band, docid)
      deleteWords.run(docid)
      // The first of its copies is the original of the others from now on; its own reference goes with the row.
      const heir = firstCopy.get(id) as number | undefined
      if (heir !== undefined) recopy.run({ id, heir })
      remove.run(id)
    },
    count: () => count.get() as number,
    newest: () => moment(newest.get() as number | null),
    oldest: () => moment(oldest.get() as number | null),
    firstFetched: () => firstFetched.get() as number | null,
  }
  return store
}

const moment = (docid: number | null): number | null => (docid === null ? null : publishedOf(docid))
