import type { WritableDb } from './connection.ts'

/** A line of the clusterer's journal: what came, or what a person did, and what was decided. */
export interface JournalLine {
  readonly seq: number
  /** JSON, as events/memory.ts writes it. */
  readonly entry: string
  /** A story's packed reading; null for what is no story. */
  readonly reading: Uint8Array | null
}

/** How far the gathering of stories into events is. */
export interface ClusterState {
  /** The number of the journal's last line, whether or not that is still there. */
  readonly seq: number
  /** All stories up to this id have their event, none beyond. */
  readonly gathered: number
  /** What the written state has taken in of the journal (0: there is none), and the number of its pages. */
  readonly saved: number
  readonly pages: number
}

/** A page of what the clusterer knows, as events/written.ts writes it. */
interface ClusterPage {
  readonly part: string
  readonly number: number
  readonly bytes: Uint8Array
}

/** What the clusterer knows, as the archive keeps it: a journal, and the state that takes in the older part of it. */
export interface ClusterStore {
  readonly state: ClusterState
  setState(state: Pick<ClusterState, 'seq' | 'gathered'>): void
  /** Ids of stories after `id`, in order. */
  waiting(after: number, limit: number): number[]
  /** How many stories wait for their event, about: ids that are gone count too. */
  waitingCount(): number
  append(line: JournalLine): void
  /** Lines after `seq`, in order. */
  journal(after: number, limit: number): JournalLine[]
  /** From now on the state is what stands on these pages, and the journal after `saved`. */
  setWritten(saved: number, pages: number): void
  pages(pages: number): ClusterPage[]
  putPage(pages: number, page: ClusterPage): void
  dropPagesBut(pages: number): void
  /** Kept stories after this one, in order. */
  members(after: number, limit: number): { readonly story: number; readonly bytes: Uint8Array }[]
  putMember(story: number, bytes: Uint8Array): void
  dropMembers(stories: readonly number[]): void
  /** Removes some lines up to `seq`. @returns how many */
  dropJournal(seq: number, limit: number): number
  /** Removes all that is written but how far the gathering is. */
  drop(): void
}

export function clusterStore(db: WritableDb): ClusterStore {
  const state = db.prepare('SELECT seq, gathered, saved, pages FROM cluster_state')
  const setState = db.prepare(
    `INSERT INTO cluster_state (only, seq, gathered) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, gathered = excluded.gathered`,
  )
  const waiting = db.prepare('SELECT id FROM story WHERE id > +? ORDER BY id LIMIT +?').pluck()
  const last = db.prepare('SELECT max(id) FROM story').pluck()
  const append = db.prepare('INSERT INTO cluster_journal (seq, entry, reading) VALUES (?, ?, ?)')
  const journal = db.prepare(
    'SELECT seq, entry, reading FROM cluster_journal WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const setWritten = db.prepare('UPDATE cluster_state SET saved = ?, pages = ?')
  const pages = db.prepare(
    'SELECT part, number, bytes FROM cluster_page WHERE pages = ? ORDER BY part, number',
  )
  const putPage = db.prepare('INSERT INTO cluster_page (pages, part, number, bytes) VALUES (?, ?, ?, ?)')
  const dropPages = db.prepare('DELETE FROM cluster_page WHERE pages != ?')
  const members = db.prepare('SELECT story, bytes FROM cluster_member WHERE story > ? ORDER BY story LIMIT ?')
  const putMember = db.prepare('INSERT OR REPLACE INTO cluster_member (story, bytes) VALUES (?, ?)')
  const dropMembers = db.prepare('DELETE FROM cluster_member WHERE story IN (SELECT value FROM json_each(?))')
  const dropJournal = db.prepare(
    `DELETE FROM cluster_journal WHERE seq IN
       (SELECT seq FROM cluster_journal WHERE seq <= ? ORDER BY seq LIMIT ?)`,
  )

  const store: ClusterStore = {
    get state() {
      return (state.get() as ClusterState | undefined) ?? { seq: 0, gathered: 0, saved: 0, pages: 0 }
    },
    setState({ seq, gathered }) {
      setState.run(seq, gathered)
    },
    waiting: (after, limit) => waiting.all(after, limit) as number[],
    waitingCount: () => Math.max(0, ((last.get() as number | null) ?? 0) - store.state.gathered),
    append({ seq, entry, reading }) {
      append.run(seq, entry, reading)
    },
    journal: (after, limit) => journal.all(after, limit) as JournalLine[],
    setWritten(saved, number) {
      setWritten.run(saved, number)
    },
    pages: (number) => pages.all(number) as ClusterPage[],
    putPage(number, page) {
      putPage.run(number, page.part, page.number, page.bytes)
    },
    dropPagesBut(number) {
      dropPages.run(number)
    },
    members: (after, limit) => members.all(after, limit) as { story: number; bytes: Uint8Array }[],
    putMember(story, bytes) {
      putMember.run(story, bytes)
    },
    dropMembers(list) {
      dropMembers.run(JSON.stringify(list))
    },
    dropJournal: (seq, limit) => dropJournal.run(seq, limit).changes,
    drop() {
      db.exec('DELETE FROM cluster_page; DELETE FROM cluster_member; DELETE FROM cluster_journal')
    },
  }
  return store
}
